// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LibBit} from "solady/src/utils/LibBit.sol";

import {CentreBook} from "./CentreBook.sol";
import {CertificateHash} from "./CertificateHash.sol";
import {ICertificateLedger} from "./ICertificateLedger.sol";

/// @title What the centres say of an application, counted or approved at once
abstract contract ApplicationBook is CentreBook {
    /// @dev Who said what in an epoch, as bitmaps of members.
    struct Tally {
        uint256 approvedBy; // slot 0
        uint256 rejectedBy; // slot 1
        mapping(bytes32 resultHash => uint256 signers) approvals; // slot 2
    }

    /// @dev Who signed a result, and how many it takes.
    struct Signers {
        uint256 signers; // bitmap of members
        uint256 threshold;
        uint256 memberCount;
    }

    /// @dev The decision of a rejected application; no struct hash is it.
    bytes32 private constant _REJECTED = bytes32(uint256(1));

    /// @dev Zero while open, _REJECTED, or the hash of what was approved, by {_decisionOf}.
    mapping(bytes32 applicationId => bytes32 decision) private _decisions; // slot 6
    mapping(bytes32 applicationId => mapping(uint32 epoch => Tally tally)) private _tallies; // slot 7

    /// @inheritdoc ICertificateLedger
    function countResults(
        Application calldata application,
        Result calldata result,
        bytes calldata approval
    ) external returns (ApplicationStatus status) {
        bytes32 applicationId = _checkApplication(application);
        _requireCommittee(application.centre, application.committeeId);
        _checkResult(result);
        Signers memory who = _signersOf(application.committeeId, applicationId, result, approval);
        uint256 inFavour = _count(application.committeeId, applicationId, result, who.signers);
        return _decide(applicationId, result, who, inFavour);
    }

    /// @inheritdoc ICertificateLedger
    function applicationOf(bytes32 applicationId) external view returns (ApplicationStatus) {
        return _statusOf(_decisions[applicationId]);
    }

    /// @inheritdoc ICertificateLedger
    function resultsOf(
        bytes32 applicationId,
        uint32 epoch
    ) external view returns (uint256 approvedBy, uint256 rejectedBy) {
        Tally storage tally = _tallies[applicationId][epoch];
        return (tally.approvedBy, tally.rejectedBy);
    }

    /// @dev An application that can still be decided; returns its id.
    function _checkApplication(Application calldata application) internal view returns (bytes32) {
        // Check: deadline.
        require(
            block.timestamp < application.deadline,
            CertificateLedgerTooLate(application.deadline, block.timestamp)
        );
        // Check: complete.
        require(
            application.applicant != address(0) &&
                application.subjectKeyHash != 0 &&
                application.identityHash != 0 &&
                application.possessionHash != 0,
            CertificateLedgerApplicationIncomplete(
                application.applicant,
                application.subjectKeyHash,
                application.identityHash,
                application.possessionHash
            )
        );
        require(
            application.notBefore <= application.notAfter && block.timestamp <= application.notAfter,
            CertificateLedgerInvalidValidity(application.notBefore, application.notAfter, block.timestamp)
        );
        return CertificateHash.application(application);
    }

    /// @dev That the committee approved the certificate: by the approval given, or, where there is none, by counted results.
    function _requireApproved(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 applicationId,
        bytes32 tbsHash,
        bytes32 contentHash,
        bytes calldata approval
    ) internal view {
        if (approval.length == 0) {
            bytes32 decision = _decisions[applicationId];
            require(decision != _REJECTED, CertificateLedgerApplicationRejected(applicationId));
            require(
                decision == _decisionOf(tbsHash, contentHash),
                CertificateLedgerNotApproved(applicationId, tbsHash, contentHash)
            );
        } else {
            bytes32 hash = CertificateHash.result(committeeId, epoch, applicationId, tbsHash, contentHash, true, 0);
            _REGISTRY.requireApproval(committeeId, epoch, _hashTypedDataV4(hash), approval);
        }
    }

    /// @dev Who signed the result. Members whose signature does not hold are not in the bitmap, or refuse all of it.
    function _signersOf(
        bytes32 committeeId,
        bytes32 applicationId,
        Result calldata result,
        bytes calldata approval
    ) private view returns (Signers memory who) {
        bytes32 structHash = CertificateHash.result(
            committeeId,
            result.epoch,
            applicationId,
            result.tbsHash,
            result.contentHash,
            result.approved,
            result.reason
        );
        // Check: signatures.
        bytes32 digest = _hashTypedDataV4(structHash);
        (who.signers, who.threshold, who.memberCount) = _REGISTRY.signersOf(
            committeeId,
            result.epoch,
            digest,
            approval
        );
    }

    /// @dev Counts those who said so for the first time. Returns all who approve the same certificate.
    function _count(
        bytes32 committeeId,
        bytes32 applicationId,
        Result calldata result,
        uint256 signers
    ) private returns (uint256 inFavour) {
        Tally storage tally = _tallies[applicationId][result.epoch];
        bytes32 decision = _decisionOf(result.tbsHash, result.contentHash);
        // Check: replay.
        uint256 before = result.approved ? tally.approvals[decision] : tally.rejectedBy;
        uint256 added = signers & ~before;
        require(added != 0, CertificateLedgerNothingNew(applicationId, signers));

        // Effect: count.
        uint256 contradicted = added & (result.approved ? tally.rejectedBy : tally.approvedBy);
        if (result.approved) {
            inFavour = before | signers;
            tally.approvedBy |= signers;
            tally.approvals[decision] = inFavour;
        } else {
            tally.rejectedBy = before | signers;
        }
        emit ResultsCounted(
            applicationId,
            committeeId,
            result.epoch,
            result.tbsHash,
            result.contentHash,
            result.approved,
            result.reason,
            added
        );
        if (contradicted != 0) emit ResultsContradicted(applicationId, committeeId, result.epoch, contradicted);
    }

    /// @dev Decides, once. Who contradicted himself counts as rejecting.
    function _decide(
        bytes32 applicationId,
        Result calldata result,
        Signers memory who,
        uint256 inFavour
    ) private returns (ApplicationStatus status) {
        status = _statusOf(_decisions[applicationId]);
        if (status != ApplicationStatus.OPEN) return status;
        uint256 rejectedBy = _tallies[applicationId][result.epoch].rejectedBy;
        bytes32 decision = _REJECTED;
        if (LibBit.popCount(rejectedBy) > who.memberCount - who.threshold) {
            status = ApplicationStatus.REJECTED;
        } else if (LibBit.popCount(inFavour & ~rejectedBy) >= who.threshold) {
            status = ApplicationStatus.APPROVED;
            decision = _decisionOf(result.tbsHash, result.contentHash);
        } else {
            return status;
        }

        // Effect: decide.
        _decisions[applicationId] = decision;
        emit ApplicationDecided(applicationId, status, result.epoch);
    }

    function _checkResult(Result calldata result) private pure {
        bool oneHash = (result.tbsHash == 0) != (result.contentHash == 0);
        bool noHash = result.tbsHash == 0 && result.contentHash == 0;
        require(
            result.approved ? oneHash && result.reason == 0 : noHash,
            CertificateLedgerMalformedResult(result.approved, result.tbsHash, result.contentHash, result.reason)
        );
    }

    /// @dev What stands for an approved certificate.
    function _decisionOf(bytes32 tbsHash, bytes32 contentHash) private pure returns (bytes32) {
        return keccak256(abi.encode(tbsHash, contentHash));
    }

    function _statusOf(bytes32 decision) private pure returns (ApplicationStatus) {
        if (decision == 0) return ApplicationStatus.OPEN;
        return decision == _REJECTED ? ApplicationStatus.REJECTED : ApplicationStatus.APPROVED;
    }
}
