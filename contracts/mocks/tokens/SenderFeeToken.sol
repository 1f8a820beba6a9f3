// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token that takes one percent more from the sender than the receiver has
/// @dev Nothing is amiss on the way in; on the way out it takes from what its holder keeps for others.
contract SenderFeeToken is ERC20 {
    constructor() ERC20("Sender Fee Token", "SFEE") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    /// @inheritdoc ERC20
    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (from != address(0) && to != address(0)) super._update(from, address(0), value / 100 + 1);
    }
}
