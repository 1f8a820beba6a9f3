// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {IERC3009} from "./IERC3009.sol";
import {IPermit2} from "./IPermit2.sol";

/// @notice How an account pays a contract of the suite.
enum PaymentMethod {
    ALLOWANCE, // the account approved the contract before
    PERMIT, // EIP-2612: the signature is `r ‖ s ‖ v` for exactly the amount
    AUTHORIZATION, // ERC-3009 receiveWithAuthorization: `r ‖ s ‖ v`, valid from 0 to the deadline, nonce as the function says
    PERMIT2 // Permit2 permitTransferFrom for exactly the amount, nonce as the function says
}

/// @notice A payment's method and what the account signed for it.
struct Payment {
    PaymentMethod method;
    uint256 deadline; // Unix seconds; unused with ALLOWANCE
    bytes signature; // empty with ALLOWANCE
}

/// @title Taking exactly an amount of a token from an account
library Payments {
    using SafeERC20 for IERC20;

    /// @notice Permit2's address, the same on every chain that has it.
    IPermit2 internal constant PERMIT2 = IPermit2(0x000000000022D473030F116dDEE9F6B43aC78BA3);

    /// @notice The token's address has no code.
    error PaymentTokenWithoutCode(address token);
    /// @notice Another amount arrived than was taken: the token charges a fee or rebases, and is refused.
    error PaymentAmountMismatch(address token, uint256 expected, uint256 received);
    /// @notice The chain has no Permit2; pay by another method.
    error PaymentPermit2Missing(address permit2);

    /// @notice Takes `amount` from `account`, or reverts.
    /// @param nonce What an ERC-3009 or Permit2 signature must carry as its nonce, so that it serves for one purpose alone
    function take(IERC20 token, address account, uint256 amount, bytes32 nonce, Payment calldata payment) internal {
        if (address(token).code.length == 0) revert PaymentTokenWithoutCode(address(token));
        if (amount == 0) return;
        uint256 balanceBefore = token.balanceOf(address(this));

        PaymentMethod method = payment.method;
        if (method == PaymentMethod.AUTHORIZATION) {
            (uint8 v, bytes32 r, bytes32 s) = ECDSA.parseCalldata(payment.signature);
            IERC3009(address(token)).receiveWithAuthorization(
                account,
                address(this),
                amount,
                0,
                payment.deadline,
                nonce,
                v,
                r,
                s
            );
        } else if (method == PaymentMethod.PERMIT2) {
            _takeByPermit2(token, account, amount, nonce, payment);
        } else {
            if (method == PaymentMethod.PERMIT) _permit(token, account, amount, payment);
            token.safeTransferFrom(account, address(this), amount);
        }

        _requireReceived(token, amount, balanceBefore);
    }

    /// @notice Takes `amount` that `account` allowed, or reverts.
    function takeAllowed(IERC20 token, address account, uint256 amount) internal {
        uint256 balanceBefore = _balanceBefore(token);
        if (amount == 0) return;
        token.safeTransferFrom(account, address(this), amount);
        _requireReceived(token, amount, balanceBefore);
    }

    function _balanceBefore(IERC20 token) private view returns (uint256) {
        if (address(token).code.length == 0) revert PaymentTokenWithoutCode(address(token));
        return token.balanceOf(address(this));
    }

    function _requireReceived(IERC20 token, uint256 amount, uint256 balanceBefore) private view {
        uint256 balanceAfter = token.balanceOf(address(this));
        uint256 received = balanceAfter > balanceBefore ? balanceAfter - balanceBefore : 0;
        if (received != amount) revert PaymentAmountMismatch(address(token), amount, received);
    }

    /// @dev A permit that somebody else already submitted fails here but left its allowance; the transfer decides.
    function _permit(IERC20 token, address account, uint256 amount, Payment calldata payment) private {
        (uint8 v, bytes32 r, bytes32 s) = ECDSA.parseCalldata(payment.signature);
        // solhint-disable-next-line no-empty-blocks
        try IERC20Permit(address(token)).permit(account, address(this), amount, payment.deadline, v, r, s) {} catch {}
    }

    function _takeByPermit2(
        IERC20 token,
        address account,
        uint256 amount,
        bytes32 nonce,
        Payment calldata payment
    ) private {
        if (address(PERMIT2).code.length == 0) revert PaymentPermit2Missing(address(PERMIT2));
        PERMIT2.permitTransferFrom(
            IPermit2.PermitTransferFrom({
                permitted: IPermit2.TokenPermissions({token: address(token), amount: amount}),
                nonce: uint256(nonce),
                deadline: payment.deadline
            }),
            IPermit2.SignatureTransferDetails({to: address(this), requestedAmount: amount}),
            account,
            payment.signature
        );
    }
}
