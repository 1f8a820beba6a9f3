// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Operation} from "../../contracts/certificates/CertificateMoves.sol";
import {ICertificateLedger} from "../../contracts/certificates/ICertificateLedger.sol";
import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {Deployed} from "./Deployed.sol";
import {Der} from "./Der.sol";
import {Call, Failures} from "./Failures.sol";

/// @title Centres of a committee of two of three, what they sign, and the calls that it serves for
/// @notice Centre 1 signs certificates with P-256; 2 and 4 with other keys; 3 belongs to another committee of the same members.
abstract contract CertificatePapers is Failures {
    uint256 internal constant NOW = 1_800_000_000;
    uint40 internal constant NOT_BEFORE = 1_798_761_600; // 2027-01-01
    uint40 internal constant NOT_AFTER = 1_830_297_600; // 2028-01-01
    uint40 internal constant DEADLINE = uint40(NOW + 30 days);
    uint32 internal constant P256_CENTRE = 1;
    uint32 internal constant CENTRE = 2;
    uint32 internal constant FOREIGN_CENTRE = 3;
    uint32 internal constant OTHER_CENTRE = 4;
    uint256 internal constant MOST = 3; // bitmap of a quorum
    uint256 internal constant ALL = 7;
    bytes32 internal constant KEY = "a subject key";
    bytes32 internal constant CONTENT = "a certificate";
    address internal constant ANYBODY = address(0xA17B0D1);

    uint256 internal constant MEMBER_KEY = 0xA11CE;
    uint256 internal constant HOLDER_KEY = 0xB0B0;
    uint256 internal constant CENTRE_KEY = 0xCE47E;
    uint256 internal constant ISSUER_SECRET = 0x155; // P-256
    bytes32 internal constant ISSUER_X = 0x3937fc8c9060bb6ba1f241d1574942fa91762be3a3ef0988a210ae728eca8770;
    bytes32 internal constant ISSUER_Y = 0x8b8c2e835e9afdc96fc17e08d894925e3d8e280422983075a3882820b3be4a65;
    uint256 private constant _ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551;

    address internal immutable _holder = vm.addr(HOLDER_KEY);
    address internal immutable _centre = vm.addr(CENTRE_KEY);
    ICommitteeRegistry internal immutable _registry = Deployed.committeeRegistry();
    ICertificateLedger internal immutable _ledger = Deployed.certificateLedger(_registry);
    bytes32 internal immutable _domain = keccak256(
        abi.encode(
            keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
            keccak256("Guildhall CertificateLedger"),
            keccak256("1"),
            block.chainid,
            _ledger
        )
    );
    bytes32 internal immutable _committee;
    bytes32 internal immutable _foreign;

    constructor() {
        vm.warp(NOW);
        ICommitteeRegistry.EpochConfig memory epoch;
        epoch.members = new address[](3);
        for (uint256 i = 0; i < 3; ++i) epoch.members[i] = vm.addr(MEMBER_KEY + i);
        epoch.threshold = 2;
        _committee = _registry.create("centres", address(this), false, epoch);
        _foreign = _registry.create("others", address(this), false, epoch);
        _do(_admit(_committee, ICertificateLedger.CentreConfig(ANYBODY, _issuerKeyHash(), true), "p256"));
        _do(_admit(_committee, _config(_centre), "plain"));
        _do(_admit(_foreign, _config(_centre), "foreign"));
        _do(_admit(_committee, _config(ANYBODY), "other"));
    }

    // ── Documents ──

    function _config(address account) internal pure returns (ICertificateLedger.CentreConfig memory) {
        return ICertificateLedger.CentreConfig(account, "an issuer's key", false);
    }

    function _application(uint32 centre, bytes32 key) internal view returns (ICertificateLedger.Application memory) {
        return
            ICertificateLedger.Application({
                committeeId: centre == FOREIGN_CENTRE ? _foreign : _committee,
                centre: centre,
                applicant: _holder,
                subjectKeyHash: key,
                identityHash: "identity",
                possessionHash: "possession",
                predecessorId: 0,
                notBefore: NOT_BEFORE,
                notAfter: NOT_AFTER,
                deadline: DEADLINE
            });
    }

    function _application() internal view returns (ICertificateLedger.Application memory) {
        return _application(CENTRE, KEY);
    }

    function _applicationId(ICertificateLedger.Application memory application) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256(
                        "Application(bytes32 committeeId,uint32 centre,address applicant,bytes32 subjectKeyHash,bytes32 identityHash,bytes32 possessionHash,bytes32 predecessorId,uint40 notBefore,uint40 notAfter,uint40 deadline)"
                    ),
                    application
                )
            );
    }

    function _id(bytes32 content) internal view returns (bytes32) {
        bytes32 typeHash = keccak256("Certificate(bytes32 committeeId,bytes32 contentHash)");
        return keccak256(abi.encode(typeHash, _committee, content));
    }

    function _head(bytes32 certificateId) internal view returns (bytes32) {
        return _ledger.certificateOf(certificateId).head;
    }

    function _approving(bytes32 content) internal pure returns (ICertificateLedger.Result memory) {
        return ICertificateLedger.Result(1, 0, content, true, 0);
    }

    function _rejecting() internal pure returns (ICertificateLedger.Result memory) {
        return ICertificateLedger.Result(1, 0, 0, false, 9);
    }

    function _request(bytes32 content, Operation operation) internal view returns (ICertificateLedger.Request memory) {
        bytes32 certificateId = _id(content);
        return ICertificateLedger.Request(certificateId, _head(certificateId), operation, 0, 0, 0, type(uint40).max);
    }

    function _issuerKeyHash() internal pure returns (bytes32) {
        return sha256(Der.publicKey(_issuerKey().x, _issuerKey().y));
    }

    function _issuerKey() internal pure returns (ICertificateLedger.IssuerKey memory) {
        return ICertificateLedger.IssuerKey(ISSUER_X, ISSUER_Y);
    }

    function _none() internal pure returns (ICertificateLedger.Holding memory) {
        return ICertificateLedger.Holding(0, address(0));
    }

    // ── Certificates ──

    function _parts() internal pure returns (Der.Parts memory) {
        bytes memory start = Der.element(0x17, "270101000000Z");
        bytes memory end = Der.element(0x17, "280101000000Z");
        return Der.parts(Der.publicKey("subject", "key"), start, end, 20);
    }

    /// @dev The issuer's signature, with a low s.
    function _sign(bytes memory tbs) internal pure returns (bytes32 r, bytes32 s) {
        (r, s) = vm.signP256(ISSUER_SECRET, sha256(tbs));
        if (uint256(s) > _ORDER / 2) s = bytes32(_ORDER - uint256(s));
    }

    function _certify(Der.Parts memory parts) internal pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = _sign(Der.tbs(parts));
        return Der.certificate(parts, r, s);
    }

    // ── Calls ──

    function _admit(
        bytes32 committee,
        ICertificateLedger.CentreConfig memory config,
        bytes32 salt
    ) internal view returns (Call memory) {
        bytes32 typeHash = keccak256(
            "CentreAdmission(bytes32 committeeId,uint32 epoch,address account,bytes32 issuerKeyHash,bool issuerIsP256,bytes32 salt)"
        );
        bytes memory approval = _approval(keccak256(abi.encode(typeHash, committee, 1, config, salt)), MOST);
        return _call(abi.encodeCall(ICertificateLedger.admitCentre, (committee, config, salt, 1, approval)));
    }

    function _retire(uint32 centre) internal view returns (Call memory) {
        bytes32 typeHash = keccak256("CentreRetirement(bytes32 committeeId,uint32 epoch,uint32 centre)");
        bytes memory approval = _approval(keccak256(abi.encode(typeHash, _committee, 1, centre)), MOST);
        return _call(abi.encodeCall(ICertificateLedger.retireCentre, (centre, 1, approval)));
    }

    function _count(
        ICertificateLedger.Application memory application,
        ICertificateLedger.Result memory result,
        uint256 signers
    ) internal view returns (Call memory) {
        bytes memory approval = _resultApproval(application, result, signers);
        return _call(abi.encodeCall(ICertificateLedger.countResults, (application, result, approval)));
    }

    function _issue(
        ICertificateLedger.Application memory application,
        bytes32 content,
        ICertificateLedger.Holding memory previous
    ) internal view returns (Call memory) {
        bytes memory approval = _resultApproval(application, _approving(content), MOST);
        return _call(abi.encodeCall(ICertificateLedger.issue, (application, content, 1, approval, previous)));
    }

    function _issue(
        ICertificateLedger.Application memory application,
        bytes32 content
    ) internal view returns (Call memory) {
        return _issue(application, content, _none());
    }

    /// @dev On counted results.
    function _issueCounted(
        ICertificateLedger.Application memory application,
        bytes32 content
    ) internal view returns (Call memory) {
        return _call(abi.encodeCall(ICertificateLedger.issue, (application, content, 1, "", _none())));
    }

    /// @dev The committee approves whatever stands in the to-be-signed bytes, so that all else is judged.
    function _issueChecked(
        ICertificateLedger.Application memory application,
        bytes memory der,
        bytes memory tbs
    ) internal view returns (Call memory) {
        ICertificateLedger.Result memory result = ICertificateLedger.Result(1, sha256(tbs), 0, true, 0);
        bytes memory approval = _resultApproval(application, result, MOST);
        ICertificateLedger.IssuerKey memory key = _issuerKey();
        return _call(abi.encodeCall(ICertificateLedger.issueChecked, (application, der, key, 1, approval, _none())));
    }

    function _asHolder(ICertificateLedger.Request memory request, bytes32 key) internal view returns (Call memory) {
        return _by(_call(abi.encodeCall(ICertificateLedger.executeAsHolder, (request, key, _holder, ""))), _holder);
    }

    function _asCentre(ICertificateLedger.Request memory request) internal view returns (Call memory) {
        return _by(_call(abi.encodeCall(ICertificateLedger.executeAsCentre, (request, ""))), _centre);
    }

    function _asCommittee(ICertificateLedger.Request memory request) internal view returns (Call memory) {
        bytes32 typeHash = keccak256(
            "CommitteeRequest(bytes32 committeeId,uint32 epoch,bytes32 certificateId,bytes32 previousRecord,uint8 operation,uint8 reason,bytes32 successorId,uint32 centre,uint40 deadline)"
        );
        bytes memory approval = _approval(keccak256(abi.encode(typeHash, _committee, 1, request)), MOST);
        return _call(abi.encodeCall(ICertificateLedger.executeAsCommittee, (request, 1, approval)));
    }

    function _requestDigest(ICertificateLedger.Request memory request) internal view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "CertificateRequest(bytes32 certificateId,bytes32 previousRecord,uint8 operation,uint8 reason,bytes32 successorId,uint32 centre,uint40 deadline)"
        );
        return _typed(keccak256(abi.encode(typeHash, request)));
    }

    function _reading(bytes memory data) internal view returns (Call memory call) {
        call = _call(data);
        call.reads = true;
    }

    function _call(bytes memory data) internal view returns (Call memory) {
        return Call(address(_ledger), ANYBODY, NOW, ALL_GAS, data, false);
    }

    // ── Signatures ──

    function _resultApproval(
        ICertificateLedger.Application memory application,
        ICertificateLedger.Result memory result,
        uint256 signers
    ) internal view returns (bytes memory) {
        bytes32 typeHash = keccak256(
            "CertificationResult(bytes32 committeeId,uint32 epoch,bytes32 applicationId,bytes32 tbsHash,bytes32 contentHash,bool approved,uint8 reason)"
        );
        bytes memory terms = abi.encode(result.tbsHash, result.contentHash, result.approved, result.reason);
        bytes32 applicationId = _applicationId(application);
        bytes memory head = abi.encode(typeHash, application.committeeId, result.epoch, applicationId);
        return _approval(keccak256(bytes.concat(head, terms)), signers);
    }

    /// @dev The approval of these members.
    function _approval(bytes32 structHash, uint256 signers) internal view returns (bytes memory approval) {
        approval = abi.encodePacked(hex"01", signers, uint256(0));
        bytes32 digest = _typed(structHash);
        for (uint256 i = 0; i < 3; ++i) {
            if ((signers >> i) & 1 == 1) approval = bytes.concat(approval, _signature(MEMBER_KEY + i, digest));
        }
    }

    /// @dev r ‖ vs.
    function _signature(uint256 secret, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, digest);
        return abi.encodePacked(r, uint256(s) | (uint256(v - 27) << 255));
    }

    function _typed(bytes32 structHash) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", _domain, structHash));
    }
}
