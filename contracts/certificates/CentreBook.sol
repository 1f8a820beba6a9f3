// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {ICommitteeRegistry} from "../committee/ICommitteeRegistry.sol";
import {CertificateHash} from "./CertificateHash.sol";
import {ICertificateLedger} from "./ICertificateLedger.sol";

/// @title Centres: their admission and their end
abstract contract CentreBook is ICertificateLedger, EIP712 {
    struct CentreRecord {
        address account; // slot 0
        bool issuerIsP256;
        bool retired;
        bytes32 committeeId; // slot 1
        bytes32 issuerKeyHash; // slot 2
        bytes32 activeCommitteeId; // slot 3: the committee again, zero once retired; all of the centre that a verdict reads
    }

    ICommitteeRegistry internal immutable _REGISTRY;

    mapping(uint32 centre => CentreRecord record) internal _centres; // slot 2, after what EIP712 keeps
    /// @dev By {CertificateHash-issuer}; zero for a centre that may not issue.
    mapping(uint32 centre => bytes32 issuer) private _issuers; // slot 3
    mapping(bytes32 admissionId => uint32 centre) private _admissions; // slot 4
    uint32 private _centreCount; // slot 5

    constructor(ICommitteeRegistry registry) {
        _REGISTRY = registry;
    }

    /// @inheritdoc ICertificateLedger
    function admitCentre(
        bytes32 committeeId,
        CentreConfig calldata config,
        bytes32 salt,
        uint32 epoch,
        bytes calldata approval
    ) external returns (uint32 centre) {
        // Check: complete.
        require(
            config.account != address(0) && config.issuerKeyHash != 0,
            CertificateLedgerCentreIncomplete(config.account, config.issuerKeyHash)
        );
        // Check: replay, whatever epoch approved it.
        bytes32 admissionId = CertificateHash.centreAdmission(committeeId, 0, config, salt);
        centre = _admissions[admissionId];
        require(centre == 0, CertificateLedgerCentreExists(centre));
        // Check: approval.
        bytes32 structHash = CertificateHash.centreAdmission(committeeId, epoch, config, salt);
        _REGISTRY.requireApproval(committeeId, epoch, _hashTypedDataV4(structHash), approval);

        // Effect: admit. Numbers begin with 1, so that no account has the number zero.
        centre = ++_centreCount;
        _admissions[admissionId] = centre;
        _centres[centre] = CentreRecord({
            account: config.account,
            issuerIsP256: config.issuerIsP256,
            retired: false,
            committeeId: committeeId,
            issuerKeyHash: config.issuerKeyHash,
            activeCommitteeId: committeeId
        });
        _issuers[centre] = CertificateHash.issuer(committeeId, config.issuerIsP256 ? config.issuerKeyHash : bytes32(0));
        emit CentreAdmitted(centre, committeeId, config.account, config.issuerKeyHash, config.issuerIsP256, salt);
    }

    /// @inheritdoc ICertificateLedger
    function retireCentre(uint32 centre, uint32 epoch, bytes calldata approval) external {
        _requireActive(centre);
        CentreRecord storage record = _centres[centre];
        bytes32 committeeId = record.committeeId;
        // Check: approval.
        bytes32 structHash = CertificateHash.centreRetirement(committeeId, epoch, centre);
        _REGISTRY.requireApproval(committeeId, epoch, _hashTypedDataV4(structHash), approval);

        // Effect: retire.
        record.retired = true;
        delete record.activeCommitteeId;
        delete _issuers[centre];
        emit CentreRetired(centre, committeeId, epoch);
    }

    /// @inheritdoc ICertificateLedger
    function centreOf(uint32 centre) external view returns (Centre memory) {
        CentreRecord storage record = _centres[centre];
        require(record.account != address(0), CertificateLedgerCentreUnknown(centre));
        return
            Centre({
                committeeId: record.committeeId,
                account: record.account,
                issuerKeyHash: record.issuerKeyHash,
                issuerIsP256: record.issuerIsP256,
                retired: record.retired
            });
    }

    /// @dev That the centre issues under the committee, with the key of this hash where signatures are checked (else zero). Reads
    /// one slot where it does.
    function _requireIssuer(uint32 centre, bytes32 committeeId, bytes32 checkedKeyHash) internal view {
        if (_issuers[centre] == CertificateHash.issuer(committeeId, checkedKeyHash)) return;
        _requireActive(centre);
        CentreRecord storage record = _centres[centre];
        bytes32 expected = record.issuerIsP256 ? record.issuerKeyHash : bytes32(0);
        revert CertificateLedgerWrongIssuer(centre, record.committeeId, expected, committeeId, checkedKeyHash);
    }

    /// @dev The account of a centre that was admitted and not retired.
    function _requireActive(uint32 centre) internal view returns (address account) {
        CentreRecord storage record = _centres[centre];
        bool retired;
        (account, retired) = (record.account, record.retired);
        require(account != address(0), CertificateLedgerCentreUnknown(centre));
        require(!retired, CertificateLedgerCentreIsRetired(centre));
    }

    /// @dev That the centre is active and belongs to the committee.
    function _requireCommittee(uint32 centre, bytes32 committeeId) internal view {
        _requireActive(centre);
        bytes32 actual = _centres[centre].committeeId;
        require(actual == committeeId, CertificateLedgerWrongCommittee(centre, actual, committeeId));
    }
}
