// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {FalseToken} from "../../contracts/mocks/tokens/FalseToken.sol";
import {RebasingToken} from "../../contracts/mocks/tokens/RebasingToken.sol";
import {RevertingToken} from "../../contracts/mocks/tokens/RevertingToken.sol";
import {StandardToken} from "../../contracts/mocks/tokens/StandardToken.sol";
import {Payments} from "../../contracts/utils/Payments.sol";
import {Deployed} from "../helpers/Deployed.sol";
import {Call} from "../helpers/Failures.sol";
import {DealPapers} from "./DealPapers.sol";

/// @notice Calls what it was told in the middle of a transfer, and fails with it.
contract InsistingToken is StandardToken {
    address private _target;
    bytes private _data;

    function setCall(address target, bytes calldata data) external {
        (_target, _data) = (target, data);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (_target != address(0)) Address.functionCall(_target, _data);
        super._update(from, to, value);
    }
}

/// @notice The table of tokens that misbehave: on each way in, and on each way out.
contract TokenFailuresTest is DealPapers {
    uint256 private constant WAYS_IN = 5;
    uint256 private constant WAYS_OUT = 7;

    /// @dev A fee is noticed wherever money comes in.
    function test_fee() public {
        address token = _known(Deployed.create("FeeToken.sol:FeeToken", ""));
        for (uint256 way = 0; way < WAYS_IN; ++way) {
            (Call memory honest, ) = _wayIn(way, _token);
            (Call memory faulty, uint256 amount) = _wayIn(way, token);
            _row("a token that takes a fee", honest, faulty, _mismatch(token, amount, amount - amount / 100 - 1));
        }
    }

    /// @dev A balance that shrinks while it is paid, down to less than there was before.
    function test_rebase() public {
        address token = _known(Deployed.create("RebasingToken.sol:RebasingToken", ""));
        IReferralDeals.Sale memory sale = _newSale(token);
        sale.salt = "before";
        _do(_paySale(sale));
        for (uint256 way = 0; way < WAYS_IN; ++way) {
            (Call memory honest, uint256 amount) = _wayIn(way, token);
            _rowAfter(
                "the token shrinks",
                honest,
                _tell(token, abi.encodeCall(RebasingToken.setIndexAfterTransfer, (1))),
                _mismatch(token, amount, 0)
            );
        }
    }

    function test_false() public {
        address token = _known(Deployed.create("FalseToken.sol:FalseToken", ""));
        bytes memory refusal = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, token);
        Call memory fail = _tell(token, abi.encodeCall(FalseToken.setFailing, (true)));
        for (uint256 way = 0; way < WAYS_IN; ++way) {
            (Call memory honest, ) = _wayIn(way, token);
            _rowAfter("the token says that it fails, on the way in", honest, fail, refusal);
        }
        for (uint256 way = 0; way < WAYS_OUT; ++way) {
            uint256 state = vm.snapshotState();
            _rowAfter("the token says that it fails, on the way out", _wayOut(way, token), fail, refusal);
            vm.revertToState(state);
        }
    }

    /// @dev The token's own words come through.
    function test_paused() public {
        address token = _known(Deployed.create("RevertingToken.sol:RevertingToken", ""));
        Call memory pause = _tell(token, abi.encodeCall(RevertingToken.setPaused, (true)));
        _rowAfter(
            "the token is paused, on the way in",
            _paySale(_newSale(token)),
            pause,
            _paused(_customer, address(_deals), AMOUNT)
        );
        _rowAfter(
            "the token is paused, on the way out",
            _wayOut(0, token),
            pause,
            _paused(address(_deals), _customer, AMOUNT)
        );
    }

    /// @dev Whatever moves money can be called from nowhere inside itself.
    function test_reentrancy() public {
        address token = _known(Deployed.create("TokenFailures.t.sol:InsistingToken", ""));
        bytes memory refusal = abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        Call memory honest = _paySale(_newSale(token));
        for (uint256 way = 0; way < WAYS_IN; ++way) {
            (Call memory inner, ) = _wayIn(way, _token);
            _rowAfter("the token calls back, to pay in", honest, _insist(token, inner), refusal);
        }
        for (uint256 way = 0; way < WAYS_OUT; ++way) {
            uint256 state = vm.snapshotState();
            Call memory inner = _wayOut(way, _token);
            _rowAfter("the token calls back, to be paid", honest, _insist(token, inner), refusal);
            vm.revertToState(state);
        }
        for (uint256 way = 0; way < WAYS_OUT; ++way) {
            uint256 state = vm.snapshotState();
            honest = _wayOut(way, token);
            _rowAfter("the token calls back, on the way out", honest, _insist(token, honest), refusal);
            vm.revertToState(state);
        }
    }

    // ── The ways ──

    /// @dev Each call that takes money, and how much.
    function _wayIn(uint256 way, address token) private view returns (Call memory, uint256 amount) {
        Papers memory p = _papersOf(_offer(token));
        if (way == 0) return (_paySale(_newSale(token)), AMOUNT);
        if (way == 1) return (_openOffer(p), 3 * REBATE);
        if (way == 2) return (_settle(p), PRICE);
        if (way == 3) return (_settleWithEvidence(p), PRICE);
        return (_lodge(p), PRICE);
    }

    /// @dev Each call that pays, after what must come before it.
    function _wayOut(uint256 way, address token) private returns (Call memory) {
        Papers memory p = _papersOf(_offer(token));
        if (way < 2) {
            _do(_paySale(_newSale(token)));
            return way == 0 ? _refundSale(_newSale(token)) : _releaseSale(_newSale(token));
        }
        if (way == 2) {
            _do(_openOffer(p));
            return _reclaimBond(p);
        }
        if (way == 3) {
            _do(_settle(p));
            return _payRebate(p);
        }
        if (way == 4) {
            _do(_openOffer(p));
            _do(_settleWithEvidence(p));
            return _payBondedRebate(p);
        }
        _do(_lodge(p));
        return way == 5 ? _countersign(p) : _refundLodged(p);
    }

    /// @dev The parties hold the token, and the base sale in it is recorded.
    function _known(address token) private returns (address) {
        _fund(token);
        _do(_recordSale(_baseSale(token)));
        return token;
    }

    function _tell(address token, bytes memory data) private pure returns (Call memory) {
        return Call(token, ANYBODY, NOW, ALL_GAS, data, false);
    }

    function _insist(address token, Call memory inner) private pure returns (Call memory) {
        return _tell(token, abi.encodeCall(InsistingToken.setCall, (inner.target, inner.data)));
    }

    function _mismatch(address token, uint256 expected, uint256 received) private pure returns (bytes memory) {
        return abi.encodeWithSelector(Payments.PaymentAmountMismatch.selector, token, expected, received);
    }

    function _paused(address from, address to, uint256 value) private pure returns (bytes memory) {
        return abi.encodeWithSelector(RevertingToken.RevertingTokenPaused.selector, from, to, value);
    }
}
