// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITokenReceiver} from "../tokens/ITokenReceiver.sol";
import {OwnerWallet} from "./OwnerWallet.sol";

/// @title A wallet that has a say in what it receives: it refuses, or calls back
contract HookWallet is OwnerWallet, ITokenReceiver {
    bool private _refuses;
    address private _target;
    bytes private _data;

    event CalledBack(bool success, bytes returned);

    error HookWalletRefuses(address from, uint256 value);

    constructor(address owner_) OwnerWallet(owner_) {}

    function setRefuses(bool refuses) external {
        _refuses = refuses;
    }

    /// @notice Sets what the wallet calls when it receives.
    function setCall(address target, bytes calldata data) external {
        _target = target;
        _data = data;
    }

    /// @inheritdoc ITokenReceiver
    function tokensReceived(address from, uint256 value) external {
        if (_refuses) revert HookWalletRefuses(from, value);
        if (_target == address(0)) return;
        (bool success, bytes memory returned) = _target.call(_data);
        emit CalledBack(success, returned);
    }

    /// @inheritdoc ITokenReceiver
    function takesTokens() external pure returns (bool) {
        return true;
    }
}
