// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title A well-behaved token with EIP-2612 permits, free to mint
contract StandardToken is ERC20, ERC20Permit {
    constructor() ERC20("Standard Token", "STD") ERC20Permit("Standard Token") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }
}
