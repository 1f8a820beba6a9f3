// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title A wallet that answers with more return data than the asker wants to pay for
/// @dev Copying it all costs the asker what it cost the wallet to allocate it. The first word is a wrong answer.
contract ReturnBombWallet is IERC1271 {
    uint256 public immutable size;

    constructor(uint256 size_) {
        size = size_;
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        uint256 length = size;
        assembly {
            return(0x80, length)
        }
    }
}
