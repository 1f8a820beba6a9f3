// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";

import {AccountType, Operation, Requester} from "../../contracts/certificates/CertificateMoves.sol";
import {ICertificateLedger} from "../../contracts/certificates/ICertificateLedger.sol";
import {IERC5192} from "../../contracts/certificates/IERC5192.sol";
import {CertificatePapers} from "../helpers/CertificatePapers.sol";
import {Call} from "../helpers/Failures.sol";

/// @notice The table of failures of centres, applications, issuing without a checked signature, and moves.
contract CertificateFailuresTest is CertificatePapers {
    bytes32 private constant _LIVE = "a live certificate";
    bytes32 private constant _LIVE_KEY = "its key";
    bytes32 private constant _NOTHING = "nothing";

    function setUp() public {
        _do(_issue(_application(CENTRE, _LIVE_KEY), _LIVE));
    }

    // ── Centres ──

    function test_admitCentre() public {
        Call memory honest = _admit(_committee, _config(ANYBODY), "new");
        ICertificateLedger.CentreConfig memory config = _config(address(0));
        bytes memory expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerCentreIncomplete.selector,
            address(0),
            config.issuerKeyHash
        );
        _row("no account", honest, _admit(_committee, config, "new"), expected);
        config = ICertificateLedger.CentreConfig(ANYBODY, 0, false);
        expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerCentreIncomplete.selector,
            ANYBODY,
            bytes32(0)
        );
        _row("no issuer key", honest, _admit(_committee, config, "new"), expected);
        expected = abi.encodeWithSelector(ICertificateLedger.CertificateLedgerCentreExists.selector, OTHER_CENTRE + 1);
        _rowAfter("the admission was used", honest, honest, expected);
    }

    function test_retireCentre() public {
        Call memory honest = _retire(CENTRE);
        _row("no such centre", honest, _retire(9), _unknownCentre(9));
        _rowAfter("it was retired", honest, honest, _retired(CENTRE));
    }

    function test_centreOf() public {
        Call memory honest = _reading(abi.encodeCall(ICertificateLedger.centreOf, (CENTRE)));
        _row("no such centre", honest, _reading(abi.encodeCall(ICertificateLedger.centreOf, (9))), _unknownCentre(9));
    }

    // ── Applications ──

    function test_countResults() public {
        ICertificateLedger.Application memory application = _application();
        ICertificateLedger.Result memory yes = _approving(CONTENT);
        Call memory honest = _count(application, yes, MOST);
        _ofApplications(honest, _count, yes);
        _rowAfter("the centre was retired", honest, _retire(CENTRE), _retired(CENTRE));
        application.centre = FOREIGN_CENTRE;
        bytes memory expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerWrongCommittee.selector,
            FOREIGN_CENTRE,
            _foreign,
            _committee
        );
        _row("another committee's centre", honest, _count(application, yes, MOST), expected);
        application.centre = 9;
        _row("no such centre", honest, _count(application, yes, MOST), _unknownCentre(9));
    }

    function test_countResults_results() public {
        ICertificateLedger.Application memory application = _application();
        Call memory honest = _count(application, _approving(CONTENT), MOST);
        _malformed(honest, ICertificateLedger.Result(1, 0, 0, true, 0));
        _malformed(honest, ICertificateLedger.Result(1, CONTENT, CONTENT, true, 0));
        _malformed(honest, ICertificateLedger.Result(1, 0, CONTENT, true, 1));
        _malformed(honest, ICertificateLedger.Result(1, 0, CONTENT, false, 1));
        _malformed(honest, ICertificateLedger.Result(1, CONTENT, 0, false, 0));
        bytes32 applicationId = _applicationId(application);
        bytes memory expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerNothingNew.selector,
            applicationId,
            MOST
        );
        _rowAfter("they were counted", honest, _count(application, _approving(CONTENT), ALL), expected);
        expected = abi.encodeWithSelector(ICertificateLedger.CertificateLedgerNothingNew.selector, applicationId, 0);
        _row("nobody signed", honest, _count(application, _approving(CONTENT), 0), expected);
    }

    // ── Issuing ──

    function test_issue() public {
        Call memory honest = _issue(_application(), CONTENT);
        _ofApplications(honest, _issueOf, _approving(CONTENT));
        _wrongIssuer("a centre whose signatures are checked", honest, P256_CENTRE, _committee, _issuerKeyHash());
        _wrongIssuer("another committee's centre", honest, FOREIGN_CENTRE, _foreign, 0);
        ICertificateLedger.Application memory application = _application(9, KEY);
        _row("no such centre", honest, _issue(application, CONTENT), _unknownCentre(9));
        _rowAfter("the centre was retired", honest, _retire(CENTRE), _retired(CENTRE));
        bytes memory expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerCertificateExists.selector,
            _id(CONTENT)
        );
        _rowAfter("it was issued", honest, honest, expected);
        expected = abi.encodeWithSelector(ICertificateLedger.CertificateLedgerCertificateExists.selector, _id(_LIVE));
        _row("the bytes are another certificate's", honest, _issue(_application(), _LIVE), expected);
    }

    function test_issue_counted() public {
        ICertificateLedger.Application memory application = _application();
        Call memory honest = _issue(application, CONTENT);
        bytes32 applicationId = _applicationId(application);
        bytes4 notApproved = ICertificateLedger.CertificateLedgerNotApproved.selector;
        bytes memory expected = abi.encodeWithSelector(notApproved, applicationId, bytes32(0), CONTENT);
        _row("nothing was counted", honest, _issueCounted(application, CONTENT), expected);
        _do(_count(application, _approving(CONTENT), MOST));
        honest = _issueCounted(application, CONTENT);
        expected = abi.encodeWithSelector(notApproved, applicationId, bytes32(0), bytes32("another"));
        _row("another was approved", honest, _issueCounted(application, "another"), expected);
    }

    function test_issue_rejected() public {
        ICertificateLedger.Application memory rejected = _application(CENTRE, "rejected");
        _do(_count(rejected, _rejecting(), MOST));
        _do(_count(_application(), _approving(CONTENT), MOST));
        bytes memory expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerApplicationRejected.selector,
            _applicationId(rejected)
        );
        Call memory honest = _issueCounted(_application(), CONTENT);
        _row("results reject it", honest, _issueCounted(rejected, CONTENT), expected);
    }

    function test_issue_subjectKey() public {
        ICertificateLedger.Application memory again = _application(CENTRE, _LIVE_KEY);
        again.deadline += 1;
        ICertificateLedger.Holding memory previous = ICertificateLedger.Holding(_id(_LIVE), _holder);
        Call memory honest = _issue(_application(), CONTENT);
        bytes memory expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerSubjectKeyInUse.selector,
            _LIVE_KEY,
            _id(_LIVE)
        );
        _row("the key's certificate is live", honest, _issue(again, CONTENT, previous), expected);
        _do(_asCentre(_request(_LIVE, Operation.REVOKE)));
        honest = _issue(again, CONTENT, previous);
        again.deadline = DEADLINE;
        expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerApplicationOutdated.selector,
            _LIVE_KEY,
            DEADLINE,
            DEADLINE
        );
        _row("an application that is not later", honest, _issue(again, CONTENT, previous), expected);
        again.deadline += 1;
        _wrongPrevious("no previous certificate", honest, again, _none());
        previous.holder = ANYBODY;
        _wrongPrevious("another holder", honest, again, previous);
        _wrongPrevious("another certificate", honest, again, ICertificateLedger.Holding(_NOTHING, _holder));
    }

    function test_issue_predecessor() public {
        ICertificateLedger.Application memory application = _application();
        application.predecessorId = _id(_LIVE);
        Call memory honest = _issue(application, CONTENT);
        application.predecessorId = _NOTHING;
        bytes4 selector = ICertificateLedger.CertificateLedgerWrongPredecessor.selector;
        bytes memory expected = abi.encodeWithSelector(selector, _NOTHING, AccountType.NONE, _committee, bytes32(0));
        _row("no such certificate", honest, _issue(application, CONTENT), expected);
        expected = abi.encodeWithSelector(selector, _id(_LIVE), AccountType.REVOCATION, _committee, _committee);
        _rowAfter("it was revoked", honest, _asCentre(_request(_LIVE, Operation.REVOKE)), expected);
    }

    // ── Moves ──

    function test_byCentre() public {
        bytes32 id = _id(_LIVE);
        bytes32 head = _head(id);
        Call memory honest = _by(_call(abi.encodeCall(ICertificateLedger.freeze, (id, head, 6))), _centre);
        _ofHeads(honest, _by(_call(abi.encodeCall(ICertificateLedger.freeze, (id, "another", 6))), _centre), id);
        Call memory faulty = _by(_call(abi.encodeCall(ICertificateLedger.freeze, (_NOTHING, head, 6))), _centre);
        _row("no such certificate", honest, faulty, _unknown(_NOTHING));
        _row("the holder calls", honest, _by(honest, _holder), _notRequester(_centre, _holder));
        _rowAfter("the centre was retired", honest, _retire(CENTRE), _retired(CENTRE));
        faulty = _by(_call(abi.encodeCall(ICertificateLedger.freeze, (id, head, 7))), _centre);
        _row("no reason", honest, faulty, _unknownReason(7));
        honest = _by(_call(abi.encodeCall(ICertificateLedger.revoke, (id, head, 10))), _centre);
        faulty = _by(_call(abi.encodeCall(ICertificateLedger.revoke, (id, head, 11))), _centre);
        _row("no reason either", honest, faulty, _unknownReason(11));
        faulty = _by(_call(abi.encodeCall(ICertificateLedger.unfreeze, (id, head))), _centre);
        bytes memory expected = _notAllowed(AccountType.ISSUING, Operation.UNFREEZE, Requester.CENTRE, NOW);
        _row("it is not frozen", honest, faulty, expected);
    }

    function test_executeAsHolder() public {
        ICertificateLedger.Request memory request = _request(_LIVE, Operation.REVOKE);
        Call memory honest = _asHolder(request, _LIVE_KEY);
        _ofRequests(honest, _asHolderOfLive);
        _row("the centre calls", honest, _by(honest, _centre), _notRequester(_holder, _centre));
        bytes4 selector = ICertificateLedger.CertificateLedgerNotHolder.selector;
        bytes memory expected = abi.encodeWithSelector(selector, _id(_LIVE), bytes32(KEY), _holder);
        _row("another key", honest, _asHolder(request, KEY), expected);
        expected = abi.encodeWithSelector(selector, _id(_LIVE), _LIVE_KEY, _centre);
        Call memory faulty = _by(
            _call(abi.encodeCall(ICertificateLedger.executeAsHolder, (request, _LIVE_KEY, _centre, ""))),
            _holder
        );
        _row("another holder", honest, faulty, expected);
        bytes32 digest = _requestDigest(request);
        honest = _signedByHolder(request, _signature(HOLDER_KEY, digest));
        faulty = _signedByHolder(request, _signature(CENTRE_KEY, digest));
        _row("the centre signed", honest, faulty, _wrongSignature(_holder, digest));
    }

    function test_executeAsCentre() public {
        ICertificateLedger.Request memory request = _request(_LIVE, Operation.REVOKE);
        Call memory honest = _asCentre(request);
        _ofRequests(honest, _asCentre);
        _row("the holder calls", honest, _by(honest, _holder), _notRequester(_centre, _holder));
        _rowAfter("the centre was retired", honest, _retire(CENTRE), _retired(CENTRE));
        bytes32 digest = _requestDigest(request);
        bytes memory signature = _signature(CENTRE_KEY, digest);
        honest = _call(abi.encodeCall(ICertificateLedger.executeAsCentre, (request, signature)));
        signature = _signature(HOLDER_KEY, digest);
        Call memory faulty = _call(abi.encodeCall(ICertificateLedger.executeAsCentre, (request, signature)));
        _row("the holder signed", honest, faulty, _wrongSignature(_centre, digest));
    }

    function test_executeAsCommittee() public {
        ICertificateLedger.Request memory request = _request(_LIVE, Operation.REHOME);
        request.centre = OTHER_CENTRE;
        Call memory honest = _asCommittee(request);
        _ofRequests(honest, _asCommittee);
        request.centre = FOREIGN_CENTRE;
        bytes memory expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerWrongCommittee.selector,
            FOREIGN_CENTRE,
            _foreign,
            _committee
        );
        _row("to another committee's centre", honest, _asCommittee(request), expected);
        request.centre = 9;
        _row("to no centre", honest, _asCommittee(request), _unknownCentre(9));
        _rowAfter("to a retired centre", honest, _retire(OTHER_CENTRE), _retired(OTHER_CENTRE));
    }

    function test_update() public {
        bytes32 successorId = _id(CONTENT);
        ICertificateLedger.Application memory application = _application();
        application.predecessorId = _id(_LIVE);
        _do(_issue(application, CONTENT));
        ICertificateLedger.Request memory request = _request(_LIVE, Operation.UPDATE);
        request.successorId = successorId;
        Call memory honest = _asHolder(request, _LIVE_KEY);
        bytes4 selector = ICertificateLedger.CertificateLedgerWrongSuccessor.selector;
        bytes memory expected = abi.encodeWithSelector(
            selector,
            _id(_LIVE),
            successorId,
            successorId,
            AccountType.REVOCATION
        );
        _rowAfter("it was revoked", honest, _asCentre(_request(CONTENT, Operation.REVOKE)), expected);
        request.successorId = _NOTHING;
        expected = abi.encodeWithSelector(selector, _id(_LIVE), successorId, _NOTHING, AccountType.NONE);
        _row("no such certificate", honest, _asHolder(request, _LIVE_KEY), expected);
    }

    function test_byAnyone() public {
        Call memory honest = _at(_call(abi.encodeCall(ICertificateLedger.expire, (_id(_LIVE)))), NOT_AFTER + 1);
        bytes memory expected = _notAllowed(AccountType.ISSUING, Operation.EXPIRE, Requester.ANYONE, NOT_AFTER);
        _row("in its last second", honest, _at(honest, NOT_AFTER), expected);
        Call memory faulty = _at(_call(abi.encodeCall(ICertificateLedger.expire, (_NOTHING))), NOT_AFTER + 1);
        _row("no such certificate", honest, faulty, _unknown(_NOTHING));
        _do(_asCentre(_request(_LIVE, Operation.FREEZE)));
        honest = _at(_call(abi.encodeCall(ICertificateLedger.endFreeze, (_id(_LIVE)))), NOW + 7 days);
        expected = _notAllowed(AccountType.FREEZING, Operation.UNFREEZE, Requester.ANYONE, NOW + 7 days - 1);
        _row("before its end", honest, _at(honest, NOW + 7 days - 1), expected);
    }

    // ── Views and tokens ──

    function test_certificateOf() public {
        Call memory honest = _reading(abi.encodeCall(ICertificateLedger.certificateOf, (_id(_LIVE))));
        Call memory faulty = _reading(abi.encodeCall(ICertificateLedger.certificateOf, (_NOTHING)));
        _row("no such certificate", honest, faulty, _unknown(_NOTHING));
    }

    function test_verifyBatch() public {
        bytes32[] memory one = new bytes32[](1);
        bytes32[] memory two = new bytes32[](2);
        Call memory honest = _reading(abi.encodeCall(ICertificateLedger.verifyBatch, (two, two)));
        bytes4 selector = ICertificateLedger.CertificateLedgerLengthMismatch.selector;
        Call memory faulty = _reading(abi.encodeCall(ICertificateLedger.verifyBatch, (one, two)));
        _row("an id too few", honest, faulty, abi.encodeWithSelector(selector, 1, 2));
        faulty = _reading(abi.encodeCall(ICertificateLedger.verifyBatch, (two, one)));
        _row("an id too many", honest, faulty, abi.encodeWithSelector(selector, 2, 1));
    }

    /// @notice What no call can do: the honest one asks whether it is locked.
    function test_tokens() public {
        uint256 token = uint256(_id(_LIVE));
        Call memory honest = _reading(abi.encodeCall(IERC5192.locked, (token)));
        bytes4 selector = ICertificateLedger.CertificateLedgerLocked.selector;
        bytes memory expected = abi.encodeWithSelector(selector, _id(_LIVE));
        address owner = IERC721(address(_ledger)).ownerOf(token);
        bytes memory data = abi.encodeCall(IERC721.transferFrom, (owner, ANYBODY, token));
        _row("transferFrom", honest, _reading(data), expected);
        data = abi.encodeWithSignature("safeTransferFrom(address,address,uint256)", owner, ANYBODY, token);
        _row("safeTransferFrom", honest, _reading(data), expected);
        data = abi.encodeWithSignature("safeTransferFrom(address,address,uint256,bytes)", owner, ANYBODY, token, "");
        _row("safeTransferFrom with data", honest, _reading(data), expected);
        _row("approve", honest, _reading(abi.encodeCall(IERC721.approve, (ANYBODY, token))), expected);
        expected = abi.encodeWithSelector(selector, bytes32(0));
        data = abi.encodeCall(IERC721.setApprovalForAll, (ANYBODY, true));
        _row("setApprovalForAll", honest, _reading(data), expected);
        expected = abi.encodeWithSelector(ICertificateLedger.CertificateLedgerNotCounted.selector, ANYBODY);
        _row("balanceOf", honest, _reading(abi.encodeCall(IERC721.balanceOf, (ANYBODY))), expected);
        data = abi.encodeCall(IERC5192.locked, (uint256(_NOTHING)));
        _row("no such token", honest, _reading(data), _unknown(_NOTHING));
    }

    // ── Rows that many calls share ──

    function _ofApplications(
        Call memory honest,
        function(
            ICertificateLedger.Application memory,
            ICertificateLedger.Result memory,
            uint256
        ) internal view returns (Call memory) call,
        ICertificateLedger.Result memory result
    ) private {
        _row("at its deadline", _at(honest, DEADLINE - 1), _at(honest, DEADLINE), _tooLate(DEADLINE, DEADLINE));
        ICertificateLedger.Application memory application = _application();
        application.applicant = address(0);
        _row("no applicant", honest, call(application, result, MOST), _incomplete(application));
        application = _application();
        application.subjectKeyHash = 0;
        _row("no subject key", honest, call(application, result, MOST), _incomplete(application));
        application = _application();
        application.identityHash = 0;
        _row("no identity", honest, call(application, result, MOST), _incomplete(application));
        application = _application();
        application.possessionHash = 0;
        _row("no proof of possession", honest, call(application, result, MOST), _incomplete(application));
        application = _application();
        application.notBefore = NOT_AFTER + 1;
        _row("it ends before it begins", honest, call(application, result, MOST), _invalidValidity(application));
        application = _application();
        application.notAfter = uint40(NOW - 1);
        _row("it is over", honest, call(application, result, MOST), _invalidValidity(application));
    }

    function _ofRequests(
        Call memory honest,
        function(ICertificateLedger.Request memory) internal view returns (Call memory) call
    ) private {
        ICertificateLedger.Request memory request = _request(_LIVE, Operation.REVOKE);
        request.deadline = uint40(NOW);
        _row("at its deadline", honest, call(request), _tooLate(uint40(NOW), NOW));
        request = _request(_LIVE, Operation.REVOKE);
        request.reason = 7;
        _row("no reason", honest, call(request), _unknownReason(7));
        request = _request(_LIVE, Operation.REVOKE);
        request.successorId = _NOTHING;
        _row("a successor for nothing", honest, call(request), _stray(request));
        request = _request(_LIVE, Operation.REVOKE);
        request.centre = OTHER_CENTRE;
        _row("a centre for nothing", honest, call(request), _stray(request));
        request = _request(_LIVE, Operation.UPDATE);
        _row("an update without a successor", honest, call(request), _stray(request));
        request = _request(_LIVE, Operation.REHOME);
        _row("a re-homing without a centre", honest, call(request), _stray(request));
        request = _request(_LIVE, Operation.REVOKE);
        request.certificateId = _NOTHING;
        _row("no such certificate", honest, call(request), _unknown(_NOTHING));
        request = _request(_LIVE, Operation.REVOKE);
        request.previousRecord = "another";
        _ofHeads(honest, call(request), _id(_LIVE));
    }

    function _ofHeads(Call memory honest, Call memory faulty, bytes32 id) private {
        bytes memory expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerNotHead.selector,
            id,
            _head(id),
            bytes32("another")
        );
        _row("another record is the last one", honest, faulty, expected);
    }

    function _malformed(Call memory honest, ICertificateLedger.Result memory result) private {
        bytes memory expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerMalformedResult.selector,
            result.approved,
            result.tbsHash,
            result.contentHash,
            result.reason
        );
        _row("a result that says two things", honest, _count(_application(), result, MOST), expected);
    }

    function _wrongIssuer(
        string memory what,
        Call memory honest,
        uint32 centre,
        bytes32 committee,
        bytes32 keyHash
    ) private {
        ICertificateLedger.Application memory application = _application();
        application.centre = centre;
        bytes memory expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerWrongIssuer.selector,
            centre,
            committee,
            keyHash,
            _committee,
            bytes32(0)
        );
        _row(what, honest, _issue(application, CONTENT), expected);
    }

    function _wrongPrevious(
        string memory what,
        Call memory honest,
        ICertificateLedger.Application memory application,
        ICertificateLedger.Holding memory previous
    ) private {
        bytes memory expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerWrongPrevious.selector,
            _LIVE_KEY,
            previous.certificateId,
            previous.holder
        );
        _row(what, honest, _issue(application, CONTENT, previous), expected);
    }

    function _issueOf(
        ICertificateLedger.Application memory application,
        ICertificateLedger.Result memory result,
        uint256
    ) private view returns (Call memory) {
        return _issue(application, result.contentHash);
    }

    function _asHolderOfLive(ICertificateLedger.Request memory request) private view returns (Call memory) {
        return _asHolder(request, _LIVE_KEY);
    }

    function _signedByHolder(
        ICertificateLedger.Request memory request,
        bytes memory signature
    ) private view returns (Call memory) {
        return _call(abi.encodeCall(ICertificateLedger.executeAsHolder, (request, _LIVE_KEY, _holder, signature)));
    }

    function _unknownCentre(uint32 centre) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICertificateLedger.CertificateLedgerCentreUnknown.selector, centre);
    }

    function _retired(uint32 centre) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICertificateLedger.CertificateLedgerCentreIsRetired.selector, centre);
    }

    function _unknown(bytes32 id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICertificateLedger.CertificateLedgerCertificateUnknown.selector, id);
    }

    function _unknownReason(uint8 reason) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICertificateLedger.CertificateLedgerUnknownReason.selector, reason);
    }

    function _notRequester(address expected, address caller) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICertificateLedger.CertificateLedgerNotRequester.selector, expected, caller);
    }

    function _wrongSignature(address account, bytes32 digest) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICertificateLedger.CertificateLedgerWrongSignature.selector, account, digest);
    }

    function _tooLate(uint40 deadline, uint256 time) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICertificateLedger.CertificateLedgerTooLate.selector, deadline, time);
    }

    function _stray(ICertificateLedger.Request memory request) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                ICertificateLedger.CertificateLedgerStrayArgument.selector,
                request.operation,
                request.successorId,
                request.centre
            );
    }

    function _incomplete(ICertificateLedger.Application memory application) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                ICertificateLedger.CertificateLedgerApplicationIncomplete.selector,
                application.applicant,
                application.subjectKeyHash,
                application.identityHash,
                application.possessionHash
            );
    }

    function _invalidValidity(ICertificateLedger.Application memory application) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                ICertificateLedger.CertificateLedgerInvalidValidity.selector,
                application.notBefore,
                application.notAfter,
                NOW
            );
    }

    function _notAllowed(
        AccountType from,
        Operation operation,
        Requester requester,
        uint256 time
    ) private view returns (bytes memory) {
        return
            abi.encodeWithSelector(
                ICertificateLedger.CertificateLedgerNotAllowed.selector,
                _id(_LIVE),
                from,
                operation,
                requester,
                time
            );
    }
}
