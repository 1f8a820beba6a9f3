// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token that blocks accounts from sending or from receiving
contract BlockingToken is ERC20 {
    mapping(address account => bool blocked) private _blockedSenders;
    mapping(address account => bool blocked) private _blockedReceivers;

    error BlockingTokenSender(address account);
    error BlockingTokenReceiver(address account);

    constructor() ERC20("Blocking Token", "BLK") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    function setSenderBlocked(address account, bool blocked) external {
        _blockedSenders[account] = blocked;
    }

    function setReceiverBlocked(address account, bool blocked) external {
        _blockedReceivers[account] = blocked;
    }

    /// @inheritdoc ERC20
    function _update(address from, address to, uint256 value) internal override {
        if (_blockedSenders[from]) revert BlockingTokenSender(from);
        if (_blockedReceivers[to]) revert BlockingTokenReceiver(to);
        super._update(from, to, value);
    }
}
