// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title A wallet that calls back while it is asked
/// @dev It accepts when, and only when, its call succeeded, so that a test sees from outside whether it did.
contract ReenteringWallet {
    address private _target;
    bytes private _data;

    /// @notice Sets what is called during {isValidSignature}.
    function setCall(address target, bytes calldata data) external {
        _target = target;
        _data = data;
    }

    /// @notice As in ERC-1271, without its `view`.
    function isValidSignature(bytes32, bytes calldata) external returns (bytes4) {
        // Whatever was set is called, and may fail.
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, ) = _target.call(_data);
        return success ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
