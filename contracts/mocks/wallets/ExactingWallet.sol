// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title A wallet that accepts only if it is given enough gas to think
contract ExactingWallet is IERC1271 {
    uint256 public immutable gasWanted;

    constructor(uint256 gasWanted_) {
        gasWanted = gasWanted_;
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        return gasleft() >= gasWanted ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
