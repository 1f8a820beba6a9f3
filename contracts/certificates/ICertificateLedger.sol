// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccountType, Operation, Requester} from "./CertificateMoves.sol";

/// @title Certificates whose state is the type of the account that holds them
/// @notice Centres certify applicants as a committee. A certificate that the committee approved is issued to an account of the
/// receiving centre, and moves between that centre's accounts: of type ISSUING while it is valid, FREEZING, REVOCATION, RETIRED or
/// EXPIRY when it is not. Each move is a record that covers the record before, so that the last one proves all of them.
///
/// Times are Unix seconds. A certificate is valid from `notBefore` to `notAfter`, both inclusive (RFC 5280); every other "before"
/// is exclusive. Reasons are RFC 5280's CRLReason codes, 0 to 10; their meaning is the requester's.
///
/// The ledger shows certificates as locked ERC-721 tokens (ERC-5192): `tokenId` is the certificate's id, the owner an address
/// that stands for the account and that nobody has a key for.
interface ICertificateLedger {
    /// @notice What an applicant asks the centres of a committee for.
    struct Application {
        bytes32 committeeId; // the authentication centres
        uint32 centre; // the receiving centre, one of the committee's, whose account gets the certificate
        address applicant; // the holder
        bytes32 subjectKeyHash; // SHA-256 of the SubjectPublicKeyInfo
        bytes32 identityHash; // salted hash of the identification
        bytes32 possessionHash; // SHA-256 of the signing request (PKCS#10), which proves possession of the key
        bytes32 predecessorId; // the certificate that this one may replace, or zero
        uint40 notBefore; // Unix seconds, inclusive
        uint40 notAfter; // Unix seconds, inclusive
        uint40 deadline; // Unix seconds; issued before it or not at all
    }

    /// @notice What a centre says of an application. Exactly one hash is set where it approves: that of the to-be-signed bytes
    /// where the ledger checks the issuer's signature, else that of the signed certificate. Neither where it rejects.
    struct Result {
        uint32 epoch; // of the committee
        bytes32 tbsHash; // SHA-256
        bytes32 contentHash; // SHA-256
        bool approved;
        uint8 reason; // why it rejects; 0 where it approves
    }

    /// @notice Where the results of an application stand.
    enum ApplicationStatus {
        OPEN,
        APPROVED,
        REJECTED
    }

    /// @notice What a centre is admitted with.
    struct CentreConfig {
        address account; // acts for the centre
        bytes32 issuerKeyHash; // SHA-256 of the SubjectPublicKeyInfo of the key that signs certificates
        bool issuerIsP256; // then the ledger checks each signature
    }

    /// @notice What is known of a centre.
    struct Centre {
        bytes32 committeeId;
        address account;
        bytes32 issuerKeyHash;
        bool issuerIsP256;
        bool retired;
    }

    /// @notice A certificate and its holder.
    struct Holding {
        bytes32 certificateId;
        address holder;
    }

    /// @notice The public key of an issuer whose signature is checked.
    struct IssuerKey {
        bytes32 x;
        bytes32 y;
    }

    /// @notice A request for an operation on a certificate. It consumes the certificate's last record.
    struct Request {
        bytes32 certificateId;
        bytes32 previousRecord;
        Operation operation;
        uint8 reason; // CRLReason
        bytes32 successorId; // for UPDATE, else zero
        uint32 centre; // for REHOME, else zero
        uint40 deadline; // Unix seconds, exclusive
    }

    /// @notice What a certificate is worth at this moment.
    enum Verdict {
        UNKNOWN, // never issued
        VALID,
        NOT_YET_VALID,
        EXPIRED,
        FROZEN,
        REVOKED,
        SUPERSEDED,
        MISMATCH, // the bytes are not this certificate's
        ISSUER_INACTIVE // the centre that holds it was retired
    }

    struct Verification {
        Verdict verdict;
        uint8 reason; // of the last record
        uint40 since; // Unix seconds; when the last record was made
        bytes32 successorId; // where SUPERSEDED
    }

    /// @notice The state of a certificate.
    struct CertificateState {
        uint40 account;
        uint32 centre;
        AccountType accountType;
        uint32 sequence; // number of records
        uint40 notBefore;
        uint40 notAfter;
        uint40 movedAt;
        uint40 freezeEnds;
        uint8 reason;
        Requester frozenBy;
        bytes32 head; // the last record's id
    }

    /// @notice A centre was admitted, and its accounts opened: `centre << 8 | type` for each type.
    event CentreAdmitted(
        uint32 indexed centre,
        bytes32 indexed committeeId,
        address indexed account,
        bytes32 issuerKeyHash,
        bool issuerIsP256,
        bytes32 salt
    );
    event CentreRetired(uint32 indexed centre, bytes32 indexed committeeId, uint32 epoch);
    /// @notice Results were counted. `signers` are the members of the epoch, as a bitmap, that said so for the first time.
    event ResultsCounted(
        bytes32 indexed applicationId,
        bytes32 indexed committeeId,
        uint32 epoch,
        bytes32 tbsHash,
        bytes32 contentHash,
        bool approved,
        uint8 reason,
        uint256 signers
    );
    /// @notice Members, as a bitmap, signed both ways. They count as rejecting.
    event ResultsContradicted(
        bytes32 indexed applicationId,
        bytes32 indexed committeeId,
        uint32 epoch,
        uint256 signers
    );
    event ApplicationDecided(bytes32 indexed applicationId, ApplicationStatus status, uint32 epoch);
    /// @notice A certificate was issued: its first record.
    event CertificateIssued(
        bytes32 indexed certificateId,
        address indexed holder,
        uint32 indexed centre,
        bytes32 applicationId,
        bytes32 contentHash,
        bytes32 subjectKeyHash,
        uint40 notBefore,
        uint40 notAfter
    );
    /// @notice The committee approved that the one certificate may replace the other.
    event SuccessorApproved(bytes32 indexed certificateId, bytes32 indexed successorId);
    /// @notice The ledger checked the issuer's signature over bytes that have this serial number.
    event IssuerSignatureChecked(bytes32 indexed certificateId, uint256 serial);
    /// @notice A record was made. The accounts are in the `Transfer` that follows, block and time are the log's. A centre's freeze
    /// ends {CENTRE_FREEZE} later, any other lasts until it is undone.
    event CertificateMoved(bytes32 indexed certificateId, Operation operation, Requester requester, uint8 reason);
    /// @notice The record that follows was made on a signed or approved request; without this event the caller itself asked.
    event RequestConsumed(bytes32 indexed certificateId, bytes32 requestHash);

    /// @notice No centre has this number.
    error CertificateLedgerCentreUnknown(uint32 centre);
    /// @notice The centre was retired; ask another one.
    error CertificateLedgerCentreIsRetired(uint32 centre);
    /// @notice This admission was used already; take another salt.
    error CertificateLedgerCentreExists(uint32 centre);
    /// @notice A centre needs an account and an issuer key.
    error CertificateLedgerCentreIncomplete(address account, bytes32 issuerKeyHash);
    /// @notice The centre belongs to another committee.
    error CertificateLedgerWrongCommittee(uint32 centre, bytes32 expected, bytes32 actual);
    /// @notice The centre does not issue like this. It does under `committeeId`, with the key of this hash where signatures are
    /// checked ({issueChecked}), with zero where they are not ({issue}).
    error CertificateLedgerWrongIssuer(
        uint32 centre,
        bytes32 expectedCommittee,
        bytes32 expectedKeyHash,
        bytes32 actualCommittee,
        bytes32 actualKeyHash
    );
    /// @notice The issuer did not sign these bytes, or s is in the upper half of the order: take the order minus s.
    error CertificateLedgerWrongIssuerSignature(uint32 centre, bytes32 tbsHash);
    /// @notice The certificate is for another key than the application.
    error CertificateLedgerSubjectKeyMismatch(bytes32 expected, bytes32 actual);
    /// @notice The certificate is valid for another time than the application asks.
    error CertificateLedgerValidityMismatch(
        uint40 expectedNotBefore,
        uint40 expectedNotAfter,
        uint40 notBefore,
        uint40 notAfter
    );
    /// @notice The validity ends before it begins, or is over.
    error CertificateLedgerInvalidValidity(uint40 notBefore, uint40 notAfter, uint256 timestamp);
    /// @notice An application needs an applicant, a subject key, an identity and a proof of possession.
    error CertificateLedgerApplicationIncomplete(
        address applicant,
        bytes32 subjectKeyHash,
        bytes32 identityHash,
        bytes32 possessionHash
    );
    /// @notice It is too late.
    error CertificateLedgerTooLate(uint40 deadline, uint256 timestamp);
    /// @notice A result has exactly one hash where it approves, and none where it rejects; a reason only where it rejects.
    error CertificateLedgerMalformedResult(bool approved, bytes32 tbsHash, bytes32 contentHash, uint8 reason);
    /// @notice These members' results were counted already, or none of them signed.
    error CertificateLedgerNothingNew(bytes32 applicationId, uint256 signers);
    /// @notice The application was rejected: file another one.
    error CertificateLedgerApplicationRejected(bytes32 applicationId);
    /// @notice The counted results do not approve this certificate.
    error CertificateLedgerNotApproved(bytes32 applicationId, bytes32 tbsHash, bytes32 contentHash);
    /// @notice The certificate was issued already.
    error CertificateLedgerCertificateExists(bytes32 certificateId);
    /// @notice The subject key has a certificate that is live: let it end first, or take another key.
    error CertificateLedgerSubjectKeyInUse(bytes32 subjectKeyHash, bytes32 certificateId);
    /// @notice The subject key was certified before, and not by the certificate that the caller names.
    error CertificateLedgerWrongPrevious(bytes32 subjectKeyHash, bytes32 certificateId, address holder);
    /// @notice The key was certified on an application with a deadline as late: file one with a later deadline, so that none
    /// serves twice.
    error CertificateLedgerApplicationOutdated(bytes32 subjectKeyHash, uint40 lastDeadline, uint40 deadline);
    /// @notice Only a live certificate of the same committee can be replaced.
    error CertificateLedgerWrongPredecessor(
        bytes32 predecessorId,
        AccountType accountType,
        bytes32 expectedCommittee,
        bytes32 actualCommittee
    );
    /// @notice The certificate is not known.
    error CertificateLedgerCertificateUnknown(bytes32 certificateId);
    /// @notice Another record came first: look at the certificate anew.
    error CertificateLedgerNotHead(bytes32 certificateId, bytes32 expected, bytes32 actual);
    /// @notice No such arrow leads from this account now, or not for this requester.
    error CertificateLedgerNotAllowed(
        bytes32 certificateId,
        AccountType from,
        Operation operation,
        Requester requester,
        uint256 timestamp
    );
    /// @notice A reason is one of RFC 5280's codes, 0 to 10 without 7.
    error CertificateLedgerUnknownReason(uint8 reason);
    /// @notice A successor belongs to UPDATE, a centre to REHOME, and neither to other operations.
    error CertificateLedgerStrayArgument(Operation operation, bytes32 successorId, uint32 centre);
    /// @notice The successor is not one that the committee approved as such, or it is not valid.
    error CertificateLedgerWrongSuccessor(
        bytes32 certificateId,
        bytes32 expected,
        bytes32 actual,
        AccountType accountType
    );
    /// @notice The account is not the certificate's holder.
    error CertificateLedgerNotHolder(bytes32 certificateId, bytes32 subjectKeyHash, address account);
    /// @notice Without a signature the caller itself must be the requester.
    error CertificateLedgerNotRequester(address expected, address caller);
    /// @notice The signature is not the account's.
    error CertificateLedgerWrongSignature(address account, bytes32 digest);
    /// @notice Each id needs the hash of its bytes.
    error CertificateLedgerLengthMismatch(uint256 certificateIds, uint256 contentHashes);
    /// @notice Certificates move by records alone.
    error CertificateLedgerLocked(bytes32 certificateId);
    /// @notice The ledger does not count tokens by owner, which every move would pay for: count Transfer logs instead.
    error CertificateLedgerNotCounted(address owner);

    /// @notice Admits a centre, which opens one account of each type for it.
    /// @param approval The committee's approval of `CentreAdmission(...)`
    /// Requirements: account and issuer key are set; the admission was not used before; the committee approved
    function admitCentre(
        bytes32 committeeId,
        CentreConfig calldata config,
        bytes32 salt,
        uint32 epoch,
        bytes calldata approval
    ) external returns (uint32 centre);

    /// @notice Retires a centre: it issues nothing more, and what it holds is worth ISSUER_INACTIVE until it is re-homed.
    /// @param approval The committee's approval of `CentreRetirement(...)`
    function retireCentre(uint32 centre, uint32 epoch, bytes calldata approval) external;

    /// @notice Counts what members of the committee say of an application. It is approved once the threshold of them approve the
    /// same certificate, and rejected once so many reject that the threshold is out of reach; both are final.
    /// @param approval Signatures of one or more members (members scheme) of `CertificationResult(...)`
    /// Requirements: before the deadline; at least one member is counted for the first time
    function countResults(
        Application calldata application,
        Result calldata result,
        bytes calldata approval
    ) external returns (ApplicationStatus status);

    /// @notice Issues a certificate whose issuer's signature the committee checked: the approval is of its content.
    /// @param contentHash SHA-256 of the certificate
    /// @param epoch The committee's epoch
    /// @param approval The committee's approval of `CertificationResult(...)` by either scheme; empty where results were counted.
    /// An approval given here is the committee's own word, whatever was counted before
    /// @param previous The certificate that the subject key had before; zeros for a key that had none
    /// Requirements:
    /// - before the deadline; not rejected, where it is issued as counted; `notBefore <= notAfter`, and `notAfter` is not over
    /// - the centre is active, belongs to the committee, and does not sign with P-256
    /// - the certificate is new, and its key has no live certificate
    /// - where its key had one before, the application's deadline is later than that one's
    function issue(
        Application calldata application,
        bytes32 contentHash,
        uint32 epoch,
        bytes calldata approval,
        Holding calldata previous
    ) external returns (bytes32 certificateId);

    /// @notice As {issue}, where the issuer signs with P-256: the approval is of the to-be-signed bytes, and the ledger checks the
    /// signature and takes key and validity out of what was signed.
    /// @param der The certificate, in DER
    /// @param issuerKey The issuer's public key, with which the centre was admitted
    function issueChecked(
        Application calldata application,
        bytes calldata der,
        IssuerKey calldata issuerKey,
        uint32 epoch,
        bytes calldata approval,
        Holding calldata previous
    ) external returns (bytes32 certificateId);

    /// @notice How long a centre's freeze lasts, in seconds, and how long it must then wait to freeze the same certificate again.
    function CENTRE_FREEZE() external view returns (uint40);

    /// @notice Freezes a certificate for {CENTRE_FREEZE}. The receiving centre's account alone may; as are {unfreeze} and {revoke}, it
    /// is {executeAsCentre} for less gas.
    function freeze(bytes32 certificateId, bytes32 previousRecord, uint8 reason) external returns (bytes32 recordId);

    /// @notice Undoes the centre's own freeze.
    function unfreeze(bytes32 certificateId, bytes32 previousRecord) external returns (bytes32 recordId);

    /// @notice Revokes a certificate, for good.
    function revoke(bytes32 certificateId, bytes32 previousRecord, uint8 reason) external returns (bytes32 recordId);

    /// @notice Does what the holder asks.
    /// @param subjectKeyHash The certificate's key
    /// @param holder The holder
    /// @param signature The holder's signature of `CertificateRequest(...)`; empty where the holder is the caller
    function executeAsHolder(
        Request calldata request,
        bytes32 subjectKeyHash,
        address holder,
        bytes calldata signature
    ) external returns (bytes32 recordId);

    /// @notice Does what the receiving centre asks.
    /// @param signature The centre's signature of `CertificateRequest(...)`; empty where the centre's account is the caller
    function executeAsCentre(Request calldata request, bytes calldata signature) external returns (bytes32 recordId);

    /// @notice Does what the committee asks.
    /// @param approval The committee's approval of `CommitteeRequest(...)`
    function executeAsCommittee(
        Request calldata request,
        uint32 epoch,
        bytes calldata approval
    ) external returns (bytes32 recordId);

    /// @notice Moves a certificate whose time is over. Anyone may; its verdict is EXPIRED before, too.
    function expire(bytes32 certificateId) external returns (bytes32 recordId);

    /// @notice Moves a certificate whose freeze ended by itself. Anyone may; its verdict is not FROZEN before, too.
    function endFreeze(bytes32 certificateId) external returns (bytes32 recordId);

    /// @notice What a certificate with these bytes is worth now.
    /// @param contentHash SHA-256 of the certificate
    function verify(bytes32 certificateId, bytes32 contentHash) external view returns (Verification memory);

    /// @notice {verify} for many, in the order of the ids.
    function verifyBatch(
        bytes32[] calldata certificateIds,
        bytes32[] calldata contentHashes
    ) external view returns (Verification[] memory);

    /// @notice The state of a certificate. Reverts for one that was never issued.
    function certificateOf(bytes32 certificateId) external view returns (CertificateState memory);

    /// @notice The id of the certificate with these bytes under a committee, issued or not. Who trusts the committee derives the
    /// id from the bytes, and so trusts no other.
    function certificateIdOf(bytes32 committeeId, bytes32 contentHash) external pure returns (bytes32 certificateId);

    /// @notice Whether `holding.holder` holds the certificate, which is the last one of this key under the committee.
    function isHeld(bytes32 committeeId, bytes32 subjectKeyHash, Holding calldata holding) external view returns (bool);

    /// @notice The certificate that the committee approved as the successor, or zero.
    function successorOf(bytes32 certificateId) external view returns (bytes32 successorId);

    /// @notice Where the results of an application stand.
    function applicationOf(bytes32 applicationId) external view returns (ApplicationStatus status);

    /// @notice Who approved (anything) and who rejected in an epoch, as bitmaps of members. Those in both contradicted themselves.
    function resultsOf(
        bytes32 applicationId,
        uint32 epoch
    ) external view returns (uint256 approvedBy, uint256 rejectedBy);

    /// @notice What is known of a centre. Reverts for one that was never admitted.
    function centreOf(uint32 centre) external view returns (Centre memory);

    /// @notice The address that an account owns tokens as.
    function ownerOfAccount(uint40 account) external pure returns (address owner);
}
