// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {ICommitteeRegistry} from "../committee/ICommitteeRegistry.sol";
import {IP256Verifier} from "../utils/IP256Verifier.sol";
import {SignatureCheck} from "../utils/SignatureCheck.sol";
import {ApplicationBook} from "./ApplicationBook.sol";
import {CentreBook} from "./CentreBook.sol";
import {CertificateHash} from "./CertificateHash.sol";
import {AccountType, Cause, CertificateMoves, Operation, Requester} from "./CertificateMoves.sol";
import {CertificateWord, CertificateWords} from "./CertificateWord.sol";
import {ICertificateLedger} from "./ICertificateLedger.sol";
import {LockedTokens} from "./LockedTokens.sol";
import {X509} from "./X509.sol";

/// @title Certificates: issuing, moving, verifying
contract CertificateLedger is ApplicationBook, LockedTokens {
    /// @inheritdoc ICertificateLedger
    uint40 public constant override CENTRE_FREEZE = 7 days;

    /// @dev `freezeEnds` of a freeze that does not end by itself.
    uint40 private constant _NEVER = type(uint40).max;

    address private constant _P256_PRECOMPILE = address(0x100);
    /// @dev Half the order of P-256: the largest s that is not malleable.
    uint256 private constant _MAX_S = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8;

    IP256Verifier private immutable _P256_VERIFIER;

    struct CertificateRecord {
        CertificateWord word; // slot 0
        bytes32 head; // slot 1: the last record's id
    }

    mapping(bytes32 certificateId => CertificateRecord certificate) private _certificates; // slot 8
    /// @dev The last certificate of a key and its holder, by {_holding}, and in the lowest 40 bits its application's deadline.
    mapping(bytes32 committeeId => mapping(bytes32 subjectKeyHash => bytes32 holding)) private _holdings; // slot 9
    mapping(bytes32 certificateId => bytes32 successorId) private _successors; // slot 10

    constructor(
        ICommitteeRegistry registry,
        IP256Verifier p256Verifier
    ) CentreBook(registry) EIP712("Guildhall CertificateLedger", "1") {
        _P256_VERIFIER = p256Verifier;
    }

    /// @inheritdoc ICertificateLedger
    function issue(
        Application calldata application,
        bytes32 contentHash,
        uint32 epoch,
        bytes calldata approval,
        Holding calldata previous
    ) external returns (bytes32) {
        bytes32 applicationId = _checkApplication(application);
        bytes32 committeeId = application.committeeId;
        _requireIssuer(application.centre, committeeId, 0);
        // Check: approval.
        _requireApproved(committeeId, epoch, applicationId, 0, contentHash, approval);

        return _issue(application, applicationId, contentHash, previous);
    }

    /// @inheritdoc ICertificateLedger
    function issueChecked(
        Application calldata application,
        bytes calldata der,
        IssuerKey calldata issuerKey,
        uint32 epoch,
        bytes calldata approval,
        Holding calldata previous
    ) external returns (bytes32 certificateId) {
        bytes32 applicationId = _checkApplication(application);
        bytes32 committeeId = application.committeeId;
        _requireIssuer(application.centre, committeeId, X509.keyHash(issuerKey.x, issuerKey.y));
        // Check: what was signed is what was applied for.
        X509.Certificate memory certificate = X509.read(der);
        _checkContent(application, certificate);
        // Check: approval.
        _requireApproved(committeeId, epoch, applicationId, certificate.tbsHash, 0, approval);
        // Check: the issuer's signature.
        require(
            _isSigned(certificate, issuerKey),
            CertificateLedgerWrongIssuerSignature(application.centre, certificate.tbsHash)
        );

        certificateId = _issue(application, applicationId, certificate.contentHash, previous);
        emit IssuerSignatureChecked(certificateId, certificate.serial);
    }

    /// @inheritdoc ICertificateLedger
    function freeze(bytes32 certificateId, bytes32 previousRecord, uint8 reason) external returns (bytes32) {
        _requireReason(reason);
        return _executeByCentre(certificateId, previousRecord, Operation.FREEZE, reason);
    }

    /// @inheritdoc ICertificateLedger
    function unfreeze(bytes32 certificateId, bytes32 previousRecord) external returns (bytes32) {
        return _executeByCentre(certificateId, previousRecord, Operation.UNFREEZE, 0);
    }

    /// @inheritdoc ICertificateLedger
    function revoke(bytes32 certificateId, bytes32 previousRecord, uint8 reason) external returns (bytes32) {
        _requireReason(reason);
        return _executeByCentre(certificateId, previousRecord, Operation.REVOKE, reason);
    }

    /// @inheritdoc ICertificateLedger
    function executeAsHolder(
        Request calldata request,
        bytes32 subjectKeyHash,
        address holder,
        bytes calldata signature
    ) external returns (bytes32) {
        CertificateWord word = _checkRequest(request);
        // Check: party.
        bytes32 committeeId = _centres[word.centre()].committeeId;
        require(
            _isHolding(_holdings[committeeId][subjectKeyHash], request.certificateId, holder),
            CertificateLedgerNotHolder(request.certificateId, subjectKeyHash, holder)
        );
        bytes32 requestHash = _requireRequester(request, holder, signature);
        return _execute(request, word, Requester.HOLDER, requestHash);
    }

    /// @inheritdoc ICertificateLedger
    function executeAsCentre(Request calldata request, bytes calldata signature) external returns (bytes32) {
        CertificateWord word = _checkRequest(request);
        // Check: party.
        bytes32 requestHash = _requireRequester(request, _requireActive(word.centre()), signature);
        return _execute(request, word, Requester.CENTRE, requestHash);
    }

    /// @inheritdoc ICertificateLedger
    function executeAsCommittee(
        Request calldata request,
        uint32 epoch,
        bytes calldata approval
    ) external returns (bytes32) {
        CertificateWord word = _checkRequest(request);
        // Check: approval.
        bytes32 committeeId = _centres[word.centre()].committeeId;
        bytes32 requestHash = CertificateHash.committeeRequest(committeeId, epoch, request);
        _REGISTRY.requireApproval(committeeId, epoch, _hashTypedDataV4(requestHash), approval);
        return _execute(request, word, Requester.COMMITTEE, requestHash);
    }

    /// @inheritdoc ICertificateLedger
    function expire(bytes32 certificateId) external returns (bytes32) {
        return _moveByAnyone(certificateId, Operation.EXPIRE);
    }

    /// @inheritdoc ICertificateLedger
    function endFreeze(bytes32 certificateId) external returns (bytes32) {
        return _moveByAnyone(certificateId, Operation.UNFREEZE);
    }

    /// @inheritdoc ICertificateLedger
    function verify(
        bytes32 certificateId,
        bytes32 contentHash
    ) external view returns (Verification memory verification) {
        _verify(certificateId, contentHash, verification);
    }

    /// @inheritdoc ICertificateLedger
    function verifyBatch(
        bytes32[] calldata certificateIds,
        bytes32[] calldata contentHashes
    ) external view returns (Verification[] memory verifications) {
        require(
            certificateIds.length == contentHashes.length,
            CertificateLedgerLengthMismatch(certificateIds.length, contentHashes.length)
        );
        verifications = new Verification[](certificateIds.length);
        for (uint256 i = 0; i < certificateIds.length; ++i) {
            _verify(certificateIds[i], contentHashes[i], verifications[i]);
        }
    }

    /// @inheritdoc ICertificateLedger
    function certificateOf(bytes32 certificateId) external view returns (CertificateState memory) {
        CertificateWord word = _requireCertificate(certificateId);
        return
            CertificateState({
                account: word.account(),
                centre: word.centre(),
                accountType: word.accountType(),
                sequence: word.sequence(),
                notBefore: word.notBefore(),
                notAfter: word.notAfter(),
                movedAt: word.movedAt(),
                freezeEnds: word.freezeEnds(),
                reason: word.reason(),
                frozenBy: word.frozenBy(),
                head: _certificates[certificateId].head
            });
    }

    /// @inheritdoc ICertificateLedger
    function certificateIdOf(bytes32 committeeId, bytes32 contentHash) external pure returns (bytes32) {
        return CertificateHash.certificate(committeeId, contentHash);
    }

    /// @inheritdoc ICertificateLedger
    function isHeld(
        bytes32 committeeId,
        bytes32 subjectKeyHash,
        Holding calldata holding
    ) external view returns (bool) {
        return _isHolding(_holdings[committeeId][subjectKeyHash], holding.certificateId, holding.holder);
    }

    /// @inheritdoc ICertificateLedger
    function successorOf(bytes32 certificateId) external view returns (bytes32) {
        return _successors[certificateId];
    }

    /// @inheritdoc ICertificateLedger
    function ownerOfAccount(uint40 account) external pure returns (address) {
        return _ownerOf(account);
    }

    /// @dev Asks the precompile (EIP-7951), and who computes it only where that does not say yes: there may be none.
    function _isSigned(X509.Certificate memory certificate, IssuerKey calldata key) private view returns (bool) {
        if (uint256(certificate.s) > _MAX_S) return false;
        bytes memory input = abi.encode(certificate.tbsHash, certificate.r, certificate.s, key.x, key.y);
        (bool success, bytes32 answer, ) = LowLevelCall.staticcallReturn64Bytes(_P256_PRECOMPILE, input);
        if (success && LowLevelCall.returnDataSize() == 32 && answer == bytes32(uint256(1))) return true;
        return _P256_VERIFIER.verify(certificate.tbsHash, certificate.r, certificate.s, key.x, key.y);
    }

    function _checkContent(Application calldata application, X509.Certificate memory certificate) private pure {
        require(
            certificate.subjectKeyHash == application.subjectKeyHash,
            CertificateLedgerSubjectKeyMismatch(application.subjectKeyHash, certificate.subjectKeyHash)
        );
        require(
            certificate.notBefore == application.notBefore && certificate.notAfter == application.notAfter,
            CertificateLedgerValidityMismatch(
                application.notBefore,
                application.notAfter,
                certificate.notBefore,
                certificate.notAfter
            )
        );
    }

    function _issue(
        Application calldata application,
        bytes32 applicationId,
        bytes32 contentHash,
        Holding calldata previous
    ) private returns (bytes32 certificateId) {
        bytes32 committeeId = application.committeeId;
        // Check: replay.
        certificateId = CertificateHash.certificate(committeeId, contentHash);
        CertificateRecord storage certificate = _certificates[certificateId];
        require(!certificate.word.exists(), CertificateLedgerCertificateExists(certificateId));
        // Check: the key has no live certificate.
        mapping(bytes32 => bytes32) storage holdings = _holdings[committeeId];
        _requireFree(application, holdings[application.subjectKeyHash], previous);
        if (application.predecessorId != 0) _requirePredecessor(committeeId, application.predecessorId);

        // Effect: issue, to the receiving centre's issuing account.
        uint40 account = _account(application.centre, AccountType.ISSUING);
        certificate.word = CertificateWords.pack(
            account,
            application.notBefore,
            application.notAfter,
            uint40(block.timestamp)
        );
        Cause memory cause = Cause(Operation.ISSUE, Requester.COMMITTEE, 0, applicationId);
        certificate.head = CertificateHash.record(certificateId, 0, account, cause, 0);
        holdings[application.subjectKeyHash] = _holding(certificateId, application.applicant, application.deadline);
        _logIssue(application, applicationId, contentHash, certificateId);
        if (application.predecessorId != 0) {
            _successors[application.predecessorId] = certificateId;
            emit SuccessorApproved(application.predecessorId, certificateId);
        }
        emit Transfer(address(0), _ownerOf(account), uint256(certificateId));
        emit Locked(uint256(certificateId));
    }

    function _logIssue(
        Application calldata application,
        bytes32 applicationId,
        bytes32 contentHash,
        bytes32 certificateId
    ) private {
        emit CertificateIssued(
            certificateId,
            application.applicant,
            application.centre,
            applicationId,
            contentHash,
            application.subjectKeyHash,
            application.notBefore,
            application.notAfter
        );
    }

    /// @dev That the key's last certificate, if there was one, is not live any more, and came of an earlier application: else an
    /// approval would serve again, as an issuer can sign the same bytes anew.
    function _requireFree(Application calldata application, bytes32 holding, Holding calldata previous) private view {
        if (holding == 0) return;
        bytes32 subjectKeyHash = application.subjectKeyHash;
        require(
            _isHolding(holding, previous.certificateId, previous.holder),
            CertificateLedgerWrongPrevious(subjectKeyHash, previous.certificateId, previous.holder)
        );
        CertificateWord word = _certificates[previous.certificateId].word;
        require(
            !_isLive(word.accountType()) || block.timestamp > word.notAfter(),
            CertificateLedgerSubjectKeyInUse(subjectKeyHash, previous.certificateId)
        );
        uint40 lastDeadline = uint40(uint256(holding));
        require(
            application.deadline > lastDeadline,
            CertificateLedgerApplicationOutdated(subjectKeyHash, lastDeadline, application.deadline)
        );
    }

    function _requirePredecessor(bytes32 committeeId, bytes32 predecessorId) private view {
        CertificateWord word = _certificates[predecessorId].word;
        bytes32 actual = _centres[word.centre()].committeeId;
        require(
            _isLive(word.accountType()) && actual == committeeId,
            CertificateLedgerWrongPredecessor(predecessorId, word.accountType(), committeeId, actual)
        );
    }

    /// @dev All that does not depend on who asks. Returns the certificate.
    function _checkRequest(Request calldata request) private view returns (CertificateWord word) {
        // Check: deadline.
        require(block.timestamp < request.deadline, CertificateLedgerTooLate(request.deadline, block.timestamp));
        // Check: form.
        _requireReason(request.reason);
        require(
            (request.operation == Operation.UPDATE) == (request.successorId != 0) &&
                (request.operation == Operation.REHOME) == (request.centre != 0),
            CertificateLedgerStrayArgument(request.operation, request.successorId, request.centre)
        );
        word = _requireCertificate(request.certificateId);
        _requireHead(_certificates[request.certificateId], request.certificateId, request.previousRecord);
    }

    function _requireReason(uint8 reason) private pure {
        require(reason <= 10 && reason != 7, CertificateLedgerUnknownReason(reason));
    }

    function _requireHead(
        CertificateRecord storage certificate,
        bytes32 certificateId,
        bytes32 previousRecord
    ) private view {
        // Check: replay.
        bytes32 head = certificate.head;
        require(previousRecord == head, CertificateLedgerNotHead(certificateId, head, previousRecord));
    }

    /// @dev The requester consents by its signature, or by being the caller. Returns the struct hash of what was signed.
    function _requireRequester(
        Request calldata request,
        address account,
        bytes calldata signature
    ) private view returns (bytes32 requestHash) {
        if (signature.length == 0) {
            require(msg.sender == account, CertificateLedgerNotRequester(account, msg.sender));
        } else {
            requestHash = CertificateHash.request(request);
            bytes32 digest = _hashTypedDataV4(requestHash);
            require(
                SignatureCheck.isValid(account, digest, signature),
                CertificateLedgerWrongSignature(account, digest)
            );
        }
    }

    function _executeByCentre(
        bytes32 certificateId,
        bytes32 previousRecord,
        Operation operation,
        uint8 reason
    ) private returns (bytes32) {
        CertificateRecord storage certificate = _certificates[certificateId];
        CertificateWord word = certificate.word;
        require(word.exists(), CertificateLedgerCertificateUnknown(certificateId));
        _requireHead(certificate, certificateId, previousRecord);
        // Check: party.
        uint32 centre = word.centre();
        address account = _requireActive(centre);
        require(msg.sender == account, CertificateLedgerNotRequester(account, msg.sender));
        Cause memory cause = Cause(operation, Requester.CENTRE, reason, 0);
        return _move(certificate, certificateId, previousRecord, word, centre, cause);
    }

    function _execute(
        Request calldata request,
        CertificateWord word,
        Requester requester,
        bytes32 requestHash
    ) private returns (bytes32) {
        uint32 centre = word.centre();
        if (request.operation == Operation.REHOME) {
            _requireCommittee(request.centre, _centres[centre].committeeId);
            centre = request.centre;
        }
        if (request.operation == Operation.UPDATE) _requireSuccessor(request.certificateId, request.successorId);
        Cause memory cause = Cause(request.operation, requester, request.reason, requestHash);
        return
            _move(
                _certificates[request.certificateId],
                request.certificateId,
                request.previousRecord,
                word,
                centre,
                cause
            );
    }

    function _requireSuccessor(bytes32 certificateId, bytes32 successorId) private view {
        bytes32 expected = _successors[certificateId];
        CertificateWord word = _certificates[successorId].word;
        require(
            successorId == expected && word.accountType() == AccountType.ISSUING && block.timestamp <= word.notAfter(),
            CertificateLedgerWrongSuccessor(certificateId, expected, successorId, word.accountType())
        );
    }

    function _moveByAnyone(bytes32 certificateId, Operation operation) private returns (bytes32) {
        CertificateWord word = _requireCertificate(certificateId);
        CertificateRecord storage certificate = _certificates[certificateId];
        Cause memory cause = Cause(operation, Requester.ANYONE, 0, 0);
        return _move(certificate, certificateId, certificate.head, word, word.centre(), cause);
    }

    /// @dev Makes a record, if the arrow is there.
    function _move(
        CertificateRecord storage certificate,
        bytes32 certificateId,
        bytes32 head,
        CertificateWord word,
        uint32 centre,
        Cause memory cause
    ) private returns (bytes32 recordId) {
        // Check: the arrow.
        uint40 from = word.account();
        uint40 to = _account(centre, _targetOf(certificateId, word, cause.operation, cause.requester));

        // Effect: move.
        recordId = CertificateHash.record(certificateId, from, to, cause, head);
        certificate.head = recordId;
        certificate.word = _moved(word, to, cause);
        if (cause.requestHash != 0) emit RequestConsumed(certificateId, cause.requestHash);
        emit CertificateMoved(certificateId, cause.operation, cause.requester, cause.reason);
        emit Transfer(_ownerOf(from), _ownerOf(to), uint256(certificateId));
    }

    function _moved(CertificateWord word, uint40 to, Cause memory cause) private view returns (CertificateWord) {
        (uint40 freezeEnds, Requester frozenBy) = _freezeAfter(word, cause.operation, cause.requester);
        return word.moved(to, uint40(block.timestamp), freezeEnds, cause.reason, frozenBy);
    }

    /// @dev Where the operation leads; reverts where it does not.
    function _targetOf(
        bytes32 certificateId,
        CertificateWord word,
        Operation operation,
        Requester requester
    ) private view returns (AccountType target) {
        uint256 freezeEnds = word.freezeEnds();
        // Does not overflow: both are far below 2^256.
        unchecked {
            target = CertificateMoves.target(
                word.accountType(),
                operation,
                requester,
                word.frozenBy(),
                block.timestamp > word.notAfter(),
                block.timestamp >= freezeEnds,
                freezeEnds == 0 || block.timestamp >= freezeEnds + CENTRE_FREEZE
            );
        }
        require(
            target != AccountType.NONE,
            CertificateLedgerNotAllowed(certificateId, word.accountType(), operation, requester, block.timestamp)
        );
    }

    /// @dev When the freeze ends, and who froze, once the operation is done.
    function _freezeAfter(
        CertificateWord word,
        Operation operation,
        Requester requester
    ) private view returns (uint40, Requester) {
        if (operation == Operation.FREEZE) {
            bool ends = requester == Requester.CENTRE;
            return (ends ? uint40(block.timestamp) + CENTRE_FREEZE : _NEVER, requester);
        }
        if (operation == Operation.CONFIRM_FREEZE) return (_NEVER, Requester.COMMITTEE);
        // What a centre froze stays known, so that it cannot freeze without end by doing so again and again.
        bool kept = operation == Operation.UNFREEZE && word.freezeEnds() != _NEVER;
        return (kept ? word.freezeEnds() : 0, Requester.ANYONE);
    }

    /// @dev Fills what the caller has, as a second struct in memory would cost as much as the rest of it.
    function _verify(bytes32 certificateId, bytes32 contentHash, Verification memory verification) private view {
        CertificateWord word = _certificates[certificateId].word;
        if (!word.exists()) return;
        verification.verdict = _verdictOf(certificateId, contentHash, word);
        verification.reason = word.reason();
        verification.since = word.movedAt();
        if (verification.verdict == Verdict.SUPERSEDED) verification.successorId = _successors[certificateId];
    }

    function _verdictOf(
        bytes32 certificateId,
        bytes32 contentHash,
        CertificateWord word
    ) private view returns (Verdict) {
        CentreRecord storage centre = _centres[word.centre()];
        bool isActive = CertificateHash.certificate(centre.activeCommitteeId, contentHash) == certificateId;
        if (!isActive && CertificateHash.certificate(centre.committeeId, contentHash) != certificateId) {
            return Verdict.MISMATCH;
        }
        AccountType accountType = word.accountType();
        if (accountType == AccountType.REVOCATION) return Verdict.REVOKED;
        if (accountType == AccountType.RETIRED) return Verdict.SUPERSEDED;
        if (accountType == AccountType.EXPIRY || block.timestamp > word.notAfter()) return Verdict.EXPIRED;
        if (accountType == AccountType.FREEZING && block.timestamp < word.freezeEnds()) return Verdict.FROZEN;
        if (block.timestamp < word.notBefore()) return Verdict.NOT_YET_VALID;
        return isActive ? Verdict.VALID : Verdict.ISSUER_INACTIVE;
    }

    function _holding(bytes32 certificateId, address holder, uint40 deadline) private pure returns (bytes32) {
        return ((CertificateHash.holding(certificateId, holder) >> 40) << 40) | bytes32(uint256(deadline));
    }

    function _isHolding(bytes32 holding, bytes32 certificateId, address holder) private pure returns (bool) {
        return (holding ^ CertificateHash.holding(certificateId, holder)) >> 40 == 0;
    }

    /// @dev The account of this type of a centre.
    function _account(uint32 centre, AccountType accountType) private pure returns (uint40) {
        return (uint40(centre) << 8) | uint8(accountType);
    }

    function _isLive(AccountType accountType) private pure returns (bool) {
        return accountType == AccountType.ISSUING || accountType == AccountType.FREEZING;
    }

    function _requireCertificate(bytes32 certificateId) internal view override returns (CertificateWord word) {
        word = _certificates[certificateId].word;
        require(word.exists(), CertificateLedgerCertificateUnknown(certificateId));
    }
}
