// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {FalseToken} from "../../contracts/mocks/tokens/FalseToken.sol";
import {FeeToken} from "../../contracts/mocks/tokens/FeeToken.sol";
import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {Payments} from "../../contracts/utils/Payments.sol";
import {Call} from "../helpers/Failures.sol";
import {RewardPapers} from "../helpers/RewardPapers.sol";

/// @notice The table of failures of profit: reporting it, and claiming it.
contract ProfitFailuresTest is RewardPapers {
    /// @dev User 0 holds a grant from the first cycle on.
    constructor() {
        _grant(_rosterBits);
    }

    function test_reportProfit() public {
        Call memory honest = _reportProfit(_rosterBits, 0, PROFIT);

        bytes memory expected = abi.encodeWithSelector(IRewardPool.RewardPoolNotOperator.selector, OPERATOR, ANYBODY);
        _row("by another", honest, _by(honest, ANYBODY), expected);
        expected = abi.encodeWithSelector(IRewardPool.RewardPoolTooEarly.selector, _endOf(0), _endOf(0) - 1);
        _row("the cycle runs", honest, _at(honest, _endOf(0) - 1), expected);
        expected = abi.encodeWithSelector(IRewardPool.RewardPoolWrongToken.selector, _token, ANYBODY);
        _row("another token", honest, _reportIn(ANYBODY, _rosterBits, 0, PROFIT), expected);
        _rowAfter("it was reported", honest, honest, _outOfOrder(1, 0));
        honest = _at(honest, _endOf(1));
        _row("the one before was not", honest, _reportProfit(_rosterBits, 1, PROFIT), _outOfOrder(0, 1));
    }

    function test_reportProfit_ended() public {
        _do(_reportProfit(_rosterBits, 0, PROFIT));
        Call memory honest = _reportProfit(_rosterBits, 1, PROFIT);
        bytes memory expected = abi.encodeWithSelector(IRewardPool.RewardPoolEnded.selector, _rosterBits, 1, 1);
        _rowAfter("there is no such cycle", honest, _announceEnd(_rosterBits), expected);
    }

    /// @notice With all units at one user, who has the whole profit.
    function test_reportProfit_tooLarge() public {
        IRewardPool.PoolConfig memory config = _config(IRewardPool.Mode.ROSTER, IRewardPool.Form.BITMAP);
        config.totalUnits = GRANT;
        config.share = 1e17;
        bytes32 poolId = _createBound("whole", config);
        _grant(poolId);

        uint128 most = 2 ** 120 - (2 ** 120 % 10);
        bytes memory expected = abi.encodeWithSelector(
            IRewardPool.RewardPoolProfitTooLarge.selector,
            type(uint120).max,
            most + 10
        );
        Call memory honest = _reportProfit(poolId, 0, most + 9);
        _row("more than is counted", honest, _reportProfit(poolId, 0, most + 10), expected);
        _do(_reportProfit(poolId, 0, most));
        honest = _reportProfit(poolId, 1, 9);
        _row("more than is counted, together", honest, _reportProfit(poolId, 1, 10), expected);
    }

    /// @notice The token's word alone is not enough.
    function test_reportProfit_token() public {
        Call memory honest = _reportProfit(_rosterBits, 0, PROFIT);
        FeeToken fee = new FeeToken();
        fee.mint(OPERATOR, PROFIT);
        bytes32 poolId = _poolIn(address(fee));
        uint256 deposit = ((uint256(PROFIT) * SHARE) / 1e18) * GRANT;
        bytes memory expected = abi.encodeWithSelector(
            Payments.PaymentAmountMismatch.selector,
            fee,
            deposit,
            deposit - deposit / 100 - 1
        );
        _row("a fee", honest, _reportIn(address(fee), poolId, 0, PROFIT), expected);

        FalseToken lies = new FalseToken();
        poolId = _poolIn(address(lies));
        lies.setFailing(true);
        expected = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, lies);
        _row("a no", honest, _reportIn(address(lies), poolId, 0, PROFIT), expected);

        // As a token would leave that destroys itself in the transaction that made it and the pool.
        vm.etch(address(lies), "");
        expected = abi.encodeWithSelector(Payments.PaymentTokenWithoutCode.selector, lies);
        _row("gone", honest, _reportIn(address(lies), poolId, 0, PROFIT), expected);
    }

    function test_claim() public {
        _do(_reportProfit(_rosterBits, 0, PROFIT));
        Call memory honest = _claim(_rosterBits, 0);

        bytes memory expected = abi.encodeWithSelector(IRewardPool.RewardPoolUnknown.selector, NOWHERE);
        _row("no such pool", honest, _of(honest, NOWHERE), expected);
        expected = abi.encodeWithSelector(
            IRewardPool.RewardPoolNotBound.selector,
            _rosterBits,
            _userId(USERS),
            address(0)
        );
        _row("nobody is bound", honest, _claim(_rosterBits, USERS), expected);
        _row("a user without units", honest, _claim(_rosterBits, 1), _nothingOwed(1));
        _rowAfter("it was claimed", honest, honest, _nothingOwed(0));
    }

    // ── Parts ──

    /// @dev A pool that pays in `token`, which the operator allows it.
    function _poolIn(address token) private returns (bytes32 poolId) {
        IRewardPool.PoolConfig memory config = _config(IRewardPool.Mode.ROSTER, IRewardPool.Form.BITMAP);
        config.profitToken = token;
        poolId = _createBound(bytes20(token), config);
        vm.prank(OPERATOR);
        IERC20(token).approve(address(_pool), type(uint256).max);
        _grant(poolId);
    }

    function _grant(bytes32 poolId) private {
        _do(_publishBits(poolId, 0, 1));
        _do(_settle(poolId, 0, 1));
    }

    // ── Refusals ──

    function _outOfOrder(uint32 expected, uint32 actual) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolReportOutOfOrder.selector, expected, actual);
    }

    function _nothingOwed(uint256 user) private view returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolNothingOwed.selector, _rosterBits, _userId(user));
    }
}
