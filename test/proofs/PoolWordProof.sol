// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {PoolWord, PoolWords} from "../../contracts/rewards/PoolWord.sol";

/// @title What `npm run prove` shows of a pool's word, for every word and every argument
contract PoolWordProof {
    uint256 private constant AVAILABLE_MASK = type(uint40).max;
    uint256 private constant REPORT_COUNT_MASK = uint256(type(uint32).max) << 96;
    uint256 private constant CLOSED = uint256(1) << 251;
    uint256 private constant UNUSED = uint256(15) << 252;

    /// @notice Zero is the word of a pool that never was, which is not closed.
    function start() external pure {
        PoolWord word = PoolWord.wrap(0);
        assert(!word.exists() && !word.isClosed());
    }

    /// @notice A word exists exactly when it is not zero.
    function exists(uint256 word) external pure {
        assert(PoolWord.wrap(word).exists() == (word != 0));
    }

    /// @notice None -> open: what a configuration says comes out again; the pool has all units, no report, and is open. The
    /// windows together fit their place, which `createPool` demands.
    function pack(IRewardPool.PoolConfig calldata config) external pure {
        require(uint256(config.publishWindow) + config.disputeWindow <= type(uint24).max);
        PoolWord word = PoolWords.pack(config);
        assert(word.available() == config.totalUnits);
        assert(word.grant() == config.grant);
        assert(word.maxUnits() == config.maxUnits);
        assert(word.start() == config.start);
        assert(word.cycleLength() == config.cycleLength);
        assert(word.finalDelay() == config.publishWindow + config.disputeWindow);
        assert(word.actionWindow() == config.actionWindow);
        assert(word.mode() == config.mode);
        assert(word.form() == config.form);
        assert(word.reportCount() == 0);
        assert(!word.isClosed());
        assert(word.exists() || config.totalUnits == 0);
    }

    /// @notice The fields are the whole word but for four bits: none shares a bit with another.
    function fields(uint256 word) external pure {
        PoolWord pool = PoolWord.wrap(word);
        assert(
            word & ~UNUSED ==
                uint256(pool.available()) |
                    (uint256(pool.grant()) << 40) |
                    (uint256(pool.maxUnits()) << 64) |
                    (uint256(pool.reportCount()) << 96) |
                    (uint256(pool.start()) << 128) |
                    (uint256(pool.cycleLength()) << 168) |
                    (uint256(pool.finalDelay()) << 200) |
                    (uint256(pool.actionWindow()) << 224) |
                    (uint256(pool.mode()) << 248) |
                    (uint256(pool.form()) << 250) |
                    (pool.isClosed() ? CLOSED : 0)
        );
    }

    /// @notice The units there are to grant are the ones given, and nothing else changes.
    function withAvailable(uint256 word, uint40 units) external pure {
        PoolWord later = PoolWord.wrap(word).withAvailable(units);
        assert(later.available() == units);
        _assertKept(word, later, AVAILABLE_MASK);
    }

    /// @notice The number of reports is the one given, and nothing else changes.
    function withReportCount(uint256 word, uint32 count) external pure {
        PoolWord later = PoolWord.wrap(word).withReportCount(count);
        assert(later.reportCount() == count);
        _assertKept(word, later, REPORT_COUNT_MASK);
    }

    /// @notice Open -> closed, and nothing else changes.
    function close(uint256 word) external pure {
        PoolWord later = PoolWord.wrap(word).withClosed();
        assert(later.isClosed());
        _assertKept(word, later, CLOSED);
    }

    /// @notice Closed stays closed, whatever is written after it.
    function closeThenWrite(uint256 word, uint40 units, uint32 count) external pure {
        PoolWord later = PoolWord.wrap(word).withClosed().withAvailable(units).withReportCount(count);
        assert(later.isClosed());
        assert(later.available() == units);
        assert(later.reportCount() == count);
    }

    /// @notice A cycle's moments come in their order, each as far after the one before as the word says, and none overflows.
    function moments(uint256 word, uint32 cycle) external pure {
        PoolWord pool = PoolWord.wrap(word);
        uint256 end = pool.endOf(cycle);
        uint256 finalFrom = pool.finalFrom(cycle);
        uint256 actionUntil = pool.actionUntil(cycle);
        assert(pool.start() <= end);
        assert(finalFrom - end == pool.finalDelay());
        assert(actionUntil - finalFrom == pool.actionWindow());
    }

    /// @notice A cycle ends as long after the one before as the word says.
    function cycles(uint256 word, uint32 cycle) external pure {
        PoolWord pool = PoolWord.wrap(word);
        require(cycle < type(uint32).max);
        assert(pool.endOf(cycle + 1) - pool.endOf(cycle) == pool.cycleLength());
    }

    /// @notice Before a pool starts no cycle has ended, is final or is over.
    function beforeStart(uint256 word, uint256 time) external pure {
        PoolWord pool = PoolWord.wrap(word);
        require(time < pool.start());
        assert(pool.endedAt(time) == 0);
        assert(pool.finalAt(time) == 0);
        assert(pool.overAt(time) == 0);
    }

    /// @dev No bit but those of `mask` differs.
    function _assertKept(uint256 before, PoolWord later, uint256 mask) private pure {
        assert((PoolWord.unwrap(later) ^ before) & ~mask == 0);
    }
}
