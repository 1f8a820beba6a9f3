// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EfficientHashLib} from "solady/src/utils/EfficientHashLib.sol";

import {StructHash} from "../utils/StructHash.sol";
import {Cause} from "./CertificateMoves.sol";
import {ICertificateLedger} from "./ICertificateLedger.sol";

/// @title Type strings, type hashes and struct hashes of what is signed about certificates, and the ids made of them
library CertificateHash {
    bytes32 internal constant CERTIFICATE_TYPEHASH = keccak256("Certificate(bytes32 committeeId,bytes32 contentHash)");
    bytes32 internal constant ISSUER_TYPEHASH = keccak256("Issuer(bytes32 committeeId,bytes32 checkedKeyHash)");
    bytes32 internal constant HOLDING_TYPEHASH = keccak256("Holding(bytes32 certificateId,address holder)");
    bytes32 internal constant RECORD_TYPEHASH = keccak256(
        "Record(bytes32 certificateId,uint40 from,uint40 to,uint8 operation,uint8 requester,uint8 reason,bytes32 requestHash,bytes32 previousRecord,uint256 blockNumber,uint40 timestamp)"
    );
    bytes32 internal constant APPLICATION_TYPEHASH = keccak256(
        "Application(bytes32 committeeId,uint32 centre,address applicant,bytes32 subjectKeyHash,bytes32 identityHash,bytes32 possessionHash,bytes32 predecessorId,uint40 notBefore,uint40 notAfter,uint40 deadline)"
    );
    bytes32 internal constant RESULT_TYPEHASH = keccak256(
        "CertificationResult(bytes32 committeeId,uint32 epoch,bytes32 applicationId,bytes32 tbsHash,bytes32 contentHash,bool approved,uint8 reason)"
    );
    bytes32 internal constant CENTRE_ADMISSION_TYPEHASH = keccak256(
        "CentreAdmission(bytes32 committeeId,uint32 epoch,address account,bytes32 issuerKeyHash,bool issuerIsP256,bytes32 salt)"
    );
    bytes32 internal constant CENTRE_RETIREMENT_TYPEHASH = keccak256(
        "CentreRetirement(bytes32 committeeId,uint32 epoch,uint32 centre)"
    );
    bytes32 internal constant CERTIFICATE_REQUEST_TYPEHASH = keccak256(
        "CertificateRequest(bytes32 certificateId,bytes32 previousRecord,uint8 operation,uint8 reason,bytes32 successorId,uint32 centre,uint40 deadline)"
    );
    bytes32 internal constant COMMITTEE_REQUEST_TYPEHASH = keccak256(
        "CommitteeRequest(bytes32 committeeId,uint32 epoch,bytes32 certificateId,bytes32 previousRecord,uint8 operation,uint8 reason,bytes32 successorId,uint32 centre,uint40 deadline)"
    );

    /// @notice A certificate's id. It covers the bytes, so that the ledger keeps no hash of them, and the committee, so that no
    /// other committee can take it.
    function certificate(bytes32 committeeId, bytes32 contentHash) internal pure returns (bytes32) {
        return EfficientHashLib.hash(CERTIFICATE_TYPEHASH, committeeId, contentHash);
    }

    /// @notice What is kept of a centre's right to issue: under which committee, and with which key where signatures are checked.
    function issuer(bytes32 committeeId, bytes32 checkedKeyHash) internal pure returns (bytes32) {
        return EfficientHashLib.hash(ISSUER_TYPEHASH, committeeId, checkedKeyHash);
    }

    /// @notice What is kept of a certificate's holder.
    function holding(bytes32 certificateId, address holder) internal pure returns (bytes32) {
        return EfficientHashLib.hash(HOLDING_TYPEHASH, certificateId, bytes32(uint256(uint160(holder))));
    }

    /// @notice A record's id. It covers the record before, and so the whole history.
    function record(
        bytes32 certificateId,
        uint40 from,
        uint40 to,
        Cause memory cause,
        bytes32 previousRecord
    ) internal view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    RECORD_TYPEHASH,
                    certificateId,
                    from,
                    to,
                    cause,
                    previousRecord,
                    block.number,
                    block.timestamp
                )
            );
    }

    /// @notice An application's id.
    function application(ICertificateLedger.Application calldata application_) internal pure returns (bytes32) {
        uint256 offset;
        assembly {
            offset := application_
        }
        return StructHash.ofCalldata(APPLICATION_TYPEHASH, offset, 10);
    }

    function result(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 applicationId,
        bytes32 tbsHash,
        bytes32 contentHash,
        bool approved,
        uint8 reason
    ) internal pure returns (bytes32) {
        return
            EfficientHashLib.hash(
                RESULT_TYPEHASH,
                committeeId,
                bytes32(uint256(epoch)),
                applicationId,
                tbsHash,
                contentHash,
                bytes32(uint256(approved ? 1 : 0)),
                bytes32(uint256(reason))
            );
    }

    function centreAdmission(
        bytes32 committeeId,
        uint32 epoch,
        ICertificateLedger.CentreConfig calldata config,
        bytes32 salt
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(CENTRE_ADMISSION_TYPEHASH, committeeId, epoch, config, salt));
    }

    function centreRetirement(bytes32 committeeId, uint32 epoch, uint32 centre) internal pure returns (bytes32) {
        return keccak256(abi.encode(CENTRE_RETIREMENT_TYPEHASH, committeeId, epoch, centre));
    }

    function request(ICertificateLedger.Request calldata request_) internal pure returns (bytes32) {
        return keccak256(abi.encode(CERTIFICATE_REQUEST_TYPEHASH, request_));
    }

    function committeeRequest(
        bytes32 committeeId,
        uint32 epoch,
        ICertificateLedger.Request calldata request_
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(COMMITTEE_REQUEST_TYPEHASH, committeeId, epoch, request_));
    }
}
