// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token without permits whose fallback takes any call for granted
contract PhantomPermitToken is ERC20 {
    event Fallback(bytes data);

    constructor() ERC20("Phantom Permit Token", "PHA") {}

    fallback() external {
        emit Fallback(msg.data);
    }

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }
}
