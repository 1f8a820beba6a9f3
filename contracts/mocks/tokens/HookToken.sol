// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {ITokenReceiver} from "./ITokenReceiver.sol";

/// @title A token that tells receivers with code what they receive, in the manner of ERC-777, and reverts when they do
contract HookToken is ERC20 {
    constructor() ERC20("Hook Token", "HOOK") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    /// @inheritdoc ERC20
    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (to.code.length == 0) return;
        // A receiver without the hook is told nothing; one that has it decides.
        try ITokenReceiver(to).takesTokens() returns (bool takes) {
            if (takes) ITokenReceiver(to).tokensReceived(from, value);
        } catch {
            return;
        }
    }
}
