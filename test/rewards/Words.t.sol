// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {MemberWord, MemberWords} from "../../contracts/rewards/MemberWord.sol";
import {PoolWord, PoolWords} from "../../contracts/rewards/PoolWord.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice Holds packed words against plain structs: what is put into one place is found there, and in no other.
contract WordsTest is TestBase {
    struct PlainMember {
        uint40 units;
        uint32 nextCycle;
        uint32 reportCount;
        uint32 index;
        uint120 owed;
    }

    struct PlainPool {
        uint40 available;
        uint24 grant;
        uint32 maxUnits;
        uint32 reportCount;
        uint40 start;
        uint32 cycleLength;
        uint24 finalDelay;
        uint24 actionWindow;
        IRewardPool.Mode mode;
        IRewardPool.Form form;
        bool closed;
    }

    /// @dev What of a configuration is in a pool's word, without enums, which a fuzzer would leave.
    struct Figures {
        bool[2] mode;
        bool form;
        uint40 totalUnits;
        uint24 grant;
        uint32 maxUnits;
        uint40 start;
        uint32 cycleLength;
        uint24 publishWindow;
        uint24 disputeWindow;
        uint24 actionWindow;
    }

    uint256 private constant STEPS = 6;

    /// @notice A member's word after any changes in any order. The last index is left out: no pool binds 2³² users.
    function testFuzz_member(PlainMember memory plain, PlainMember[STEPS] memory changes, uint256 order) public pure {
        plain.index = uint32(bound(plain.index, 0, type(uint32).max - 1));
        plain.units = 0;
        plain.owed = 0;
        MemberWord word = MemberWords.pack(plain.index, plain.nextCycle, plain.reportCount);
        _requireMember(word, plain);
        for (uint256 i = 0; i < STEPS; ++i) {
            PlainMember memory change = changes[i];
            uint256 which = (order >> (2 * i)) % 3;
            if (which == 0 && plain.units == 0) {
                plain.units = change.units;
                word = word.plusUnits(change.units);
            } else if (which == 0) {
                plain.units = 0;
                word = word.withoutUnits();
            } else if (which == 1) {
                plain.nextCycle = change.nextCycle;
                word = word.withNextCycle(change.nextCycle);
            } else {
                (plain.owed, plain.reportCount) = (change.owed, change.reportCount);
                word = word.withOwed(change.owed, change.reportCount);
            }
            _requireMember(word, plain);
        }
    }

    /// @notice A pool's word after any changes in any order.
    function testFuzz_pool(
        Figures memory figures,
        uint40[STEPS] memory units,
        uint32[STEPS] memory counts,
        uint256 order
    ) public view {
        IRewardPool.PoolConfig memory config = _config(figures);
        PlainPool memory plain = _plain(config);
        PoolWord word = this.pack(config);
        _requirePool(word, plain);
        for (uint256 i = 0; i < STEPS; ++i) {
            uint256 which = (order >> (3 * i)) % 8;
            if (which == 0) {
                plain.available = units[i];
                word = word.withAvailable(units[i]);
            } else if (which == 1) {
                uint40 less = uint40(bound(units[i], 0, plain.available));
                plain.available -= less;
                word = word.minusUnits(less);
            } else if (which == 2) {
                uint40 more = uint40(bound(units[i], 0, type(uint40).max - plain.available));
                plain.available += more;
                word = word.plusUnits(more);
            } else if (which < 7) {
                plain.reportCount = counts[i];
                word = word.withReportCount(counts[i]);
            } else {
                plain.closed = true;
                word = word.withClosed();
            }
            _requirePool(word, plain);
        }
    }

    /// @notice The moments of a cycle follow from the figures, and the counts of cycles from the moments.
    function testFuzz_moments(Figures memory figures, uint32 cycle, uint256 time) public view {
        IRewardPool.PoolConfig memory config = _config(figures);
        config.cycleLength = uint32(bound(config.cycleLength, 60, type(uint32).max));
        PoolWord word = this.pack(config);
        uint256 end = uint256(config.start) + (uint256(cycle) + 1) * config.cycleLength;
        uint256 settled = end + config.publishWindow + config.disputeWindow;
        uint256 over = settled + config.actionWindow;
        vm.assertEq(word.endOf(cycle), end, "end");
        vm.assertEq(word.finalFrom(cycle), settled, "final");
        vm.assertEq(word.actionUntil(cycle), over, "over");

        time = bound(time, 0, 2 * over);
        vm.assertTrue((word.endedAt(time) > cycle) == (_capped(cycle) && time >= end), "has ended");
        vm.assertTrue((word.finalAt(time) > cycle) == (_capped(cycle) && time >= settled), "is final");
        vm.assertTrue((word.overAt(time) > cycle) == (_capped(cycle) && time >= over), "is over");
        vm.assertEq(word.endedAt(end - 1), cycle, "the cycle runs until its end");
        vm.assertEq(word.endedAt(type(uint256).max), type(uint32).max, "the last count there is");
    }

    /// @notice Packs, from calldata as the contract does.
    function pack(IRewardPool.PoolConfig calldata config) external pure returns (PoolWord) {
        return PoolWords.pack(config);
    }

    /// @dev The windows together fit their place, which `createPool` demands.
    function _config(Figures memory figures) private pure returns (IRewardPool.PoolConfig memory config) {
        config.mode = IRewardPool.Mode((figures.mode[0] ? 2 : 0) + (figures.mode[1] ? 1 : 0));
        config.form = figures.form ? IRewardPool.Form.BITMAP : IRewardPool.Form.ROOT;
        config.totalUnits = figures.totalUnits;
        config.grant = figures.grant;
        config.maxUnits = figures.maxUnits;
        config.start = figures.start;
        config.cycleLength = figures.cycleLength;
        config.publishWindow = figures.publishWindow;
        config.disputeWindow = uint24(bound(figures.disputeWindow, 0, type(uint24).max - figures.publishWindow));
        config.actionWindow = figures.actionWindow;
    }

    /// @dev The count of cycles stops at the largest that there is, and so passes all but the last cycle.
    function _capped(uint32 cycle) private pure returns (bool) {
        return cycle != type(uint32).max;
    }

    function _requireMember(MemberWord word, PlainMember memory plain) private pure {
        vm.assertTrue(word.exists(), "exists");
        vm.assertEq(word.units(), plain.units, "units");
        vm.assertEq(word.nextCycle(), plain.nextCycle, "nextCycle");
        vm.assertEq(word.reportCount(), plain.reportCount, "reportCount");
        vm.assertEq(word.index(), plain.index, "index");
        vm.assertEq(word.owed(), plain.owed, "owed");
    }

    function _plain(IRewardPool.PoolConfig memory config) private pure returns (PlainPool memory plain) {
        plain.available = config.totalUnits;
        plain.grant = config.grant;
        plain.maxUnits = config.maxUnits;
        plain.start = config.start;
        plain.cycleLength = config.cycleLength;
        plain.finalDelay = config.publishWindow + config.disputeWindow;
        plain.actionWindow = config.actionWindow;
        plain.mode = config.mode;
        plain.form = config.form;
    }

    function _requirePool(PoolWord word, PlainPool memory plain) private pure {
        vm.assertEq(word.available(), plain.available, "available");
        vm.assertEq(word.grant(), plain.grant, "grant");
        vm.assertEq(word.maxUnits(), plain.maxUnits, "maxUnits");
        vm.assertEq(word.reportCount(), plain.reportCount, "reportCount");
        vm.assertEq(word.start(), plain.start, "start");
        vm.assertEq(word.cycleLength(), plain.cycleLength, "cycleLength");
        vm.assertEq(word.finalDelay(), plain.finalDelay, "finalDelay");
        vm.assertEq(word.actionWindow(), plain.actionWindow, "actionWindow");
        vm.assertTrue(word.mode() == plain.mode, "mode");
        vm.assertTrue(word.form() == plain.form, "form");
        vm.assertTrue(word.isClosed() == plain.closed, "closed");
        bool proven = plain.form == IRewardPool.Form.ROOT && plain.mode != IRewardPool.Mode.INDICATOR;
        vm.assertTrue(word.isProven() == proven, "needs proofs");
    }
}
