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
    /// @dev A user's settling as far as it has come. `pool` goes on to the next user of a batch.
    struct Settling {
        bytes32 poolId;
        bytes32 userId;
        address account;
        bytes32 memberKey;
        PoolWord pool;
        MemberWord member;
        Refusal refusal;
    }

    constructor(
        ICommitteeRegistry registry,
        IChunkStore chunks
    ) EvidenceBook(registry, chunks) EIP712("Guildhall RewardPool", "1") {}

    /// @inheritdoc IRewardPool
    function settle(bytes32 poolId, bytes32 userId, address account, uint32 untilCycle) external {
        Settling memory settling = _open(poolId);
        _requireChainEvidence(settling);

        // Effect: grant and reclaim.
        _settleOpen(settling, userId, account, untilCycle);
        if (settling.refusal != Refusal.NONE) _refuse(settling, untilCycle);
        _pools[poolId].word = settling.pool;
    }

    /// @inheritdoc IRewardPool
    function settleBatch(bytes32 poolId, UserAccount[] calldata users, uint32 untilCycle) external {
        Settling memory settling = _open(poolId);
        _requireChainEvidence(settling);

        // Effect: settle each that can be.
        for (uint256 i = 0; i < users.length; ++i) {
            PoolWord pool = settling.pool;
            _settleOpen(settling, users[i].userId, users[i].account, untilCycle);
            if (settling.refusal == Refusal.NONE) continue;
            settling.pool = pool;
            emit NotSettled(poolId, users[i].userId, settling.refusal);
        }
        _pools[poolId].word = settling.pool;
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
        Settling memory settling = _open(poolId);
        // Check: proof.
        bytes32 root = _rootOf(poolId, cycle, _onlySource(settling));
        _requireProof(root, RewardHash.leaf(poolId, cycle, userId, eligible), proof);

        // Effect: grant or reclaim.
        _settleCycle(settling, userId, account, cycle, _toAnswer(eligible));
        if (settling.refusal != Refusal.NONE) _refuse(settling, cycle);
        _pools[poolId].word = settling.pool;
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
        Settling memory settling = _open(poolId);
        if (settling.pool.mode() != Mode.BOTH || settling.pool.form() != Form.ROOT) _refuseForm(settling);
        // Check: proofs.
        _requireAnswer(poolId, userId, cycle, Source.OPERATOR, roster);
        _requireAnswer(poolId, userId, cycle, Source.VERIFIER, verdict);

        // Effect: grant or reclaim.
        Answer answer = _combine(_toAnswer(roster.eligible), _toAnswer(verdict.eligible));
        _settleCycle(settling, userId, account, cycle, answer);
        if (settling.refusal != Refusal.NONE) _refuse(settling, cycle);
        _pools[poolId].word = settling.pool;
    }

    /// @inheritdoc IRewardPool
    function settleBatchWithProof(
        bytes32 poolId,
        uint32 cycle,
        ProvenUser[] calldata users,
        bytes32[] calldata proof,
        bool[] calldata proofFlags
    ) external {
        Settling memory settling = _open(poolId);
        // Check: proof of all together.
        bytes32 root = _rootOf(poolId, cycle, _onlySource(settling));
        _requireMultiProof(poolId, root, cycle, users, proof, proofFlags);

        // Effect: settle each that can be.
        for (uint256 i = 0; i < users.length; ++i) {
            ProvenUser calldata user = users[i];
            _settleCycle(settling, user.userId, user.account, cycle, _toAnswer(user.eligible));
            if (settling.refusal != Refusal.NONE) emit NotSettled(poolId, user.userId, settling.refusal);
        }
        _pools[poolId].word = settling.pool;
    }

    /// @inheritdoc IRewardPool
    function holdingOf(
        bytes32 poolId,
        bytes32 userId,
        uint32 untilCycle
    ) external view returns (uint40 units, uint32 nextCycle) {
        Settling memory settling;
        settling.poolId = poolId;
        settling.pool = _requirePool(poolId);
        settling.userId = userId;
        settling.member = _members[_memberKey(poolId, userId, _bindings[poolId][userId].account)];
        nextCycle = settling.member.nextCycle();
        if (settling.member.exists() && !_isProven(settling.pool) && !settling.pool.isClosed()) {
            // As if the pool had all the units there can be beside the user's.
            settling.pool = settling.pool.withAvailable(type(uint40).max - settling.member.units());
            nextCycle = _act(settling, untilCycle);
        }
        units = settling.member.units();
    }

    /// @inheritdoc IRewardPool
    function answerOf(bytes32 poolId, bytes32 userId, uint32 cycle, Source source) external view returns (Answer) {
        PoolWord pool = _requirePool(poolId);
        MemberWord member = _members[_memberKey(poolId, userId, _bindings[poolId][userId].account)];
        if (!member.exists()) return Answer.NONE;
        if (pool.mode() == Mode.INDICATOR) {
            (, Answer answer) = _usageAnswer(poolId, pool, userId, cycle);
            return answer;
        }
        return pool.form() == Form.BITMAP ? _bitOf(_evidenceOf(poolId), cycle, source, member.index()) : Answer.NONE;
    }

    function _open(bytes32 poolId) private view returns (Settling memory settling) {
        settling.poolId = poolId;
        settling.pool = _requireOpen(poolId);
    }

    /// @dev Settles one cycle by an answer that was proved, or says why not. The pool's word is the caller's to store.
    function _settleCycle(
        Settling memory settling,
        bytes32 userId,
        address account,
        uint32 cycle,
        Answer answer
    ) private {
        MemberWord before = _load(settling, userId, account);
        // Check: party, time, replay.
        settling.refusal = _refusalOf(settling, cycle);
        if (settling.refusal != Refusal.NONE) return;

        // Effect: grant or reclaim.
        _actOnce(settling, answer);
        if (settling.refusal == Refusal.NONE) _store(settling, before, cycle + 1);
    }

    /// @dev Settles a user's open cycles from evidence on chain, or says why not. The pool's word is the caller's to store,
    /// or to forget where the user is refused.
    function _settleOpen(Settling memory settling, bytes32 userId, address account, uint32 untilCycle) private {
        MemberWord before = _load(settling, userId, account);
        // Check: party.
        if (!before.exists()) {
            settling.refusal = Refusal.NOT_BOUND;
            return;
        }

        // Effect: grant and reclaim, cycle by cycle.
        uint32 nextCycle = _act(settling, untilCycle);
        if (settling.refusal == Refusal.NONE && nextCycle == before.nextCycle()) settling.refusal = Refusal.NOT_FINAL;
        if (settling.refusal == Refusal.NONE) _store(settling, before, nextCycle);
    }

    /// @dev Why one cycle of a user cannot be settled now.
    function _refusalOf(Settling memory settling, uint32 cycle) private view returns (Refusal) {
        if (!settling.member.exists()) return Refusal.NOT_BOUND;
        uint256 finalFrom = settling.pool.finalFrom(cycle);
        if (block.timestamp < finalFrom) return Refusal.NOT_FINAL;
        if (block.timestamp >= finalFrom + settling.pool.actionWindow()) return Refusal.WINDOW_OVER;
        uint32 nextCycle = settling.member.nextCycle();
        if (cycle < nextCycle) return Refusal.ALREADY_SETTLED;
        if (cycle > nextCycle && _openCycleBefore(settling, cycle) != cycle) return Refusal.EARLIER_CYCLE_OPEN;
        return Refusal.NONE;
    }

    /// @dev What evidence on chain makes of a user's cycles before `untilCycle`, as far as they are final.
    function _act(Settling memory settling, uint32 untilCycle) private view returns (uint32 cycle) {
        PoolWord pool = settling.pool;
        Mode mode = pool.mode();
        if (mode == Mode.INDICATOR) return _actOnUsage(settling, untilCycle);
        mapping(uint256 place => bytes32) storage evidence = _evidenceOf(settling.poolId);
        MemberWord member = settling.member;
        uint32 finalCycles = pool.finalAt(block.timestamp);
        if (untilCycle > finalCycles) untilCycle = finalCycles;
        cycle = member.nextCycle();
        uint256 available = pool.available();
        uint256 units = member.units();
        uint256 index = member.index();
        while (cycle < untilCycle) {
            Answer answer = _bitmapAnswer(evidence, mode, cycle, index);
            bool short;
            (available, units, short) = UnitMath.act(pool, available, units, answer);
            if (short) {
                settling.refusal = Refusal.POOL_EXHAUSTED;
                break;
            }
            // Below `untilCycle`.
            unchecked {
                ++cycle;
            }
        }
        settling.pool = pool.withAvailable(uint40(available));
        settling.member = member.withUnits(uint40(units));
    }

    /// @dev {_act} in mode INDICATOR.
    function _actOnUsage(Settling memory settling, uint32 untilCycle) private view returns (uint32 cycle) {
        PoolWord pool = settling.pool;
        uint32 finalCycles = pool.finalAt(block.timestamp);
        uint32 endCycle = _pools[settling.poolId].endCycle;
        if (untilCycle > finalCycles) untilCycle = finalCycles;
        if (untilCycle > endCycle) untilCycle = endCycle;
        for (cycle = settling.member.nextCycle(); cycle < untilCycle; ++cycle) {
            (bool answered, Answer answer) = _usageAnswer(settling.poolId, pool, settling.userId, cycle);
            // A total that is not there yet may still be proved within the action window; and who gives the indicator too little
            // gas, or finds it out of order, has learned nothing.
            if (!answered || (answer == Answer.NONE && block.timestamp < pool.actionUntil(cycle))) break;
            _actOnce(settling, answer);
            if (settling.refusal != Refusal.NONE) break;
        }
    }

    /// @dev One answer acts on the user taken up.
    function _actOnce(Settling memory settling, Answer answer) private pure {
        PoolWord pool = settling.pool;
        (uint256 available, uint256 units, bool short) = UnitMath.act(
            pool,
            pool.available(),
            settling.member.units(),
            answer
        );
        if (short) settling.refusal = Refusal.POOL_EXHAUSTED;
        settling.pool = pool.withAvailable(uint40(available));
        settling.member = settling.member.withUnits(uint40(units));
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
    function _openCycleBefore(Settling memory settling, uint32 cycle) private view returns (uint32 open) {
        uint32 over = settling.pool.overAt(block.timestamp);
        Mode mode = settling.pool.mode();
        open = settling.member.nextCycle();
        if (open < over) open = over;
        for (; open < cycle; ++open) {
            bool roster = mode == Mode.VERIFIER || _hasEvidence(settling.poolId, open, Source.OPERATOR);
            if (roster && (mode == Mode.ROSTER || _hasEvidence(settling.poolId, open, Source.VERIFIER))) return open;
        }
    }

    /// @dev Takes up a user: his word with all profit counted. Returns the word as it stands.
    function _load(Settling memory settling, bytes32 userId, address account) private view returns (MemberWord before) {
        settling.userId = userId;
        settling.account = account;
        settling.refusal = Refusal.NONE;
        bytes32 memberKey = _memberKey(settling.poolId, userId, account);
        settling.memberKey = memberKey;
        before = _members[memberKey];
        settling.member = before.exists() ? _accrue(settling.poolId, settling.pool, before) : before;
    }

    /// @dev Stores the user's word and logs what moved.
    function _store(Settling memory settling, MemberWord before, uint32 nextCycle) private {
        bytes32 poolId = settling.poolId;
        address account = settling.account;
        uint256 unitsBefore = before.units();
        uint256 units = settling.member.units();
        _members[settling.memberKey] = settling.member.withNextCycle(nextCycle);
        // Each difference is of the larger and the smaller.
        unchecked {
            if (units > unitsBefore) _logTransfer(poolId, address(this), account, units - unitsBefore);
            else if (units < unitsBefore) _logTransfer(poolId, account, address(this), unitsBefore - units);
        }
        emit Settled(poolId, settling.userId, nextCycle);
    }

    /// @dev Turns a refusal into its error.
    function _refuse(Settling memory settling, uint32 cycle) private view {
        bytes32 poolId = settling.poolId;
        bytes32 userId = settling.userId;
        PoolWord pool = settling.pool;
        Refusal refusal = settling.refusal;
        uint32 nextCycle = settling.member.nextCycle();
        if (refusal == Refusal.NOT_BOUND) revert RewardPoolNotBound(poolId, userId, settling.account);
        if (refusal == Refusal.POOL_EXHAUSTED) revert RewardPoolExhausted(poolId, pool.available(), pool.grant());
        if (refusal == Refusal.WINDOW_OVER) revert RewardPoolTooLate(pool.actionUntil(cycle), block.timestamp);
        if (refusal == Refusal.ALREADY_SETTLED) revert RewardPoolAlreadySettled(poolId, userId, nextCycle, cycle);
        if (refusal == Refusal.EARLIER_CYCLE_OPEN) {
            revert RewardPoolEarlierCycleOpen(poolId, userId, _openCycleBefore(settling, cycle), cycle);
        }
        if (_isProven(pool)) revert RewardPoolTooEarly(pool.finalFrom(cycle), block.timestamp);
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

    /// @dev Checks a multiproof over the users' leaves.
    function _requireMultiProof(
        bytes32 poolId,
        bytes32 root,
        uint32 cycle,
        ProvenUser[] calldata users,
        bytes32[] calldata proof,
        bool[] calldata proofFlags
    ) private pure {
        bytes32[] memory leaves = new bytes32[](users.length);
        for (uint256 i = 0; i < users.length; ++i) {
            leaves[i] = RewardHash.leaf(poolId, cycle, users[i].userId, users[i].eligible);
        }
        require(
            users.length != 0 && MerkleProofLib.verifyMultiProof(proof, root, leaves, proofFlags),
            RewardPoolWrongProof(root, users.length == 0 ? bytes32(0) : leaves[0])
        );
    }

    function _toAnswer(bool eligible) private pure returns (Answer) {
        return eligible ? Answer.YES : Answer.NO;
    }

    /// @dev The one list that a pool with proofs asks.
    function _onlySource(Settling memory settling) private pure returns (Source) {
        Mode mode = settling.pool.mode();
        if (mode > Mode.VERIFIER || settling.pool.form() != Form.ROOT) _refuseForm(settling);
        return mode == Mode.ROSTER ? Source.OPERATOR : Source.VERIFIER;
    }

    function _requireChainEvidence(Settling memory settling) private pure {
        if (_isProven(settling.pool)) _refuseForm(settling);
    }

    function _refuseForm(Settling memory settling) private pure {
        revert RewardPoolWrongForm(settling.poolId, settling.pool.mode(), settling.pool.form());
    }

    /// @dev Whether settling needs proofs.
    function _isProven(PoolWord pool) private pure returns (bool) {
        return pool.form() == Form.ROOT && pool.mode() != Mode.INDICATOR;
    }
}
