// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @notice How an account pays a contract of the suite.
enum PaymentMethod {
    ALLOWANCE, // the account approved the contract before
    PERMIT, // EIP-2612: `signature` is `r ‖ s ‖ v` for exactly the amount
    AUTHORIZATION, // ERC-3009 receiveWithAuthorization, valid from 0 to `deadline`, nonce as the function says
    PERMIT2 // Permit2 permitTransferFrom for exactly the amount, nonce as the function says
}

/// @notice A payment's method and what the account signed for it.
struct Payment {
    PaymentMethod method;
    uint256 deadline; // Unix seconds; unused with ALLOWANCE
    bytes signature; // empty with ALLOWANCE
}
