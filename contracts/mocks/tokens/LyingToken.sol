// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token that says of each transfer that it moved, and of each balance what it was told to say
contract LyingToken is ERC20 {
    mapping(address account => uint256 amount) private _claimed;

    /// @notice What a transfer to an account adds to the balance it claims, in percent of what it should add.
    uint256 private _percent = 100;

    constructor() ERC20("Lying Token", "LIE") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    function setPercent(uint256 percent) external {
        _percent = percent;
    }

    /// @inheritdoc ERC20
    function balanceOf(address account) public view override returns (uint256) {
        return super.balanceOf(account) + _claimed[account];
    }

    /// @inheritdoc ERC20
    function transfer(address to, uint256 value) public override returns (bool) {
        _claimed[to] += (value * _percent) / 100;
        return true;
    }

    /// @inheritdoc ERC20
    function transferFrom(address, address to, uint256 value) public override returns (bool) {
        _claimed[to] += (value * _percent) / 100;
        return true;
    }
}
