// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "./IRewardPool.sol";

/// @notice What settling must know of a pool, in one word:
/// `available (40) | grant (24) | maxUnits (32) | reportCount (32) | start (40) | cycleLength (32) | finalDelay (24) |
/// actionWindow (24) | flags (8)`, lowest bits first. Flags: mode (2), form (1), closed (1).
///
/// `finalDelay` runs from a cycle's end until its evidence is final: publish window and dispute window together. A word of zero
/// is a pool that never was.
type PoolWord is uint256;

using PoolWords for PoolWord global;

library PoolWords {
    uint256 private constant AVAILABLE_MASK = type(uint40).max;
    uint256 private constant REPORT_COUNT_MASK = uint256(type(uint32).max) << 96;
    uint256 private constant CLOSED = 1 << 251;

    function pack(IRewardPool.PoolConfig calldata config) internal pure returns (PoolWord) {
        return
            PoolWord.wrap(
                uint256(config.totalUnits) |
                    (uint256(config.grant) << 40) |
                    (uint256(config.maxUnits) << 64) |
                    (uint256(config.start) << 128) |
                    (uint256(config.cycleLength) << 168) |
                    ((uint256(config.publishWindow) + config.disputeWindow) << 200) |
                    (uint256(config.actionWindow) << 224) |
                    (uint256(config.mode) << 248) |
                    (uint256(config.form) << 250)
            );
    }

    function available(PoolWord word) internal pure returns (uint40) {
        return uint40(PoolWord.unwrap(word));
    }

    function grant(PoolWord word) internal pure returns (uint24) {
        return uint24(PoolWord.unwrap(word) >> 40);
    }

    function maxUnits(PoolWord word) internal pure returns (uint32) {
        return uint32(PoolWord.unwrap(word) >> 64);
    }

    function reportCount(PoolWord word) internal pure returns (uint32) {
        return uint32(PoolWord.unwrap(word) >> 96);
    }

    function start(PoolWord word) internal pure returns (uint40) {
        return uint40(PoolWord.unwrap(word) >> 128);
    }

    function cycleLength(PoolWord word) internal pure returns (uint32) {
        return uint32(PoolWord.unwrap(word) >> 168);
    }

    function finalDelay(PoolWord word) internal pure returns (uint24) {
        return uint24(PoolWord.unwrap(word) >> 200);
    }

    function actionWindow(PoolWord word) internal pure returns (uint24) {
        return uint24(PoolWord.unwrap(word) >> 224);
    }

    function mode(PoolWord word) internal pure returns (IRewardPool.Mode) {
        return IRewardPool.Mode((PoolWord.unwrap(word) >> 248) & 3);
    }

    function form(PoolWord word) internal pure returns (IRewardPool.Form) {
        return IRewardPool.Form((PoolWord.unwrap(word) >> 250) & 1);
    }

    function isClosed(PoolWord word) internal pure returns (bool) {
        return PoolWord.unwrap(word) & CLOSED != 0;
    }

    function exists(PoolWord word) internal pure returns (bool) {
        return PoolWord.unwrap(word) != 0;
    }

    function withAvailable(PoolWord word, uint40 units) internal pure returns (PoolWord) {
        return PoolWord.wrap((PoolWord.unwrap(word) & ~AVAILABLE_MASK) | units);
    }

    /// @dev `units` are at most those available.
    function minusUnits(PoolWord word, uint256 units) internal pure returns (PoolWord) {
        unchecked {
            return PoolWord.wrap(PoolWord.unwrap(word) - units);
        }
    }

    /// @dev All units together fit their 40 bits.
    function plusUnits(PoolWord word, uint256 units) internal pure returns (PoolWord) {
        unchecked {
            return PoolWord.wrap(PoolWord.unwrap(word) + units);
        }
    }

    /// @notice Whether settling needs proofs: form ROOT, and a mode that asks a list.
    function isProven(PoolWord word) internal pure returns (bool) {
        return (PoolWord.unwrap(word) >> 248) & 7 < uint256(IRewardPool.Mode.INDICATOR);
    }

    function withReportCount(PoolWord word, uint32 count) internal pure returns (PoolWord) {
        return PoolWord.wrap((PoolWord.unwrap(word) & ~REPORT_COUNT_MASK) | (uint256(count) << 96));
    }

    function withClosed(PoolWord word) internal pure returns (PoolWord) {
        return PoolWord.wrap(PoolWord.unwrap(word) | CLOSED);
    }

    /// @notice When a cycle ends.
    function endOf(PoolWord word, uint32 cycle) internal pure returns (uint256) {
        // Figures of 40 and 32 bits.
        unchecked {
            return start(word) + (uint256(cycle) + 1) * cycleLength(word);
        }
    }

    /// @notice From when on a cycle's evidence is final.
    function finalFrom(PoolWord word, uint32 cycle) internal pure returns (uint256) {
        // As in {endOf}.
        unchecked {
            return endOf(word, cycle) + finalDelay(word);
        }
    }

    /// @notice Before when a proof acts on a cycle.
    function actionUntil(PoolWord word, uint32 cycle) internal pure returns (uint256) {
        // As in {endOf}.
        unchecked {
            return finalFrom(word, cycle) + actionWindow(word);
        }
    }

    /// @notice How many cycles have ended at `time`, which is the number of the cycle that then runs.
    function endedAt(PoolWord word, uint256 time) internal pure returns (uint32) {
        return _cyclesBefore(word, time, 0);
    }

    /// @notice How many cycles are final at `time`.
    function finalAt(PoolWord word, uint256 time) internal pure returns (uint32) {
        return _cyclesBefore(word, time, finalDelay(word));
    }

    /// @notice How many cycles' action windows are over at `time`.
    function overAt(PoolWord word, uint256 time) internal pure returns (uint32) {
        return _cyclesBefore(word, time, uint256(finalDelay(word)) + actionWindow(word));
    }

    /// @dev How many cycles ended at or before `time - delay`. Cycles last a minute at least, so that 2^32 of them outlast
    /// every clock; a later time counts as the last of them.
    function _cyclesBefore(PoolWord word, uint256 time, uint256 delay) private pure returns (uint32) {
        uint256 from = uint256(start(word)) + delay;
        if (time < from) return 0;
        // The time is not before `from`, and no pool's cycles are of length 0.
        unchecked {
            uint256 count = (time - from) / cycleLength(word);
            return count > type(uint32).max ? type(uint32).max : uint32(count);
        }
    }
}
