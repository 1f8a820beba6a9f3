// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token that, while it fails, moves nothing and says so by returning false
contract FalseToken is ERC20 {
    bool private _failing;

    constructor() ERC20("False Token", "FALSE") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    function setFailing(bool failing) external {
        _failing = failing;
    }

    /// @inheritdoc ERC20
    function transfer(address to, uint256 value) public override returns (bool) {
        return !_failing && super.transfer(to, value);
    }

    /// @inheritdoc ERC20
    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        return !_failing && super.transferFrom(from, to, value);
    }
}
