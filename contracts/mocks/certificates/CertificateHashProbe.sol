// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CertificateHash} from "../../certificates/CertificateHash.sol";
import {Cause, Operation, Requester} from "../../certificates/CertificateMoves.sol";
import {ICertificateLedger} from "../../certificates/ICertificateLedger.sol";

/// @title Shows the certificates' hash library to tests
contract CertificateHashProbe {
    /// @notice The type hashes, in the alphabetical order of their types' names.
    function typeHashes() external pure returns (bytes32[10] memory) {
        return
            [
                CertificateHash.APPLICATION_TYPEHASH,
                CertificateHash.CENTRE_ADMISSION_TYPEHASH,
                CertificateHash.CENTRE_RETIREMENT_TYPEHASH,
                CertificateHash.CERTIFICATE_TYPEHASH,
                CertificateHash.CERTIFICATE_REQUEST_TYPEHASH,
                CertificateHash.RESULT_TYPEHASH,
                CertificateHash.COMMITTEE_REQUEST_TYPEHASH,
                CertificateHash.HOLDING_TYPEHASH,
                CertificateHash.ISSUER_TYPEHASH,
                CertificateHash.RECORD_TYPEHASH
            ];
    }

    function application(ICertificateLedger.Application calldata application_) external pure returns (bytes32) {
        return CertificateHash.application(application_);
    }

    function centreAdmission(
        bytes32 committeeId,
        uint32 epoch,
        ICertificateLedger.CentreConfig calldata config,
        bytes32 salt
    ) external pure returns (bytes32) {
        return CertificateHash.centreAdmission(committeeId, epoch, config, salt);
    }

    function centreRetirement(bytes32 committeeId, uint32 epoch, uint32 centre) external pure returns (bytes32) {
        return CertificateHash.centreRetirement(committeeId, epoch, centre);
    }

    function certificate(bytes32 committeeId, bytes32 contentHash) external pure returns (bytes32) {
        return CertificateHash.certificate(committeeId, contentHash);
    }

    function certificateRequest(ICertificateLedger.Request calldata request) external pure returns (bytes32) {
        return CertificateHash.request(request);
    }

    function certificationResult(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 applicationId,
        bytes32 tbsHash,
        bytes32 contentHash,
        bool approved,
        uint8 reason
    ) external pure returns (bytes32) {
        return CertificateHash.result(committeeId, epoch, applicationId, tbsHash, contentHash, approved, reason);
    }

    function committeeRequest(
        bytes32 committeeId,
        uint32 epoch,
        ICertificateLedger.Request calldata request
    ) external pure returns (bytes32) {
        return CertificateHash.committeeRequest(committeeId, epoch, request);
    }

    function holding(bytes32 certificateId, address holder) external pure returns (bytes32) {
        return CertificateHash.holding(certificateId, holder);
    }

    function issuer(bytes32 committeeId, bytes32 checkedKeyHash) external pure returns (bytes32) {
        return CertificateHash.issuer(committeeId, checkedKeyHash);
    }

    /// @notice A record of this block.
    function record(
        bytes32 certificateId,
        uint40 from,
        uint40 to,
        Operation operation,
        Requester requester,
        uint8 reason,
        bytes32 requestHash,
        bytes32 previousRecord
    ) external view returns (bytes32) {
        Cause memory cause = Cause(operation, requester, reason, requestHash);
        return CertificateHash.record(certificateId, from, to, cause, previousRecord);
    }
}
