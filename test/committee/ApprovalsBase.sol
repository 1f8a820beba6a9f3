// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CommitteeHash} from "../../contracts/committee/CommitteeHash.sol";
import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {FrostReference} from "../../contracts/mocks/committee/FrostReference.sol";
import {OwnerWallet} from "../../contracts/mocks/wallets/OwnerWallet.sol";
import {Deployed} from "../helpers/Deployed.sol";
import {TestBase} from "../helpers/Vm.sol";
import {ApprovalModel} from "./ApprovalModel.sol";

/// @notice A 4-of-7 committee of five keys and two wallets of one owner, three times over, and how its approvals are made.
abstract contract ApprovalsBase is TestBase {
    uint256 internal constant KEYS = 5;
    uint256 internal constant WALLETS = 2;
    uint256 internal constant THRESHOLD = 4;
    uint256 internal constant OWNER_KEY = 0xB0B;
    uint256 internal constant GROUP_SECRET = 0x6715;

    ICommitteeRegistry internal _registry;
    ApprovalModel internal _model;
    address[] internal _members; // keys 0 to 4, then the wallets
    bytes32 internal _id; // with a confirmed group key
    bytes32 internal _bareId; // without one
    bytes32 internal _attributableId;
    FrostReference.Point internal _groupKey;

    error ApprovalsBaseNotMember(address account);

    /// @dev Not in setUp, so that the code of what is deployed does not count as the test's own.
    constructor() {
        _registry = Deployed.committeeRegistry();
        _model = new ApprovalModel();
        for (uint256 i = 0; i < KEYS; ++i) _members.push(vm.addr(_keyOf(i)));
        for (uint256 i = 0; i < WALLETS; ++i) _members.push(address(new OwnerWallet(vm.addr(OWNER_KEY))));

        ICommitteeRegistry.EpochConfig memory config = ICommitteeRegistry.EpochConfig({
            members: _members,
            threshold: uint8(THRESHOLD),
            groupKey: ICommitteeRegistry.GroupKey(0, 0)
        });
        _id = _registry.create("with key", address(0), false, config);
        _bareId = _registry.create("without key", address(0), false, config);
        _attributableId = _registry.create("attributable", address(0), true, config);

        _groupKey = FrostReference.multiply(FrostReference.Point(FrostReference.GX, FrostReference.GY), GROUP_SECRET);
        ICommitteeRegistry.GroupKey memory key = ICommitteeRegistry.GroupKey(_groupKey.x, _groupKey.y);
        bytes32 digest = _domainDigest(
            keccak256(abi.encode(CommitteeHash.GROUP_KEY_CONFIRMATION_TYPEHASH, _id, uint32(1), key.x, key.y))
        );
        _registry.confirmGroupKey(_id, 1, key, _approval(digest, 0x0f, 0));
    }

    function _refusedByAll(bytes32 digest, bytes memory approval) internal view {
        _agrees(_id, digest, approval, false);
        _agrees(_bareId, digest, approval, false);
        _agrees(_attributableId, digest, approval, false);
    }

    /// @dev Demands the answer of all three faces (C3).
    function _agrees(bytes32 id, bytes32 digest, bytes memory approval, bool expected) internal view {
        vm.assertTrue(_registry.isApproved(id, 1, digest, approval) == expected, "isApproved");
        bool required;
        try _registry.requireApproval(id, 1, digest, approval) {
            required = true;
        } catch {}
        vm.assertTrue(required == expected, "requireApproval");
        try _registry.requireAttributableApproval(id, 1, digest, approval) returns (address[] memory signers) {
            vm.assertTrue(expected, "requireAttributableApproval");
            vm.assertGe(signers.length, THRESHOLD, "signers");
            for (uint256 i = 1; i < signers.length; ++i) {
                vm.assertTrue(
                    _indexOf(signers[i - 1]) < _indexOf(signers[i]),
                    "signers are distinct members, by index"
                );
            }
        } catch {
            vm.assertTrue(!expected || approval[0] == 0x02, "requireAttributableApproval");
        }
    }

    function _question(
        bytes32 digest,
        bool confirmed,
        bool attributable
    ) internal view returns (ApprovalModel.Question memory question) {
        question.registry = address(_registry);
        question.members = _members;
        question.threshold = THRESHOLD;
        question.digest = digest;
        question.attributable = attributable;
        if (confirmed) question.groupKey = _groupKey;
    }

    /// @dev The approval of those members, each of whom signs what it is asked.
    function _approval(bytes32 digest, uint256 signers, uint256 wallets) internal view returns (bytes memory approval) {
        approval = abi.encodePacked(hex"01", signers, wallets);
        for (uint256 i = 0; i < KEYS + WALLETS; ++i) {
            if ((signers >> i) & 1 == 0) continue;
            bytes memory signature = _signature(_secretOf(i), _asked(i, digest));
            approval =
                (wallets >> i) & 1 == 0
                    ? abi.encodePacked(approval, signature)
                    : abi.encodePacked(approval, uint16(64), signature);
        }
    }

    function _asked(uint256 member, bytes32 digest) internal view returns (bytes32) {
        if (member < KEYS) return digest;
        return _domainDigest(keccak256(abi.encode(CommitteeHash.MEMBER_APPROVAL_TYPEHASH, _members[member], digest)));
    }

    function _domainDigest(bytes32 structHash) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Guildhall CommitteeRegistry"),
                keccak256("1"),
                block.chainid,
                address(_registry)
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function _signature(uint256 secret, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, digest);
        return abi.encodePacked(r, uint256(s) | (uint256(v - 27) << 255));
    }

    function _keyOf(uint256 index) internal pure returns (uint256) {
        return 0xA11CE + index;
    }

    function _secretOf(uint256 index) internal pure returns (uint256) {
        return index < KEYS ? _keyOf(index) : OWNER_KEY;
    }

    function _indexOf(address member) internal view returns (uint256) {
        for (uint256 i = 0; i < _members.length; ++i) {
            if (_members[i] == member) return i;
        }
        revert ApprovalsBaseNotMember(member);
    }

    function _count(uint256 bits) internal pure returns (uint256 count) {
        for (; bits != 0; bits >>= 1) count += bits & 1;
    }
}
