// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {FrostReference} from "../../contracts/mocks/committee/FrostReference.sol";
import {OwnerWallet} from "../../contracts/mocks/wallets/OwnerWallet.sol";
import {Deployed} from "../helpers/Deployed.sol";
import {Call, Failures} from "../helpers/Failures.sol";

/// @title Committees, what they sign, and the calls that it serves for
/// @notice Three keys and a wallet, of whom three must approve; the wallet is the member at index 3.
abstract contract CommitteePapers is Failures {
    uint256 internal constant NOW = 1_800_000_000;
    uint8 internal constant THRESHOLD = 3;
    uint256 internal constant KEYS = 0x7; // bitmap of the members with a key
    uint256 internal constant WALLET = 0x8; // bitmap of the one without
    uint256 internal constant GROUP_SECRET = 0x6715;
    address internal constant ADMIN = address(0xAD);
    address internal constant ANYBODY = address(0xA17B0D1);
    bytes32 internal constant DIGEST = keccak256("what is approved");

    uint256 private constant FIRST_KEY = 0xA11CE;
    uint256 private constant OWNER_KEY = 0xB0B;

    ICommitteeRegistry internal immutable _registry = Deployed.committeeRegistry();
    bytes32 private immutable _domain = keccak256(
        abi.encode(
            keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
            keccak256("Guildhall CommitteeRegistry"),
            keccak256("1"),
            block.chainid,
            address(_registry)
        )
    );
    address[] internal _members;
    ICommitteeRegistry.GroupKey internal _groupKey;

    /// @dev Without a group key, with one, and one that takes none.
    bytes32 internal immutable _plain;
    bytes32 internal immutable _keyed;
    bytes32 internal immutable _attributable;

    constructor() {
        vm.warp(NOW);
        for (uint256 i = 0; i < 3; ++i) _members.push(vm.addr(FIRST_KEY + i));
        _members.push(address(new OwnerWallet(vm.addr(OWNER_KEY))));
        FrostReference.Point memory point = _multiple(GROUP_SECRET);
        _groupKey = ICommitteeRegistry.GroupKey(point.x, point.y);

        ICommitteeRegistry.EpochConfig memory config = _config();
        _plain = _registry.create("plain", ADMIN, false, config);
        _keyed = _registry.create("keyed", ADMIN, false, config);
        _attributable = _registry.create("attributable", ADMIN, true, config);
        _do(_confirm(_keyed, 1, _groupKey));
    }

    // ── What there is ──

    function _config() internal view returns (ICommitteeRegistry.EpochConfig memory config) {
        config.members = _members;
        config.threshold = THRESHOLD;
    }

    function _multiple(uint256 secret) internal pure returns (FrostReference.Point memory) {
        return FrostReference.multiply(FrostReference.Point(FrostReference.GX, FrostReference.GY), secret);
    }

    /// @dev The approval of those members, each of whom signs what it is asked.
    function _approval(bytes32 digest, uint256 signers) internal view returns (bytes memory approval) {
        approval = abi.encodePacked(hex"01", signers, signers & WALLET);
        for (uint256 i = 0; i < 4; ++i) {
            if ((signers >> i) & 1 == 1) approval = bytes.concat(approval, _entry(i, digest));
        }
    }

    /// @dev What stands in an approval for one member.
    function _entry(uint256 index, bytes32 digest) internal view returns (bytes memory) {
        if (index < 3) return _signature(FIRST_KEY + index, digest);
        bytes32 structHash = keccak256(
            abi.encode(keccak256("MemberApproval(address member,bytes32 digest)"), _members[index], digest)
        );
        return bytes.concat(hex"0040", _signature(OWNER_KEY, _typed(structHash)));
    }

    function _groupApproval(bytes32 digest) internal pure returns (bytes memory) {
        (FrostReference.Point memory r, uint256 z) = FrostReference.sign(
            GROUP_SECRET,
            0x4077CE,
            abi.encodePacked(digest)
        );
        return abi.encodePacked(hex"02", r.x, r.y, z);
    }

    function _rotationDigest(
        bytes32 id,
        ICommitteeRegistry.EpochConfig memory config,
        uint40 graceUntil
    ) internal view returns (bytes32) {
        return
            _typed(
                keccak256(
                    abi.encode(
                        keccak256(
                            "Rotation(bytes32 committeeId,uint32 currentEpoch,address[] members,uint8 threshold,uint256 groupKeyX,uint256 groupKeyY,uint40 graceUntil)"
                        ),
                        id,
                        1,
                        keccak256(abi.encodePacked(config.members)),
                        config.threshold,
                        config.groupKey.x,
                        config.groupKey.y,
                        graceUntil
                    )
                )
            );
    }

    function _retirementDigest(bytes32 id, uint32 epoch) internal view returns (bytes32) {
        bytes32 typeHash = keccak256("Retirement(bytes32 committeeId,uint32 currentEpoch,uint32 epoch)");
        return _typed(keccak256(abi.encode(typeHash, id, 1, epoch)));
    }

    function _confirmationDigest(
        bytes32 id,
        uint32 epoch,
        ICommitteeRegistry.GroupKey memory key
    ) internal view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "GroupKeyConfirmation(bytes32 committeeId,uint32 epoch,uint256 groupKeyX,uint256 groupKeyY)"
        );
        return _typed(keccak256(abi.encode(typeHash, id, epoch, key.x, key.y)));
    }

    // ── Calls ──

    function _create(
        bool attributable,
        ICommitteeRegistry.EpochConfig memory config
    ) internal view returns (Call memory) {
        return _call(abi.encodeCall(ICommitteeRegistry.create, ("new", ADMIN, attributable, config)));
    }

    /// @dev By the admin, who needs no approval.
    function _rotate(
        bytes32 id,
        ICommitteeRegistry.EpochConfig memory config,
        uint40 graceUntil
    ) internal view returns (Call memory) {
        return _by(_call(abi.encodeCall(ICommitteeRegistry.rotate, (id, config, graceUntil, ""))), ADMIN);
    }

    /// @dev By anybody, with an approval.
    function _rotateBy(bytes32 id, bytes memory approval) internal view returns (Call memory) {
        return _call(abi.encodeCall(ICommitteeRegistry.rotate, (id, _config(), 0, approval)));
    }

    function _retire(bytes32 id, uint32 epoch) internal view returns (Call memory) {
        return _by(_call(abi.encodeCall(ICommitteeRegistry.retire, (id, epoch, ""))), ADMIN);
    }

    function _retireBy(bytes32 id, uint32 epoch, bytes memory approval) internal view returns (Call memory) {
        return _call(abi.encodeCall(ICommitteeRegistry.retire, (id, epoch, approval)));
    }

    function _confirm(
        bytes32 id,
        uint32 epoch,
        ICommitteeRegistry.GroupKey memory key
    ) internal view returns (Call memory) {
        return _confirmBy(id, epoch, key, _approval(_confirmationDigest(id, epoch, key), KEYS));
    }

    function _confirmBy(
        bytes32 id,
        uint32 epoch,
        ICommitteeRegistry.GroupKey memory key,
        bytes memory approval
    ) internal view returns (Call memory) {
        return _call(abi.encodeCall(ICommitteeRegistry.confirmGroupKey, (id, epoch, key, approval)));
    }

    function _require(bytes32 id, uint32 epoch, bytes memory approval) internal view returns (Call memory) {
        return _reading(abi.encodeCall(ICommitteeRegistry.requireApproval, (id, epoch, DIGEST, approval)));
    }

    function _requireNamed(bytes32 id, uint32 epoch, bytes memory approval) internal view returns (Call memory) {
        return _reading(abi.encodeCall(ICommitteeRegistry.requireAttributableApproval, (id, epoch, DIGEST, approval)));
    }

    function _signersOf(bytes32 id, uint32 epoch, bytes memory approval) internal view returns (Call memory) {
        return _reading(abi.encodeCall(ICommitteeRegistry.signersOf, (id, epoch, DIGEST, approval)));
    }

    function _reading(bytes memory data) internal view returns (Call memory call) {
        call = _call(data);
        call.reads = true;
    }

    function _call(bytes memory data) internal view returns (Call memory) {
        return Call(address(_registry), ANYBODY, NOW, ALL_GAS, data, false);
    }

    // ── Refusals that many calls share ──

    function _unknown(bytes32 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ICommitteeRegistry.CommitteeUnknown.selector, id);
    }

    function _unknownEpoch(bytes32 id, uint32 currentEpoch, uint32 epoch) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ICommitteeRegistry.CommitteeUnknownEpoch.selector, id, currentEpoch, epoch);
    }

    function _over(bytes32 id, uint32 epoch, uint256 until, uint256 time) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ICommitteeRegistry.CommitteeEpochOver.selector, id, epoch, until, time);
    }

    function _notAdmin(bytes32 id, address caller) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ICommitteeRegistry.CommitteeNotAdmin.selector, id, ADMIN, caller);
    }

    function _tooFew(bytes32 id, uint256 approvals) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ICommitteeRegistry.CommitteeTooFew.selector, id, 1, THRESHOLD, approvals);
    }

    function _wrongSignature(bytes32 id, uint256 index) internal view returns (bytes memory) {
        return abi.encodeWithSelector(ICommitteeRegistry.CommitteeWrongSignature.selector, id, 1, _members[index]);
    }

    function _wrongScheme(bytes32 id, bytes1 scheme) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ICommitteeRegistry.CommitteeWrongScheme.selector, id, 1, scheme);
    }

    function _malformed(bytes32 id, uint256 expected, uint256 actual) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ICommitteeRegistry.CommitteeMalformedApproval.selector, id, 1, expected, actual);
    }

    function _invalidKey(ICommitteeRegistry.GroupKey memory key) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ICommitteeRegistry.CommitteeInvalidGroupKey.selector, key.x, key.y);
    }

    function _noKeys(bytes32 id) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ICommitteeRegistry.CommitteeAttributable.selector, id);
    }

    // ── Parts ──

    /// @dev r ‖ vs.
    function _signature(uint256 secret, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, digest);
        return abi.encodePacked(r, uint256(s) | (uint256(v - 27) << 255));
    }

    function _typed(bytes32 structHash) private view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", _domain, structHash));
    }
}
