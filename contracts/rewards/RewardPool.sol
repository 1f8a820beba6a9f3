// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MerkleProofLib} from "solady/src/utils/MerkleProofLib.sol";

import {ICommitteeRegistry} from "../committee/ICommitteeRegistry.sol";
import {IChunkStore} from "../utils/IChunkStore.sol";
import {EvidenceBook} from "./EvidenceBook.sol";
import {IRewardPool} from "./IRewardPool.sol";
import {IUsageIndicator} from "./IUsageIndicator.sol";
import {MemberBook} from "./MemberBook.sol";
import {MemberWord} from "./MemberWord.sol";
import {PoolBook} from "./PoolBook.sol";
import {PoolWord} from "./PoolWord.sol";
import {ProfitBook} from "./ProfitBook.sol";
import {RewardHash} from "./RewardHash.sol";
import {UnitMath} from "./UnitMath.sol";

/// @title Reward pools: settling, by which units are granted and reclaimed
contract RewardPool is PoolBook, MemberBook, EvidenceBook, ProfitBook {
    constructor(
        ICommitteeRegistry registry,
        IChunkStore chunks
    ) EvidenceBook(registry, chunks) EIP712("Guildhall RewardPool", "1") {}

    /// @inheritdoc IRewardPool
    function settle(bytes32 poolId, bytes32 userId, address account, uint32 untilCycle) external {
        PoolWord pool = _openByEvidence(poolId);

        // Effect: grant and reclaim.
        Refusal refusal;
        (pool, refusal) = _settleOpen(poolId, pool, userId, account, _finalBefore(poolId, pool, untilCycle));
        if (refusal != Refusal.NONE) _refuse(poolId, pool, userId, account, untilCycle, refusal);
        _pools[poolId].word = pool;
    }

    /// @inheritdoc IRewardPool
    function settleBatch(bytes32 poolId, UserAccount[] calldata users, uint32 untilCycle) external {
        PoolWord pool = _openByEvidence(poolId);
        untilCycle = _finalBefore(poolId, pool, untilCycle);

        // Effect: settle each that can be.
        for (uint256 i = 0; i < users.length; ++i) {
            UserAccount calldata user = users[i];
            (PoolWord settled, Refusal refusal) = _settleOpen(poolId, pool, user.userId, user.account, untilCycle);
            if (refusal == Refusal.NONE) pool = settled;
            else emit NotSettled(poolId, user.userId, refusal);
        }
        _pools[poolId].word = pool;
    }

    /// @inheritdoc IRewardPool
    function settleWithProof(
        bytes32 poolId,
        bytes32 userId,
        address account,
        uint32 cycle,
        bool eligible,
        bytes32[] calldata proof
    ) external {
        PoolWord pool = _requireOpen(poolId);
        // Check: proof.
        bytes32 root = _rootOf(poolId, cycle, _onlySource(poolId, pool));
        _requireProof(root, RewardHash.leaf(poolId, cycle, userId, eligible), proof);

        // Effect: grant or reclaim.
        _settleProven(poolId, pool, userId, account, cycle, _toAnswer(eligible));
    }

    /// @inheritdoc IRewardPool
    function settleWithProofs(
        bytes32 poolId,
        bytes32 userId,
        address account,
        uint32 cycle,
        ProvenAnswer calldata roster,
        ProvenAnswer calldata verdict
    ) external {
        PoolWord pool = _openByProofs(poolId);
        // Check: proofs.
        _requireAnswer(poolId, userId, cycle, Source.OPERATOR, roster);
        _requireAnswer(poolId, userId, cycle, Source.VERIFIER, verdict);

        // Effect: grant or reclaim.
        Answer answer = _combine(_toAnswer(roster.eligible), _toAnswer(verdict.eligible));
        _settleProven(poolId, pool, userId, account, cycle, answer);
    }

    /// @inheritdoc IRewardPool
    function settleBatchWithProof(
        bytes32 poolId,
        uint32 cycle,
        ProvenUser[] calldata users,
        bytes32[] calldata proof,
        bool[] calldata proofFlags
    ) external {
        PoolWord pool = _requireOpen(poolId);
        // Check: proof of all together.
        bytes32[] memory leaves = _leavesOf(poolId, cycle, users);
        _requireMultiProof(_rootOf(poolId, cycle, _onlySource(poolId, pool)), leaves, proof, proofFlags);

        // Effect: settle each that can be.
        _settleProvenBatch(poolId, pool, cycle, users);
    }

    /// @inheritdoc IRewardPool
    function settleBatchWithProofs(
        bytes32 poolId,
        uint32 cycle,
        ProvenUser[] calldata users,
        MultiProof calldata roster,
        MultiProof calldata verdict
    ) external {
        PoolWord pool = _openByProofs(poolId);
        // Check: both proofs of all together. Where both lists say the same, they have the same leaves.
        bytes32[] memory leaves = _leavesOf(poolId, cycle, users);
        _requireMultiProof(_rootOf(poolId, cycle, Source.OPERATOR), leaves, roster.proof, roster.flags);
        _requireMultiProof(_rootOf(poolId, cycle, Source.VERIFIER), leaves, verdict.proof, verdict.flags);

        // Effect: settle each that can be.
        _settleProvenBatch(poolId, pool, cycle, users);
    }

    /// @inheritdoc IRewardPool
    function holdingOf(
        bytes32 poolId,
        bytes32 userId,
        uint32 untilCycle
    ) external view returns (uint40 units, uint32 nextCycle) {
        PoolWord pool = _requirePool(poolId);
        MemberWord member = _recordOf(poolId, userId, _bindings[poolId][userId].account).word;
        if (member.exists() && !pool.isProven() && !pool.isClosed()) {
            // As if the pool had all the units there can be beside the user's.
            pool = pool.withAvailable(type(uint40).max - member.units());
            (, member, ) = _act(poolId, pool, userId, member, _finalBefore(poolId, pool, untilCycle));
        }
        return (member.units(), member.nextCycle());
    }

    /// @inheritdoc IRewardPool
    function answerOf(bytes32 poolId, bytes32 userId, uint32 cycle, Source source) external view returns (Answer) {
        PoolWord pool = _requirePool(poolId);
        MemberWord member = _recordOf(poolId, userId, _bindings[poolId][userId].account).word;
        if (!member.exists()) return Answer.NONE;
        if (pool.mode() == Mode.INDICATOR) {
            (, Answer answer) = _usageAnswer(poolId, pool, userId, cycle);
            return answer;
        }
        return pool.form() == Form.BITMAP ? _bitOf(_evidenceOf(poolId), cycle, source, member.index()) : Answer.NONE;
    }

    /// @dev Settles one cycle by an answer that was proved.
    function _settleProven(
        bytes32 poolId,
        PoolWord pool,
        bytes32 userId,
        address account,
        uint32 cycle,
        Answer answer
    ) private {
        Refusal refusal;
        (pool, refusal) = _settleCycle(poolId, pool, userId, account, cycle, answer, _untimely(pool, cycle));
        if (refusal != Refusal.NONE) _refuse(poolId, pool, userId, account, cycle, refusal);
        _pools[poolId].word = pool;
    }

    /// @dev Settles one cycle of each that can be, by answers that were proved.
    function _settleProvenBatch(bytes32 poolId, PoolWord pool, uint32 cycle, ProvenUser[] calldata users) private {
        Refusal untimely = _untimely(pool, cycle);
        for (uint256 i = 0; i < users.length; ++i) {
            ProvenUser calldata user = users[i];
            Answer answer = _toAnswer(user.eligible);
            Refusal refusal;
            (pool, refusal) = _settleCycle(poolId, pool, user.userId, user.account, cycle, answer, untimely);
            if (refusal != Refusal.NONE) emit NotSettled(poolId, user.userId, refusal);
        }
        _pools[poolId].word = pool;
    }

    /// @dev Settles one cycle by an answer that was proved, or says why not. The pool's word is the caller's to store.
    function _settleCycle(
        bytes32 poolId,
        PoolWord pool,
        bytes32 userId,
        address account,
        uint32 cycle,
        Answer answer,
        Refusal untimely
    ) private returns (PoolWord, Refusal) {
        MemberRecord storage record = _recordOf(poolId, userId, account);
        MemberWord before = record.word;
        // Check: party, time, replay.
        if (!before.exists()) return (pool, Refusal.NOT_BOUND);
        if (untimely != Refusal.NONE) return (pool, untimely);
        if (cycle != before.nextCycle()) {
            if (cycle < before.nextCycle()) return (pool, Refusal.ALREADY_SETTLED);
            uint32 open = _openCycleBefore(poolId, pool, before.nextCycle(), cycle);
            if (open != cycle) return (pool, Refusal.EARLIER_CYCLE_OPEN);
        }

        // Effect: grant or reclaim.
        MemberWord member = _accrue(poolId, pool, before);
        bool short;
        (pool, member, short) = UnitMath.act(pool, member, answer);
        if (short) return (pool, Refusal.POOL_EXHAUSTED);
        member = member.withNextCycle(cycle + 1);
        _store(record, poolId, userId, account, before, member);
        return (pool, Refusal.NONE);
    }

    /// @dev Settles a user's open cycles from evidence on chain, or says why not. The pool's word is the caller's to store,
    /// or to forget where the user is refused.
    function _settleOpen(
        bytes32 poolId,
        PoolWord pool,
        bytes32 userId,
        address account,
        uint32 untilCycle
    ) private returns (PoolWord, Refusal) {
        MemberRecord storage record = _recordOf(poolId, userId, account);
        MemberWord before = record.word;
        // Check: party.
        if (!before.exists()) return (pool, Refusal.NOT_BOUND);

        // Effect: grant and reclaim, cycle by cycle.
        MemberWord member = _accrue(poolId, pool, before);
        bool short;
        (pool, member, short) = _act(poolId, pool, userId, member, untilCycle);
        if (short) return (pool, Refusal.POOL_EXHAUSTED);
        if (member.nextCycle() == before.nextCycle()) return (pool, Refusal.NOT_FINAL);
        _store(record, poolId, userId, account, before, member);
        return (pool, Refusal.NONE);
    }

    /// @dev Whether a cycle cannot be settled by proof now, whoever the user is.
    function _untimely(PoolWord pool, uint32 cycle) private view returns (Refusal) {
        uint256 finalFrom = pool.finalFrom(cycle);
        if (block.timestamp < finalFrom) return Refusal.NOT_FINAL;
        return block.timestamp < pool.actionUntil(cycle) ? Refusal.NONE : Refusal.WINDOW_OVER;
    }

    /// @dev The first cycle not to take: none that is not final, and in mode INDICATOR, which needs no evidence of the pool's, none
    /// after the last.
    function _finalBefore(bytes32 poolId, PoolWord pool, uint32 untilCycle) private view returns (uint32) {
        uint32 finalCycles = pool.finalAt(block.timestamp);
        if (untilCycle > finalCycles) untilCycle = finalCycles;
        if (pool.mode() == Mode.INDICATOR) {
            uint32 endCycle = _pools[poolId].endCycle;
            if (untilCycle > endCycle) untilCycle = endCycle;
        }
        return untilCycle;
    }

    /// @dev What evidence on chain makes of a user's cycles before `untilCycle`. `short` says that the pool lacks the units for the
    /// cycle at which it stopped.
    function _act(
        bytes32 poolId,
        PoolWord pool,
        bytes32 userId,
        MemberWord member,
        uint32 untilCycle
    ) private view returns (PoolWord, MemberWord, bool short) {
        Mode mode = pool.mode();
        if (mode == Mode.INDICATOR) return _actOnUsage(poolId, pool, userId, member, untilCycle);
        mapping(uint256 place => bytes32) storage evidence = _evidenceOf(poolId);
        uint256 index = member.index();
        uint32 cycle = member.nextCycle();
        while (cycle < untilCycle) {
            (pool, member, short) = UnitMath.act(pool, member, _bitmapAnswer(evidence, mode, cycle, index));
            if (short) break;
            // Below `untilCycle`.
            unchecked {
                ++cycle;
            }
        }
        return (pool, member.withNextCycle(cycle), short);
    }

    /// @dev {_act} in mode INDICATOR.
    function _actOnUsage(
        bytes32 poolId,
        PoolWord pool,
        bytes32 userId,
        MemberWord member,
        uint32 untilCycle
    ) private view returns (PoolWord, MemberWord, bool short) {
        uint32 cycle = member.nextCycle();
        for (; cycle < untilCycle; ++cycle) {
            (bool answered, Answer answer) = _usageAnswer(poolId, pool, userId, cycle);
            // A total that is not there yet may still be proved within the action window; and who gives the indicator too little
            // gas, or finds it out of order, has learned nothing.
            if (!answered || (answer == Answer.NONE && block.timestamp < pool.actionUntil(cycle))) break;
            (pool, member, short) = UnitMath.act(pool, member, answer);
            if (short) break;
        }
        return (pool, member.withNextCycle(cycle), short);
    }

    /// @dev What the indicator's total says, if it says anything.
    function _usageAnswer(
        bytes32 poolId,
        PoolWord pool,
        bytes32 userId,
        uint32 cycle
    ) private view returns (bool answered, Answer answer) {
        uint256 end = pool.endOf(cycle);
        (bool success, bytes32 known, bytes32 total) = LowLevelCall.staticcallReturn64Bytes(
            _pools[poolId].indicator,
            abi.encodeCall(IUsageIndicator.usageOf, (userId, uint40(end - pool.cycleLength()), uint40(end)))
        );
        answered = success && LowLevelCall.returnDataSize() >= 64 && uint256(known) <= 1;
        if (answered && known != 0) answer = _toAnswer(uint256(total) >= _pools[poolId].threshold);
    }

    /// @dev The user's first cycle before `cycle` whose evidence can still act, or `cycle`. Only cycles with an open action
    /// window are looked at, which are at most 64.
    function _openCycleBefore(
        bytes32 poolId,
        PoolWord pool,
        uint32 nextCycle,
        uint32 cycle
    ) private view returns (uint32 open) {
        uint32 over = pool.overAt(block.timestamp);
        Mode mode = pool.mode();
        open = nextCycle < over ? over : nextCycle;
        for (; open < cycle; ++open) {
            bool roster = mode == Mode.VERIFIER || _hasEvidence(poolId, open, Source.OPERATOR);
            if (roster && (mode == Mode.ROSTER || _hasEvidence(poolId, open, Source.VERIFIER))) return open;
        }
    }

    /// @dev Stores the user's word and logs what moved.
    function _store(
        MemberRecord storage record,
        bytes32 poolId,
        bytes32 userId,
        address account,
        MemberWord before,
        MemberWord member
    ) private {
        record.word = member;
        uint256 unitsBefore = before.units();
        uint256 units = member.units();
        // Each difference is of the larger and the smaller.
        unchecked {
            if (units > unitsBefore) _logTransfer(poolId, address(this), account, units - unitsBefore);
            else if (units < unitsBefore) _logTransfer(poolId, account, address(this), unitsBefore - units);
        }
        emit Settled(poolId, userId, member.nextCycle());
    }

    /// @dev Turns a refusal into its error.
    function _refuse(
        bytes32 poolId,
        PoolWord pool,
        bytes32 userId,
        address account,
        uint32 cycle,
        Refusal refusal
    ) private view {
        uint32 nextCycle = _recordOf(poolId, userId, account).word.nextCycle();
        if (refusal == Refusal.NOT_BOUND) revert RewardPoolNotBound(poolId, userId, account);
        if (refusal == Refusal.POOL_EXHAUSTED) revert RewardPoolExhausted(poolId, pool.available(), pool.grant());
        if (refusal == Refusal.WINDOW_OVER) revert RewardPoolTooLate(pool.actionUntil(cycle), block.timestamp);
        if (refusal == Refusal.ALREADY_SETTLED) revert RewardPoolAlreadySettled(poolId, userId, nextCycle, cycle);
        if (refusal == Refusal.EARLIER_CYCLE_OPEN) {
            uint32 open = _openCycleBefore(poolId, pool, nextCycle, cycle);
            revert RewardPoolEarlierCycleOpen(poolId, userId, open, cycle);
        }
        if (pool.isProven()) revert RewardPoolTooEarly(pool.finalFrom(cycle), block.timestamp);
        revert RewardPoolNothingToSettle(poolId, userId, nextCycle, pool.finalAt(block.timestamp));
    }

    function _requireAnswer(
        bytes32 poolId,
        bytes32 userId,
        uint32 cycle,
        Source source,
        ProvenAnswer calldata answer
    ) private view {
        bytes32 leaf = RewardHash.leaf(poolId, cycle, userId, answer.eligible);
        _requireProof(_rootOf(poolId, cycle, source), leaf, answer.proof);
    }

    function _leavesOf(
        bytes32 poolId,
        uint32 cycle,
        ProvenUser[] calldata users
    ) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](users.length);
        for (uint256 i = 0; i < users.length; ++i) {
            ProvenUser calldata user = users[i];
            leaves[i] = RewardHash.leaf(poolId, cycle, user.userId, user.eligible);
        }
    }

    /// @dev Checks a multiproof over the users' leaves.
    function _requireMultiProof(
        bytes32 root,
        bytes32[] memory leaves,
        bytes32[] calldata proof,
        bool[] calldata proofFlags
    ) private pure {
        require(
            leaves.length != 0 && MerkleProofLib.verifyMultiProof(proof, root, leaves, proofFlags),
            RewardPoolWrongProof(root, leaves.length == 0 ? bytes32(0) : leaves[0])
        );
    }

    function _toAnswer(bool eligible) private pure returns (Answer) {
        return eligible ? Answer.YES : Answer.NO;
    }

    /// @dev The one list that a pool with proofs asks.
    function _onlySource(bytes32 poolId, PoolWord pool) private pure returns (Source) {
        Mode mode = pool.mode();
        if (mode == Mode.BOTH || !pool.isProven()) _refuseForm(poolId, pool);
        return mode == Mode.ROSTER ? Source.OPERATOR : Source.VERIFIER;
    }

    /// @dev The word of an open pool whose evidence is on chain.
    function _openByEvidence(bytes32 poolId) private view returns (PoolWord pool) {
        pool = _requireOpen(poolId);
        if (pool.isProven()) _refuseForm(poolId, pool);
    }

    /// @dev The word of an open pool that needs two proofs.
    function _openByProofs(bytes32 poolId) private view returns (PoolWord pool) {
        pool = _requireOpen(poolId);
        if (pool.mode() != Mode.BOTH || !pool.isProven()) _refuseForm(poolId, pool);
    }

    function _refuseForm(bytes32 poolId, PoolWord pool) private pure {
        revert RewardPoolWrongForm(poolId, pool.mode(), pool.form());
    }
}
