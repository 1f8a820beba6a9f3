// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token that reverts every transfer while it is paused
contract RevertingToken is ERC20 {
    bool private _paused;

    error RevertingTokenPaused(address from, address to, uint256 value);

    constructor() ERC20("Reverting Token", "REV") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    function setPaused(bool paused) external {
        _paused = paused;
    }

    /// @inheritdoc ERC20
    function _update(address from, address to, uint256 value) internal override {
        if (_paused) revert RevertingTokenPaused(from, to, value);
        super._update(from, to, value);
    }
}
