// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ReenteringToken} from "../../contracts/mocks/tokens/ReenteringToken.sol";
import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {RewardPapers} from "../helpers/RewardPapers.sol";

/// @notice What is deposited, owed and paid.
contract ProfitsTest is RewardPapers {
    uint128 private constant HALF = 5e4; // half a base unit for each unit

    /// @notice What the division leaves counts in the next report, and nobody is paid of nothing.
    function test_reportProfit_carry() public {
        _do(_reportProfit(_rosterBits, 0, PROFIT));
        vm.assertEq(_pool.poolOf(_rosterBits).carry, 0, "no unit is out, and nothing is carried");
        _grant(3);
        _do(_reportProfit(_rosterBits, 1, HALF));
        vm.assertEq(_pool.poolOf(_rosterBits).carry, 5e17, "half a base unit");
        vm.assertEq(_pool.poolOf(_rosterBits).deposited, 0, "nothing deposited");
        vm.expectEmit();
        emit IRewardPool.ProfitReported(_rosterBits, 2, HALF, 1, 2 * GRANT, 2 * GRANT, "accounts");
        _do(_reportProfit(_rosterBits, 2, HALF));
        vm.assertEq(_pool.poolOf(_rosterBits).carry, 0, "both halves were paid");
        vm.assertEq(_pool.poolOf(_rosterBits).deposited, 2 * GRANT, "deposited");
        vm.assertEq(IERC20(_token).balanceOf(address(_pool)), 2 * GRANT, "held");
        vm.assertEq(_pool.perUnitOf(_rosterBits, 0), 0, "before the first");
        vm.assertEq(_pool.perUnitOf(_rosterBits, 2), 0, "before the third");
        vm.assertEq(_pool.perUnitOf(_rosterBits, 3), 1, "all");
    }

    /// @notice Everything reported since a user's word was written is counted, be it one report or several.
    function test_claim() public {
        _grant(3);
        for (uint32 i = 0; i < 3; ++i) _do(_reportProfit(_rosterBits, i, 2 * HALF * (i + 1)));
        vm.assertEq(_owed(0), 6 * GRANT, "three reports");
        vm.expectEmit();
        emit IRewardPool.Claimed(_rosterBits, _userId(0), _user(0).account, ANYBODY, 6 * GRANT);
        _do(_claim(_rosterBits, 0));
        vm.assertEq(IERC20(_token).balanceOf(_user(0).account), 6 * GRANT, "paid");
        vm.assertEq(_owed(0), 0, "nothing more");
        _do(_reportProfit(_rosterBits, 3, 2 * HALF));
        vm.assertEq(_owed(0), GRANT, "one report since");
        _do(_reportProfit(_rosterBits, 4, 2 * HALF));
        vm.assertEq(_owed(0), 2 * GRANT, "two reports since");
        _do(_claim(_rosterBits, 0));
        _do(_claim(_rosterBits, 1));
        vm.assertEq(IERC20(_token).balanceOf(_user(1).account), 8 * GRANT, "the other at once");
        vm.assertEq(IERC20(_token).balanceOf(address(_pool)), 0, "all was owed, and is paid");
    }

    /// @notice A report goes by the units as they stand, and what was earned stays when they are taken back.
    function test_claim_afterReclaim() public {
        _grant(1);
        _do(_reportProfit(_rosterBits, 0, 2 * HALF));
        _do(_publishBits(_rosterBits, 1, 2));
        _do(_settle(_rosterBits, 0, 2));
        _do(_reportProfit(_rosterBits, 1, 2 * HALF));
        vm.assertEq(_unitsOf(_rosterBits, 0), 0, "taken back");
        vm.assertEq(_owed(0), GRANT, "earned before");
        vm.assertEq(_owed(1), 0, "never held any");
    }

    /// @notice A closed pool pays what it owes.
    function test_claim_closed() public {
        _grant(1);
        _do(_reportProfit(_rosterBits, 0, 2 * HALF));
        _do(_announceEnd(_rosterBits));
        _do(_closePool(_rosterBits));
        _do(_claim(_rosterBits, 0));
        vm.assertEq(IERC20(_token).balanceOf(_user(0).account), GRANT, "paid");
    }

    /// @notice A token that calls back in the middle of a payment is not paid twice.
    function test_claim_reentered() public {
        ReenteringToken token = new ReenteringToken();
        token.mint(OPERATOR, PROFIT);
        IRewardPool.PoolConfig memory config = _config(IRewardPool.Mode.ROSTER, IRewardPool.Form.BITMAP);
        config.profitToken = address(token);
        bytes32 poolId = _createBound("reentered", config);
        vm.prank(OPERATOR);
        token.approve(address(_pool), type(uint256).max);
        _do(_publishBits(poolId, 0, 3));
        _do(_settleBatch(poolId, _users(0, 2), 1));
        _do(_reportIn(address(token), poolId, 0, 2 * HALF));

        token.setCall(address(_pool), _claim(poolId, 1).data);
        vm.expectEmit();
        emit ReenteringToken.Reentered(false, abi.encodeWithSignature("ReentrancyGuardReentrantCall()"));
        _do(_claim(poolId, 0));
        vm.assertEq(token.balanceOf(_user(0).account), GRANT, "paid once");
        vm.assertEq(token.balanceOf(_user(1).account), 0, "nobody else");
    }

    /// @dev A grant of cycle 0 to each of `yes` that is user 0 or 1.
    function _grant(uint256 yes) private {
        _do(_publishBits(_rosterBits, 0, yes));
        _do(_settleBatch(_rosterBits, _users(0, 2), 1));
    }

    function _owed(uint256 user) private view returns (uint256) {
        return _pool.memberOf(_rosterBits, _userId(user)).owed;
    }
}
