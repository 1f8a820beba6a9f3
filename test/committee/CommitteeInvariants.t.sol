// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CommitteeRegistry} from "../../contracts/committee/CommitteeRegistry.sol";
import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {FrostReference} from "../../contracts/mocks/committee/FrostReference.sol";
import {InvariantBase, TestBase} from "../helpers/Vm.sol";

/// @notice Does to one committee whatever may be done, and remembers what must hold since.
contract CommitteeHandler is TestBase {
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

    CommitteeRegistry public immutable registry;
    bytes32 public immutable id;
    bool public retired;
    mapping(uint32 epoch => Remembered known) private _remembered;
    uint32 public epochs;
    ICommitteeRegistry.GroupKey private _groupKey;
    bytes private _groupApproval;
    uint256[] private _drawn; // the secrets of the members last drawn, and the threshold with them
    uint8 private _threshold;

    constructor(CommitteeRegistry registry_) {
        registry = registry_;
        FrostReference.Point memory key = FrostReference.multiply(
            FrostReference.Point(FrostReference.GX, FrostReference.GY),
            GROUP_SECRET
        );
        _groupKey = ICommitteeRegistry.GroupKey(key.x, key.y);
        (FrostReference.Point memory r, uint256 z) = FrostReference.sign(GROUP_SECRET, 7, abi.encodePacked(STATEMENT));
        _groupApproval = abi.encodePacked(hex"02", r.x, r.y, z);
        ICommitteeRegistry.EpochConfig memory config = _config(0, 1);
        id = registry_.create("handled", address(this), false, config);
        _remember(1);
    }

    /// @notice The admin rotates, with or without grace.
    function rotate(uint256 seed, uint256 size, uint40 grace) external {
        if (retired) return;
        uint40 graceUntil = uint40(block.timestamp + bound(grace, 0, 1_000));
        registry.rotate(id, _config(seed, size), graceUntil, "");
        _remembered[epochs].validUntil = graceUntil;
        _remember(epochs + 1);
    }

    /// @notice The members rotate by themselves.
    function rotateByMembers(uint256 seed, uint256 size, uint40 grace) external {
        if (retired) return;
        ICommitteeRegistry.EpochConfig memory config = _config(seed, size);
        uint40 graceUntil = uint40(block.timestamp + bound(grace, 0, 1_000));
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
        _remembered[epochs].validUntil = graceUntil;
        _remember(epochs + 1);
    }

    /// @notice The admin retires an epoch that is not over; seldom the current one, so that most runs go on.
    function retire(uint32 epoch, uint8 luck) external {
        epoch = uint32(bound(epoch, 1, epochs));
        if (epoch == epochs && luck > 8) return;
        if (registry.epochOf(id, epoch).validUntil <= block.timestamp) return;
        registry.retire(id, epoch, "");
        _remembered[epoch].validUntil = uint40(block.timestamp);
        if (epoch == epochs) retired = true;
    }

    /// @notice The members confirm the group's key for an epoch that is not over.
    function confirm(uint32 epoch) external {
        epoch = uint32(bound(epoch, 1, epochs));
        if (registry.epochOf(id, epoch).validUntil <= block.timestamp || _remembered[epoch].confirmed) return;
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
        _remembered[epoch].confirmed = true;
    }

    /// @notice Time passes.
    function wait(uint16 time) external {
        vm.warp(block.timestamp + bound(time, 1, 600));
    }

    /// @notice Checks an epoch against what was remembered.
    function check(uint32 epoch) external view {
        Remembered storage known = _remembered[epoch];
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
        uint256[] storage secrets = _remembered[epoch].secrets;
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

    function _remember(uint32 epoch) private {
        epochs = epoch;
        Remembered storage known = _remembered[epoch];
        known.members = keccak256(abi.encode(registry.membersOf(id, epoch)));
        known.secrets = _drawn;
        known.threshold = _threshold;
        known.validFrom = uint40(block.timestamp);
        known.validUntil = type(uint40).max;
    }

    /// @dev Members in some order, every other of them from the pool; the threshold follows the seed.
    function _config(uint256 seed, uint256 size) private returns (ICommitteeRegistry.EpochConfig memory config) {
        size = bound(size, 1, POOL);
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

/// @notice Invariants C1, C4, C5, C6 and C7 over a committee's life.
contract CommitteeInvariantsTest is InvariantBase {
    CommitteeRegistry private _registry;
    CommitteeHandler private _handler;

    /// @dev Not in setUp, so that the code of what is deployed does not count as the test's own.
    constructor() {
        _registry = new CommitteeRegistry();
        _handler = new CommitteeHandler(_registry);
        bytes4[] memory selectors = new bytes4[](5);
        selectors[0] = CommitteeHandler.rotate.selector;
        selectors[1] = CommitteeHandler.rotateByMembers.selector;
        selectors[2] = CommitteeHandler.retire.selector;
        selectors[3] = CommitteeHandler.confirm.selector;
        selectors[4] = CommitteeHandler.wait.selector;
        _target(address(_handler), selectors);
    }

    /// @notice C1, C4, C5, C6: the newest epochs are what they were made, and approve while they last.
    /// forge-config: default.invariant.runs = 32
    /// forge-config: default.invariant.depth = 128
    function invariant_epochsKeepWhatTheyWereMade() public view {
        uint32 epochs = _handler.epochs();
        _handler.check(1);
        if (epochs > 1) _handler.check(epochs - 1);
        _handler.check(epochs);
    }

    /// @notice C7: the epoch number only counts what was started, and a retired committee stays as it is.
    /// forge-config: default.invariant.runs = 32
    /// forge-config: default.invariant.depth = 128
    function invariant_numbersAndEnd() public view {
        (address admin, bool attributable, uint32 currentEpoch) = _registry.committeeOf(_handler.id());
        vm.assertEq(admin, address(_handler), "admin");
        vm.assertFalse(attributable, "attributable");
        vm.assertEq(currentEpoch, _handler.epochs(), "C7: current epoch");
        bool open = _registry.epochOf(_handler.id(), currentEpoch).validUntil == type(uint40).max;
        vm.assertTrue(open != _handler.retired(), "C7: the current epoch is open unless retired");
    }
}
