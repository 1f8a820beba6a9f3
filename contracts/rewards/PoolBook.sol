// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "./IRewardPool.sol";
import {PoolBase} from "./PoolBase.sol";
import {PoolWord, PoolWords} from "./PoolWord.sol";
import {RewardHash} from "./RewardHash.sol";
import {UnitBook} from "./UnitBook.sol";

/// @title Pools: their making, their changes, their end
abstract contract PoolBook is PoolBase, UnitBook {
    uint256 private constant _WHOLE = 1e18;
    uint256 private constant _MIN_CYCLE_LENGTH = 60;
    uint256 private constant _MAX_OPEN_CYCLES = 64;

    /// @inheritdoc IRewardPool
    function createPool(bytes32 salt, PoolConfig calldata config) external returns (bytes32 poolId) {
        // Check: figures and mode.
        _requireInRange("totalUnits", 1, type(uint40).max, config.totalUnits);
        _requireInRange("grant", 1, config.totalUnits, config.grant);
        _requireInRange("start", block.timestamp, type(uint40).max, config.start);
        _requireInRange("cycleLength", _MIN_CYCLE_LENGTH, type(uint32).max, config.cycleLength);
        _requireInRange("publishWindow", 1, type(uint24).max - config.disputeWindow, config.publishWindow);
        _requireInRange("actionWindow", 1, _MAX_OPEN_CYCLES * config.cycleLength, config.actionWindow);
        if (config.verifier != 0) {
            _requireInRange("verifierDelay", config.cycleLength, type(uint32).max, config.verifierDelay);
        }
        if (config.maxUnits != 0) _requireInRange("maxUnits", config.grant, type(uint32).max, config.maxUnits);
        _requireShare(config.totalUnits, config.share);
        _requireMode(config);
        require(config.profitToken.code.length != 0, RewardPoolWithoutCode(config.profitToken));
        // Check: replay.
        poolId = RewardHash.pool(msg.sender, salt);
        PoolRecord storage record = _pools[poolId];
        require(!record.word.exists(), RewardPoolExists(poolId));

        // Effect: create; the pool holds all units.
        record.word = PoolWords.pack(config);
        record.operator = msg.sender;
        record.publishWindow = config.publishWindow;
        record.endCycle = _NO_END;
        record.profitToken = config.profitToken;
        record.totalUnits = config.totalUnits;
        record.verifierDelay = config.verifierDelay;
        record.share = config.share;
        record.registrar = config.registrar;
        if (config.verifier != 0) record.verifier = config.verifier;
        if (config.mode == Mode.INDICATOR) {
            record.indicator = config.indicator;
            record.threshold = config.threshold;
        }
        emit PoolCreated(poolId, msg.sender, config.profitToken, salt, config);
        _logTransfer(poolId, address(0), address(this), config.totalUnits);
        emit URI(config.metadataUri, uint256(poolId));
    }

    /// @inheritdoc IRewardPool
    function topUp(bytes32 poolId, uint40 units) external {
        PoolWord word = _requireOpen(poolId);
        _requireOperator(poolId);
        // Check: amount.
        PoolRecord storage record = _pools[poolId];
        uint256 total = uint256(record.totalUnits) + units;
        require(units != 0 && total <= type(uint40).max, RewardPoolTooManyUnits(type(uint40).max, total));
        _requireShare(total, record.share);

        // Effect: more units, all in the pool. They are at most the total, so the sum fits.
        record.word = word.withAvailable(word.available() + units);
        record.totalUnits = uint40(total);
        emit ToppedUp(poolId, units, uint40(total));
        _logTransfer(poolId, address(0), address(this), units);
    }

    /// @inheritdoc IRewardPool
    function raiseShare(bytes32 poolId, uint64 share) external {
        _requireOpen(poolId);
        _requireOperator(poolId);
        // Check: amount.
        PoolRecord storage record = _pools[poolId];
        uint64 previous = record.share;
        require(share > previous, RewardPoolShareNotRaised(previous, share));
        _requireShare(record.totalUnits, share);

        // Effect: the share of all reports to come.
        record.share = share;
        emit ShareRaised(poolId, previous, share);
    }

    /// @inheritdoc IRewardPool
    function changeVerifier(bytes32 poolId, bytes32 verifier) external {
        PoolWord word = _requireOpen(poolId);
        _requireOperator(poolId);
        PoolRecord storage record = _pools[poolId];
        // Check: the mode asks a verifier.
        require(
            verifier != 0 && (word.mode() == Mode.VERIFIER || word.mode() == Mode.BOTH),
            RewardPoolModeMismatch(word.mode(), word.form(), verifier, record.indicator)
        );

        // Effect: announce. Who took over already stays until the delay is over.
        uint40 from = uint40(block.timestamp) + record.verifierDelay;
        record.verifier = _verifierOf(record);
        record.nextVerifier = verifier;
        record.nextVerifierFrom = from;
        emit VerifierAnnounced(poolId, verifier, from);
    }

    /// @inheritdoc IRewardPool
    function announceEnd(bytes32 poolId) external returns (uint32 endCycle) {
        PoolWord word = _requireOpen(poolId);
        _requireOperator(poolId);
        PoolRecord storage record = _pools[poolId];
        // Check: replay.
        uint32 present = record.endCycle;
        endCycle = word.endedAt(block.timestamp) + 1;
        require(present == _NO_END, RewardPoolEnded(poolId, present, endCycle));

        // Effect: no cycle after the present one.
        record.endCycle = endCycle;
        emit EndAnnounced(poolId, endCycle);
    }

    /// @inheritdoc IRewardPool
    function closePool(bytes32 poolId) external {
        PoolWord word = _requireOpen(poolId);
        _requireOperator(poolId);
        // Check: the last cycle has acted, and all profit is deposited.
        uint32 endCycle = _pools[poolId].endCycle;
        require(endCycle != _NO_END, RewardPoolEndNotAnnounced(poolId));
        _requireFrom(word.actionUntil(endCycle - 1));
        require(word.reportCount() == endCycle, RewardPoolProfitOutstanding(poolId, endCycle, word.reportCount()));

        // Effect: closed.
        _pools[poolId].word = word.withClosed();
        emit PoolClosed(poolId, msg.sender);
    }

    /// @inheritdoc IRewardPool
    function poolOf(bytes32 poolId) external view returns (Pool memory pool) {
        PoolWord word = _requirePool(poolId);
        PoolRecord storage record = _pools[poolId];
        bytes32 verifier = _verifierOf(record);
        bool announced = record.nextVerifier != 0 && verifier != record.nextVerifier;
        pool.mode = word.mode();
        pool.form = word.form();
        pool.closed = word.isClosed();
        pool.totalUnits = record.totalUnits;
        pool.availableUnits = word.available();
        pool.grant = word.grant();
        pool.maxUnits = word.maxUnits();
        pool.start = word.start();
        pool.cycleLength = word.cycleLength();
        pool.publishWindow = record.publishWindow;
        pool.disputeWindow = word.finalDelay() - record.publishWindow;
        pool.actionWindow = word.actionWindow();
        pool.endCycle = record.endCycle;
        pool.reportCount = word.reportCount();
        pool.userCount = record.userCount;
        pool.operator = record.operator;
        pool.registrar = record.registrar;
        pool.profitToken = record.profitToken;
        pool.share = record.share;
        pool.carry = record.carry;
        pool.deposited = record.deposited;
        pool.verifier = verifier;
        pool.nextVerifier = announced ? record.nextVerifier : bytes32(0);
        pool.nextVerifierFrom = announced ? record.nextVerifierFrom : 0;
        pool.verifierDelay = record.verifierDelay;
        pool.indicator = record.indicator;
        pool.threshold = record.threshold;
    }

    function _requireInRange(bytes32 field, uint256 min, uint256 max, uint256 actual) private pure {
        require(actual >= min && actual <= max, RewardPoolOutOfRange(field, min, max, actual));
    }

    /// @dev All units together are at most the whole profit.
    function _requireShare(uint256 totalUnits, uint64 share) private pure {
        require(
            share != 0 && totalUnits * share <= _WHOLE,
            RewardPoolShareTooLarge(uint64(_WHOLE / totalUnits), share)
        );
    }

    /// @dev Each mode has what it needs and nothing else.
    function _requireMode(PoolConfig calldata config) private view {
        bool asksVerifier = config.mode == Mode.VERIFIER || config.mode == Mode.BOTH;
        bool asksIndicator = config.mode == Mode.INDICATOR;
        require(
            (config.verifier != 0) == asksVerifier &&
                (config.indicator != address(0)) == asksIndicator &&
                (!asksIndicator || (config.form == Form.ROOT && config.indicator.code.length != 0)),
            RewardPoolModeMismatch(config.mode, config.form, config.verifier, config.indicator)
        );
    }
}
