// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token that calls anything in the middle of a transfer
/// @dev It goes on whatever came of its call, and remembers the outcome, so that a test sees it from outside.
contract ReenteringToken is ERC20 {
    address private _target;
    bytes private _data;

    event Reentered(bool success, bytes returned);

    constructor() ERC20("Reentering Token", "REE") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    /// @notice Sets what the next transfer calls. It calls once.
    function setCall(address target, bytes calldata data) external {
        _target = target;
        _data = data;
    }

    /// @inheritdoc ERC20
    function _update(address from, address to, uint256 value) internal override {
        address target = _target;
        if (target != address(0)) {
            _target = address(0);
            (bool success, bytes memory returned) = target.call(_data);
            emit Reentered(success, returned);
        }
        super._update(from, to, value);
    }
}
