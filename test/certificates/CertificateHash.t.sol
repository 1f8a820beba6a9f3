// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CertificateHash} from "../../contracts/certificates/CertificateHash.sol";
import {Operation, Requester} from "../../contracts/certificates/CertificateMoves.sol";
import {ICertificateLedger} from "../../contracts/certificates/ICertificateLedger.sol";
import {CertificateHashProbe} from "../../contracts/mocks/certificates/CertificateHashProbe.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice The certificates' hash library against the runner's own EIP-712 and against encodings written by hand.
contract CertificateHashTest is TestBase {
    CertificateHashProbe private _probe;

    function setUp() public {
        _probe = new CertificateHashProbe();
    }

    function test_typeHashes() public pure {
        string memory request =
            "bytes32 certificateId,bytes32 previousRecord,uint8 operation,uint8 reason,"
            "bytes32 successorId,uint32 centre,uint40 deadline)";
        _sameType(CertificateHash.CERTIFICATE_TYPEHASH, "Certificate(bytes32 committeeId,bytes32 contentHash)");
        _sameType(CertificateHash.ISSUER_TYPEHASH, "Issuer(bytes32 committeeId,bytes32 checkedKeyHash)");
        _sameType(CertificateHash.HOLDING_TYPEHASH, "Holding(bytes32 certificateId,address holder)");
        _sameType(
            CertificateHash.RECORD_TYPEHASH,
            "Record(bytes32 certificateId,uint40 from,uint40 to,uint8 operation,uint8 requester,uint8 reason,bytes32 requestHash,bytes32 previousRecord,uint256 blockNumber,uint40 timestamp)"
        );
        _sameType(
            CertificateHash.APPLICATION_TYPEHASH,
            "Application(bytes32 committeeId,uint32 centre,address applicant,bytes32 subjectKeyHash,bytes32 identityHash,bytes32 possessionHash,bytes32 predecessorId,uint40 notBefore,uint40 notAfter,uint40 deadline)"
        );
        _sameType(
            CertificateHash.RESULT_TYPEHASH,
            "CertificationResult(bytes32 committeeId,uint32 epoch,bytes32 applicationId,bytes32 tbsHash,bytes32 contentHash,bool approved,uint8 reason)"
        );
        _sameType(
            CertificateHash.CENTRE_ADMISSION_TYPEHASH,
            "CentreAdmission(bytes32 committeeId,uint32 epoch,address account,bytes32 issuerKeyHash,bool issuerIsP256,bytes32 salt)"
        );
        _sameType(
            CertificateHash.CENTRE_RETIREMENT_TYPEHASH,
            "CentreRetirement(bytes32 committeeId,uint32 epoch,uint32 centre)"
        );
        _sameType(CertificateHash.CERTIFICATE_REQUEST_TYPEHASH, string.concat("CertificateRequest(", request));
        _sameType(
            CertificateHash.COMMITTEE_REQUEST_TYPEHASH,
            string.concat("CommitteeRequest(bytes32 committeeId,uint32 epoch,", request)
        );
    }

    function testFuzz_certificate(bytes32 committeeId, bytes32 contentHash) public view {
        bytes memory encoded = bytes.concat(CertificateHash.CERTIFICATE_TYPEHASH, committeeId, contentHash);
        vm.assertEq(_probe.certificate(committeeId, contentHash), keccak256(encoded), "Certificate");
    }

    function testFuzz_issuer(bytes32 committeeId, bytes32 checkedKeyHash) public view {
        bytes memory encoded = bytes.concat(CertificateHash.ISSUER_TYPEHASH, committeeId, checkedKeyHash);
        vm.assertEq(_probe.issuer(committeeId, checkedKeyHash), keccak256(encoded), "Issuer");
    }

    function testFuzz_holding(bytes32 certificateId, address holder) public view {
        bytes memory encoded = bytes.concat(CertificateHash.HOLDING_TYPEHASH, certificateId, _word(holder));
        vm.assertEq(_probe.holding(certificateId, holder), keccak256(encoded), "Holding");
    }

    /// @notice A record covers the block and its time, too.
    function testFuzz_record(
        bytes32[3] memory hashes,
        uint40[2] memory accounts,
        uint8[3] memory codes,
        uint40 time,
        uint64 number
    ) public {
        codes[0] %= 8;
        codes[1] %= 4;
        vm.warp(time);
        vm.roll(number);
        bytes memory encoded = bytes.concat(CertificateHash.RECORD_TYPEHASH, hashes[0], _word(accounts[0]));
        encoded = bytes.concat(encoded, _word(accounts[1]), _word(codes[0]), _word(codes[1]), _word(codes[2]));
        encoded = bytes.concat(encoded, hashes[1], hashes[2], _word(number), _word(time));
        vm.assertEq(_recordOf(hashes, accounts, codes), keccak256(encoded), "Record");
    }

    function _recordOf(
        bytes32[3] memory hashes,
        uint40[2] memory accounts,
        uint8[3] memory codes
    ) private view returns (bytes32) {
        return
            _probe.record(
                hashes[0],
                accounts[0],
                accounts[1],
                Operation(codes[0]),
                Requester(codes[1]),
                codes[2],
                hashes[1],
                hashes[2]
            );
    }

    function testFuzz_application(ICertificateLedger.Application calldata given) public view {
        bytes memory head = bytes.concat(CertificateHash.APPLICATION_TYPEHASH, given.committeeId, _word(given.centre));
        bytes memory party = bytes.concat(_word(given.applicant), given.subjectKeyHash, given.identityHash);
        bytes memory tail = bytes.concat(given.possessionHash, given.predecessorId, _word(given.notBefore));
        tail = bytes.concat(tail, _word(given.notAfter), _word(given.deadline));
        vm.assertEq(_probe.application(given), keccak256(bytes.concat(head, party, tail)), "Application");
    }

    function testFuzz_certificationResult(
        bytes32[4] memory hashes,
        uint32 epoch,
        bool approved,
        uint8 reason
    ) public view {
        bytes memory head = bytes.concat(CertificateHash.RESULT_TYPEHASH, hashes[0], _word(epoch), hashes[1]);
        bytes memory tail = bytes.concat(hashes[2], hashes[3], _word(approved ? 1 : 0), _word(reason));
        vm.assertEq(
            _probe.certificationResult(hashes[0], epoch, hashes[1], hashes[2], hashes[3], approved, reason),
            keccak256(bytes.concat(head, tail)),
            "CertificationResult"
        );
    }

    function testFuzz_centreAdmission(
        bytes32 committeeId,
        uint32 epoch,
        ICertificateLedger.CentreConfig calldata config,
        bytes32 salt
    ) public view {
        bytes memory head = bytes.concat(CertificateHash.CENTRE_ADMISSION_TYPEHASH, committeeId, _word(epoch));
        bytes memory tail = bytes.concat(_word(config.account), config.issuerKeyHash);
        tail = bytes.concat(tail, _word(config.issuerIsP256 ? 1 : 0), salt);
        vm.assertEq(
            _probe.centreAdmission(committeeId, epoch, config, salt),
            keccak256(bytes.concat(head, tail)),
            "CentreAdmission"
        );
    }

    function testFuzz_centreRetirement(bytes32 committeeId, uint32 epoch, uint32 centre) public view {
        bytes memory encoded = bytes.concat(
            CertificateHash.CENTRE_RETIREMENT_TYPEHASH,
            committeeId,
            _word(epoch),
            _word(centre)
        );
        vm.assertEq(_probe.centreRetirement(committeeId, epoch, centre), keccak256(encoded), "CentreRetirement");
    }

    function testFuzz_certificateRequest(
        bytes32[3] memory hashes,
        uint8[2] memory codes,
        uint40[2] memory numbers
    ) public view {
        ICertificateLedger.Request memory request = _request(hashes, codes, numbers);
        bytes memory encoded = bytes.concat(CertificateHash.CERTIFICATE_REQUEST_TYPEHASH, _terms(request));
        vm.assertEq(_probe.certificateRequest(request), keccak256(encoded), "CertificateRequest");
    }

    function testFuzz_committeeRequest(
        bytes32 committeeId,
        uint32 epoch,
        bytes32[3] memory hashes,
        uint8[2] memory codes,
        uint40[2] memory numbers
    ) public view {
        ICertificateLedger.Request memory request = _request(hashes, codes, numbers);
        bytes memory head = bytes.concat(CertificateHash.COMMITTEE_REQUEST_TYPEHASH, committeeId, _word(epoch));
        vm.assertEq(
            _probe.committeeRequest(committeeId, epoch, request),
            keccak256(bytes.concat(head, _terms(request))),
            "CommitteeRequest"
        );
    }

    /// @dev Without the enum, which a fuzzer would leave.
    function _request(
        bytes32[3] memory hashes,
        uint8[2] memory codes,
        uint40[2] memory numbers
    ) private pure returns (ICertificateLedger.Request memory) {
        return
            ICertificateLedger.Request(
                hashes[0],
                hashes[1],
                Operation(codes[0] % 8),
                codes[1],
                hashes[2],
                uint32(numbers[0]),
                numbers[1]
            );
    }

    /// @dev The words that both requests end with.
    function _terms(ICertificateLedger.Request memory request) private pure returns (bytes memory) {
        bytes memory head = bytes.concat(
            request.certificateId,
            request.previousRecord,
            _word(uint8(request.operation))
        );
        bytes memory tail = bytes.concat(_word(request.reason), request.successorId, _word(request.centre));
        return bytes.concat(head, tail, _word(request.deadline));
    }

    function _word(address account) private pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }

    function _word(uint256 value) private pure returns (bytes32) {
        return bytes32(value);
    }

    function _sameType(bytes32 typeHash, string memory definition) private pure {
        vm.assertEq(typeHash, vm.eip712HashType(definition), definition);
    }
}
