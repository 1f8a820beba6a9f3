// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {FrostReference} from "../../contracts/mocks/committee/FrostReference.sol";
import {Actors} from "../helpers/Actors.sol";
import {Campaign} from "../helpers/Campaign.sol";
import {Deployed} from "../helpers/Deployed.sol";

/// @notice Does to one committee whatever may be done, and remembers what must hold since. Once it is retired, the next one
/// begins.
contract CommitteeHandler is Actors {
    uint256 private constant POOL = 6; // keys that epochs draw their members from
    uint256 private constant GROUP_SECRET = 0x6715;
    bytes32 private constant STATEMENT = keccak256("statement");

    struct Remembered {
        uint256[] secrets;
        bytes32 members;
        uint8 threshold;
        uint40 validFrom;
        uint40 validUntil;
        bool confirmed;
    }

    ICommitteeRegistry public immutable registry;
    bytes32 public id;
    mapping(bytes32 committee => mapping(uint32 epoch => Remembered known)) private _memory;
    uint32 public epochs;
    /// @notice The committee retired last, and how many epochs it had.
    bytes32 public retiredId;
    uint32 public retiredEpochs;
    uint256 private _committees;
    ICommitteeRegistry.GroupKey private _groupKey;
    bytes private _groupApproval;
    uint256[] private _drawn; // the secrets of the members last drawn, and the threshold with them
    uint8 private _threshold;

    constructor(ICommitteeRegistry registry_) {
        registry = registry_;
        FrostReference.Point memory key = FrostReference.multiply(
            FrostReference.Point(FrostReference.GX, FrostReference.GY),
            GROUP_SECRET
        );
        _groupKey = ICommitteeRegistry.GroupKey(key.x, key.y);
        (FrostReference.Point memory r, uint256 z) = FrostReference.sign(GROUP_SECRET, 7, abi.encodePacked(STATEMENT));
        _groupApproval = abi.encodePacked(hex"02", r.x, r.y, z);
        _found(0);
    }

    /// @notice The admin rotates, with or without grace.
    function rotate(uint256 seed) external counted {
        uint40 graceUntil = _grace(seed);
        registry.rotate(id, _config(seed), graceUntil, "");
        _rotated(graceUntil);
    }

    /// @notice The members rotate by themselves.
    function rotateByMembers(uint256 seed) external counted {
        ICommitteeRegistry.EpochConfig memory config = _config(seed);
        uint40 graceUntil = _grace(seed);
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "Rotation(bytes32 committeeId,uint32 currentEpoch,address[] members,uint8 threshold,uint256 groupKeyX,uint256 groupKeyY,uint40 graceUntil)"
                ),
                id,
                epochs,
                keccak256(abi.encodePacked(config.members)),
                config.threshold,
                config.groupKey.x,
                config.groupKey.y,
                graceUntil
            )
        );
        registry.rotate(id, config, graceUntil, approvalOf(epochs, _domainDigest(structHash), type(uint256).max));
        _rotated(graceUntil);
    }

    /// @notice The admin retires an epoch that is not over; seldom the current one, so that most committees go on.
    function retire(uint256 seed) external counted {
        uint32 epoch = _openEpoch(seed);
        if (epoch == epochs && _draw(seed, "luck", 0, 7) > 0) epoch = _secondOpenEpoch(seed);
        registry.retire(id, epoch, "");
        _memory[id][epoch].validUntil = uint40(block.timestamp);
        if (epoch != epochs) return;
        (retiredId, retiredEpochs) = (id, epochs);
        _found(seed);
    }

    /// @notice The members confirm the group's key for an epoch that is not over.
    function confirm(uint256 seed) external counted {
        uint32 epoch = _openEpoch(seed);
        if (_memory[id][epoch].confirmed) epoch = _unconfirmedEpoch(seed);
        ICommitteeRegistry.GroupKey memory key = _groupKey;
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("GroupKeyConfirmation(bytes32 committeeId,uint32 epoch,uint256 groupKeyX,uint256 groupKeyY)"),
                id,
                epoch,
                key.x,
                key.y
            )
        );
        bytes memory approval = approvalOf(epoch, _domainDigest(structHash), type(uint256).max);
        registry.confirmGroupKey(id, epoch, key, approval);
        _memory[id][epoch].confirmed = true;
    }

    /// @notice Checks an epoch against what was remembered.
    function check(uint32 epoch) external view {
        Remembered storage known = _memory[id][epoch];
        ICommitteeRegistry.Epoch memory actual = registry.epochOf(id, epoch);
        vm.assertEq(keccak256(abi.encode(registry.membersOf(id, epoch))), known.members, "C4: members");
        vm.assertEq(actual.threshold, known.threshold, "C4: threshold");
        vm.assertEq(actual.memberCount, known.secrets.length, "C4: number of members");
        vm.assertEq(actual.validFrom, known.validFrom, "C4: validFrom");
        vm.assertTrue(actual.groupKeyConfirmed == known.confirmed, "C6: confirmed");
        vm.assertEq(actual.validUntil, known.validUntil, "C5: validUntil");

        bytes32 digest = STATEMENT;
        bool open = block.timestamp < known.validUntil;
        _asks(epoch, digest, approvalOf(epoch, digest, known.threshold), open, "C5: members");
        _asks(epoch, digest, approvalOf(epoch, digest, known.threshold - 1), false, "C1: too few");
        _asks(epoch, digest, _groupApproval, open && known.confirmed, "C6: group");
    }

    /// @notice The approval of the first `most` members of an epoch.
    function approvalOf(uint32 epoch, bytes32 digest, uint256 most) public view returns (bytes memory approval) {
        uint256[] storage secrets = _memory[id][epoch].secrets;
        uint256 count = most < secrets.length ? most : secrets.length;
        approval = abi.encodePacked(hex"01", (uint256(1) << count) - 1, uint256(0));
        for (uint256 i = 0; i < count; ++i) {
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(secrets[i], digest);
            approval = abi.encodePacked(approval, r, uint256(s) | (uint256(v - 27) << 255));
        }
    }

    function _asks(
        uint32 epoch,
        bytes32 digest,
        bytes memory approval,
        bool expected,
        string memory what
    ) private view {
        vm.assertTrue(registry.isApproved(id, epoch, digest, approval) == expected, what);
    }

    function _longestWait() internal pure override returns (uint256) {
        return 600;
    }

    function _found(uint256 seed) private {
        bytes32 salt = keccak256(abi.encode("handled", _committees++));
        id = registry.create(salt, address(this), false, _config(seed));
        _remember(1);
    }

    function _rotated(uint40 graceUntil) private {
        _memory[id][epochs].validUntil = graceUntil;
        _remember(epochs + 1);
    }

    function _grace(uint256 seed) private view returns (uint40) {
        return uint40(block.timestamp + _draw(seed, "grace", 0, 1_000));
    }

    /// @dev The first epoch from a random one on that is not over; the current one never is.
    function _openEpoch(uint256 seed) private view returns (uint32 epoch) {
        epoch = uint32(_draw(seed, "epoch", 1, epochs));
        while (_memory[id][epoch].validUntil <= block.timestamp) ++epoch;
    }

    /// @dev An epoch before the current one that is in its grace.
    function _secondOpenEpoch(uint256 seed) private returns (uint32) {
        if (epochs > 1 && _memory[id][epochs - 1].validUntil > block.timestamp) return epochs - 1;
        uint40 graceUntil = uint40(block.timestamp + 100);
        registry.rotate(id, _config(seed), graceUntil, "");
        _rotated(graceUntil);
        return epochs - 1;
    }

    function _unconfirmedEpoch(uint256 seed) private returns (uint32) {
        if (_memory[id][epochs].confirmed) {
            registry.rotate(id, _config(seed), uint40(block.timestamp), "");
            _rotated(uint40(block.timestamp));
        }
        return epochs;
    }

    function _remember(uint32 epoch) private {
        epochs = epoch;
        Remembered storage known = _memory[id][epoch];
        known.members = keccak256(abi.encode(registry.membersOf(id, epoch)));
        known.secrets = _drawn;
        known.threshold = _threshold;
        known.validFrom = uint40(block.timestamp);
        known.validUntil = type(uint40).max;
    }

    /// @dev Members in some order, every other of them from the pool; the threshold follows the seed.
    function _config(uint256 seed) private returns (ICommitteeRegistry.EpochConfig memory config) {
        uint256 size = _draw(seed, "size", 1, POOL);
        delete _drawn;
        config.members = new address[](size);
        for (uint256 i = 0; i < size; ++i) {
            uint256 secret = 1_000 + (((seed % POOL) + i) % POOL);
            _drawn.push(secret);
            config.members[i] = vm.addr(secret);
        }
        _threshold = uint8(1 + ((seed >> 128) % size));
        config.threshold = _threshold;
        if (seed % 2 == 0) config.groupKey = _groupKey;
    }

    function _domainDigest(bytes32 structHash) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Guildhall CommitteeRegistry"),
                keccak256("1"),
                block.chainid,
                address(registry)
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }
}

/// @notice Invariants C1, C4, C5, C6 and C7 over the lives of committees.
contract CommitteeInvariantsTest is Campaign {
    ICommitteeRegistry private _registry;
    CommitteeHandler private _handler;

    /// @dev Not in setUp, so that the code of what is deployed does not count as the test's own.
    constructor() {
        _registry = Deployed.committeeRegistry();
        _handler = new CommitteeHandler(_registry);
        bytes4[] memory actions = new bytes4[](5);
        actions[0] = CommitteeHandler.rotate.selector;
        actions[1] = CommitteeHandler.rotateByMembers.selector;
        actions[2] = CommitteeHandler.retire.selector;
        actions[3] = CommitteeHandler.confirm.selector;
        actions[4] = _handler.wait.selector;
        _start(_handler, actions);
    }

    /// @notice After each call: the newest epoch or the one before it is what it was made, and approves while it lasts (C1, C4,
    /// C5, C6); the epoch number counts what was started, and a retired committee stays as it is (C7).
    function invariant_C1_C4_C5_C6_C7() public view {
        uint32 epochs = _handler.epochs();
        _handler.check(epochs > 1 && block.timestamp % 2 == 0 ? epochs - 1 : epochs);
        (address admin, bool attributable, uint32 currentEpoch) = _registry.committeeOf(_handler.id());
        vm.assertEq(admin, address(_handler), "admin");
        vm.assertFalse(attributable, "attributable");
        vm.assertEq(currentEpoch, _handler.epochs(), "C7: current epoch");
        vm.assertTrue(
            _registry.epochOf(_handler.id(), currentEpoch).validUntil == type(uint40).max,
            "C7: the current epoch is open unless retired"
        );
        bytes32 retired = _handler.retiredId();
        if (retired == bytes32(0)) return;
        (, , currentEpoch) = _registry.committeeOf(retired);
        vm.assertEq(currentEpoch, _handler.retiredEpochs(), "C7: an epoch followed a retirement");
        vm.assertLe(
            _registry.epochOf(retired, currentEpoch).validUntil,
            block.timestamp,
            "C7: a retired epoch is open"
        );
    }

    /// @notice After each run: every action once more, then C1, C4, C5 and C6 over every epoch there is.
    function afterInvariant() public {
        _actOnceMore(_handler, block.timestamp);
        invariant_C1_C4_C5_C6_C7();
        for (uint32 epoch = 1; epoch <= _handler.epochs(); ++epoch) _handler.check(epoch);
    }

    /// @notice Each action of the handler does its work, from nothing and again.
    function test_everyActionActs() public {
        for (uint256 round = 0; round < 8; ++round) {
            _actOnceMore(_handler, round);
            invariant_C1_C4_C5_C6_C7();
        }
        afterInvariant();
    }
}
