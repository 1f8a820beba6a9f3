// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What {HookToken} asks of a receiver
interface ITokenReceiver {
    function takesTokens() external view returns (bool);

    function tokensReceived(address from, uint256 value) external;
}
