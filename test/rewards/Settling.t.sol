// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";

import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {Call} from "../helpers/Failures.sol";
import {RewardPapers} from "../helpers/RewardPapers.sol";

/// @notice What settling moves, in each mode and form.
contract SettlingTest is RewardPapers {
    IRewardPool.Form private constant ROOT = IRewardPool.Form.ROOT;
    IRewardPool.Form private constant BITMAP = IRewardPool.Form.BITMAP;

    // ── Bitmaps ──

    /// @notice A grant, a cycle without evidence, a reclaim, all at once.
    function test_settle() public {
        _do(_publishBits(_rosterBits, 0, 1));
        _do(_publishBits(_rosterBits, 2, 2));
        address account = _user(0).account;

        vm.expectEmit();
        emit IERC1155.TransferSingle(ANYBODY, address(_pool), account, uint256(_rosterBits), GRANT);
        vm.expectEmit();
        emit IRewardPool.Settled(_rosterBits, _userId(0), 2);
        _do(_settle(_rosterBits, 0, 2));
        _holds(_rosterBits, 0, GRANT, 2);
        vm.expectEmit();
        emit IERC1155.TransferSingle(ANYBODY, account, address(_pool), uint256(_rosterBits), GRANT);
        _do(_settle(_rosterBits, 0, 3));
        _holds(_rosterBits, 0, 0, 3);
        _do(_settle(_rosterBits, 1, 3));
        _holds(_rosterBits, 1, GRANT, 3);
        vm.assertEq(_pool.poolOf(_rosterBits).availableUnits, TOTAL - GRANT, "what the pool has");
    }

    /// @notice No cycle is taken before it is final, whatever is asked.
    function test_settle_untilLater() public {
        _do(_publishBits(_rosterBits, 0, 1));
        _do(_publishBits(_rosterBits, 1, 1));
        _do(_at(_settle(_rosterBits, 0, 9), _finalFrom(1) - 1));
        _holds(_rosterBits, 0, GRANT, 1);
    }

    function test_settle_verdict() public {
        _do(_judgeBits(_verdictBits, 0, 1, 1));
        _do(_settle(_verdictBits, 0, 1));
        _do(_settle(_verdictBits, 1, 1));
        _holds(_verdictBits, 0, GRANT, 1);
        _holds(_verdictBits, 1, 0, 1);
    }

    /// @notice Each pair of what roster and verdict say, after all have a grant.
    function test_settle_both() public {
        _do(_publishBits(_bothBits, 0, 15));
        _do(_judgeBits(_bothBits, 0, 15, 1));
        _do(_publishBits(_bothBits, 1, 0));
        _do(_judgeBits(_bothBits, 2, 0, 1));
        _do(_publishBits(_bothBits, 3, 3));
        _do(_judgeBits(_bothBits, 3, 5, 1));

        _do(_settleBatch(_bothBits, _users(0, USERS), 3));
        for (uint256 i = 0; i < USERS; ++i) _holds(_bothBits, i, GRANT, 3);
        _do(_settleBatch(_bothBits, _users(0, USERS), 4));
        _holds(_bothBits, 0, 2 * GRANT, 4); // yes, yes
        _holds(_bothBits, 1, 0, 4); // yes, no
        _holds(_bothBits, 2, GRANT, 4); // no, yes
        _holds(_bothBits, 3, 0, 4); // no, no
    }

    function test_settle_maxUnits() public {
        IRewardPool.PoolConfig memory config = _config(IRewardPool.Mode.ROSTER, BITMAP);
        config.maxUnits = 2 * GRANT;
        bytes32 poolId = _createBound("limited", config);
        for (uint32 i = 0; i < 3; ++i) _do(_publishBits(poolId, i, 1));
        _do(_settle(poolId, 0, 3));
        _holds(poolId, 0, 2 * GRANT, 3);
    }

    /// @notice Who is refused leaves no trace in what the next one finds.
    function test_settleBatch() public {
        IRewardPool.PoolConfig memory config = _config(IRewardPool.Mode.ROSTER, BITMAP);
        config.totalUnits = 3 * uint40(GRANT);
        bytes32 poolId = _createBound("small", config);
        _do(_publishBits(poolId, 0, 3));
        _do(_publishBits(poolId, 1, 7));

        _leftOut(poolId, 1, IRewardPool.Refusal.POOL_EXHAUSTED);
        _leftOut(poolId, USERS, IRewardPool.Refusal.NOT_BOUND);
        _do(_settleBatch(poolId, _users(0, USERS + 1), 2));
        _holds(poolId, 0, 2 * GRANT, 2);
        _holds(poolId, 1, 0, 0);
        _holds(poolId, 2, GRANT, 2);
        _holds(poolId, 3, 0, 2);
        vm.assertEq(_pool.poolOf(poolId).availableUnits, 0, "all are out");

        for (uint256 i = 0; i < 2; ++i) {
            _leftOut(poolId, 2 * i, IRewardPool.Refusal.NOT_FINAL);
            _leftOut(poolId, 2 * i + 1, i == 0 ? IRewardPool.Refusal.POOL_EXHAUSTED : IRewardPool.Refusal.NOT_FINAL);
        }
        _do(_settleBatch(poolId, _users(0, USERS), 2));
    }

    // ── Roots ──

    function test_settleWithProof() public {
        _do(_publishRoot(_roster, 0, 3));
        _do(_publishRoot(_roster, 1, 1));
        for (uint32 cycle = 0; cycle < 2; ++cycle) {
            for (uint256 i = 0; i < USERS; ++i) _do(_prove(_roster, i, cycle, cycle == 0 ? 3 : 1));
        }
        _holds(_roster, 0, 2 * GRANT, 2);
        _holds(_roster, 1, 0, 2);
        _holds(_roster, 2, 0, 2);
        _holds(_roster, 3, 0, 2);
    }

    /// @notice A cycle that nobody settled in time is passed over; so is one without evidence.
    function test_settleWithProof_passedOver() public {
        _do(_judgeRoot(_verdict, 0, 1, 1));
        _do(_judgeRoot(_verdict, 2, 1, 1));
        _do(_at(_prove(_verdict, 0, 2, 1), _actionUntil(0)));
        _holds(_verdict, 0, GRANT, 3);
    }

    /// @notice In mode BOTH a cycle with one list can not act, and stands in nobody's way.
    function test_settleWithProofs() public {
        _do(_publishRoot(_both, 0, 15));
        _do(_judgeRoot(_both, 0, 15, 1));
        IRewardPool.Roster memory none = _rootRoster("nobody", 0);
        none.noneEligible = true;
        _do(_publish(_both, 1, none, new bytes32[](0)));
        _do(_publishRoot(_both, 2, 3));
        _do(_judgeRoot(_both, 2, 5, 1));

        for (uint256 i = 0; i < USERS; ++i) _do(_proveBoth(_both, i, 0, 15, 15));
        for (uint256 i = 0; i < USERS; ++i) _do(_proveBoth(_both, i, 2, 3, 5));
        _holds(_both, 0, 2 * GRANT, 3); // yes, yes
        _holds(_both, 1, 0, 3); // yes, no
        _holds(_both, 2, GRANT, 3); // no, yes
        _holds(_both, 3, 0, 3); // no, no
    }

    function test_settleBatchWithProof() public {
        _do(_publishRoot(_roster, 0, 5));
        _do(_proveAll(_roster, 0, 5));
        for (uint256 i = 0; i < USERS; ++i) _holds(_roster, i, i % 2 == 0 ? GRANT : 0, 1);
    }

    /// @notice Each refusal of a batch by proof.
    function test_settleBatchWithProof_refusals() public {
        IRewardPool.PoolConfig memory config = _config();
        config.totalUnits = 2 * uint40(GRANT);
        bytes32 poolId = _createBound("small", config);
        _do(_publishRoot(poolId, 0, 7));
        _do(_publishRoot(poolId, 1, 7));
        Call memory first = _proveAll(poolId, 0, 7);

        for (uint256 i = 0; i < USERS; ++i) _leftOut(poolId, i, IRewardPool.Refusal.NOT_FINAL);
        _do(_at(first, first.time - 1));
        for (uint256 i = 0; i < USERS; ++i) _leftOut(poolId, i, IRewardPool.Refusal.EARLIER_CYCLE_OPEN);
        _do(_proveAll(poolId, 1, 7));
        _leftOut(poolId, 2, IRewardPool.Refusal.POOL_EXHAUSTED);
        _do(first);
        for (uint256 i = 0; i < 2; ++i) _leftOut(poolId, i, IRewardPool.Refusal.ALREADY_SETTLED);
        _leftOut(poolId, 2, IRewardPool.Refusal.POOL_EXHAUSTED);
        _leftOut(poolId, 3, IRewardPool.Refusal.ALREADY_SETTLED);
        _do(first);
        for (uint256 i = 0; i < USERS; ++i) _leftOut(poolId, i, IRewardPool.Refusal.WINDOW_OVER);
        _do(_at(first, _actionUntil(0)));
        for (uint256 i = 0; i < USERS; ++i) _holds(poolId, i, i < 2 ? GRANT : 0, i == 2 ? 0 : 1);
    }

    function test_settleBatchWithProof_notBound() public {
        _do(_publishRoot(_roster, 0, 15));
        IRewardPool.ProvenUser[] memory users = _provenUsers(15);
        users[1].account = _user(0).account;
        bool[] memory flags = new bool[](3);
        (flags[0], flags[1], flags[2]) = (true, true, true);
        vm.expectEmit();
        emit IRewardPool.NotSettled(_roster, _userId(1), IRewardPool.Refusal.NOT_BOUND);
        _do(_proveBatch(_roster, 0, users, new bytes32[](0), flags));
        for (uint256 i = 0; i < USERS; ++i) _holds(_roster, i, i == 1 ? 0 : GRANT, i == 1 ? 0 : 1);
    }

    /// @notice The lists agree on users 0, 2 and 3; user 1 goes by himself.
    function test_settleBatchWithProofs() public {
        _do(_publishRoot(_both, 0, 15));
        _do(_judgeRoot(_both, 0, 15, 1));
        _do(_proveAgreed(_both, 0, 15, 15));
        _do(_publishRoot(_both, 1, 3));
        _do(_judgeRoot(_both, 1, 1, 1));

        _do(_proveAgreed(_both, 1, 3, 1));
        _holds(_both, 0, 2 * GRANT, 2);
        _holds(_both, 1, GRANT, 1);
        _holds(_both, 2, 0, 2);
        _holds(_both, 3, 0, 2);
        _do(_proveBoth(_both, 1, 1, 3, 1));
        _holds(_both, 1, 0, 2);
    }

    function test_settleBatchWithProofs_refusals() public {
        _do(_publishRoot(_both, 0, 3));
        _do(_judgeRoot(_both, 0, 1, 1));
        Call memory batch = _proveAgreed(_both, 0, 3, 1);
        _do(_proveBoth(_both, 2, 0, 3, 1));
        _leftOut(_both, 2, IRewardPool.Refusal.ALREADY_SETTLED);
        _do(batch);
        _holds(_both, 0, GRANT, 1);
        _holds(_both, 3, 0, 1);
    }

    // ── Totals ──

    function test_settle_indicator() public {
        _do(_settle(_usage, 0, 1));
        _holds(_usage, 0, GRANT, 1);
        _indicator.tell(abi.encode(true, THRESHOLD - 1));
        _do(_settle(_usage, 0, 2));
        _holds(_usage, 0, 0, 2);
    }

    /// @notice A total that is not known is none: the cycle waits until its action window is over, and then moves nothing.
    function test_settle_indicator_knowsNothing() public {
        _indicator.tell(abi.encode(true, THRESHOLD));
        _do(_at(_settle(_usage, 0, 1), _actionUntil(1) - 1));
        _indicator.tell(abi.encode(false, THRESHOLD));
        _leftOut(_usage, 0, IRewardPool.Refusal.NOT_FINAL);
        _do(_at(_settleBatch(_usage, _users(0, 1), 9), _actionUntil(1) - 1));
        _do(_at(_settle(_usage, 0, 9), _actionUntil(1)));
        _holds(_usage, 0, GRANT, 2);
    }

    /// @notice What is not an answer is nothing at all: the cycle waits, also when its action window is over.
    function test_settle_indicator_saysNothing() public {
        bytes[3] memory answers = [bytes(""), abi.encode(true), abi.encode(uint256(2), THRESHOLD)];
        for (uint256 i = 0; i < answers.length; ++i) {
            _indicator.tell(abi.encode(true, THRESHOLD));
            _do(_at(_settle(_usage, i, 1), _actionUntil(1) - 1));
            _indicator.tell(answers[i]);
            _leftOut(_usage, i, IRewardPool.Refusal.NOT_FINAL);
            _do(_at(_settleBatch(_usage, _users(i, 1), 9), _actionUntil(1)));
            _holds(_usage, i, GRANT, 1);
            vm.assertTrue(
                _pool.answerOf(_usage, _userId(i), 1, IRewardPool.Source.OPERATOR) == IRewardPool.Answer.NONE,
                "answerOf"
            );
        }
    }

    /// @notice There are totals after the end too, but no cycles.
    function test_settle_indicator_ended() public {
        _do(_announceEnd(_usage));
        _do(_at(_settle(_usage, 0, 9), _finalFrom(3)));
        _holds(_usage, 0, GRANT, 1);
    }

    // ── What will be held ──

    function test_holdingOf() public {
        _do(_publishBits(_rosterBits, 0, 1));
        _do(_publishBits(_rosterBits, 1, 1));
        _do(_settle(_rosterBits, 0, 1));
        vm.warp(_finalFrom(1));
        _willHold(_rosterBits, 0, 9, 2 * GRANT, 2);
        _willHold(_rosterBits, 0, 1, GRANT, 1);
        _willHold(_rosterBits, 1, 9, 0, 2);
        _willHold(_rosterBits, USERS, 9, 0, 0);
        _willHold(_usage, 0, 1, GRANT, 1);
        _do(_publishRoot(_roster, 0, 1));
        _do(_prove(_roster, 0, 0, 1));
        _willHold(_roster, 0, 9, GRANT, 1);
    }

    /// @notice In a closed pool nothing settles any more.
    function test_holdingOf_closed() public {
        _do(_publishBits(_rosterBits, 0, 1));
        _do(_announceEnd(_rosterBits));
        _do(_reportProfit(_rosterBits, 0, PROFIT));
        vm.warp(_actionUntil(0));
        _willHold(_rosterBits, 0, 1, GRANT, 1);
        _do(_closePool(_rosterBits));
        _willHold(_rosterBits, 0, 1, 0, 0);
    }

    // ── Parts ──

    function _leftOut(bytes32 poolId, uint256 user, IRewardPool.Refusal refusal) private {
        vm.expectEmit();
        emit IRewardPool.NotSettled(poolId, _userId(user), refusal);
    }

    function _holds(bytes32 poolId, uint256 user, uint256 units, uint256 nextCycle) private view {
        IRewardPool.Member memory member = _pool.memberOf(poolId, _userId(user));
        vm.assertEq(member.units, units, "units");
        vm.assertEq(member.nextCycle, nextCycle, "nextCycle");
    }

    function _willHold(bytes32 poolId, uint256 user, uint32 untilCycle, uint256 units, uint256 nextCycle) private view {
        (uint40 actual, uint32 next) = _pool.holdingOf(poolId, _userId(user), untilCycle);
        vm.assertEq(actual, units, "will hold");
        vm.assertEq(next, nextCycle, "will be settled until");
    }
}
