// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token whose balances change by themselves
/// @dev Balances are shares times an index. The index changes at once, or in the middle of the next transfer.
contract RebasingToken is ERC20 {
    uint256 private constant ONE = 1e18;

    uint256 private _index = ONE;
    uint256 private _indexAfterTransfer;

    constructor() ERC20("Rebasing Token", "REB") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    /// @notice Sets what one share is worth, as a fraction of 1e18.
    function setIndex(uint256 index) external {
        _index = index;
    }

    /// @notice Sets what one share is worth once the next transfer moved.
    function setIndexAfterTransfer(uint256 index) external {
        _indexAfterTransfer = index;
    }

    /// @inheritdoc ERC20
    function balanceOf(address account) public view override returns (uint256) {
        return (super.balanceOf(account) * _index) / ONE;
    }

    /// @inheritdoc ERC20
    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, (value * ONE) / _index);
        if (_indexAfterTransfer != 0) {
            _index = _indexAfterTransfer;
            _indexAfterTransfer = 0;
        }
    }
}
