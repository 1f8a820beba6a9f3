// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title A wallet that reverts when it is asked, and when it is paid
contract RevertingWallet is IERC1271 {
    error RevertingWalletRefuses(bytes32 hash);
    error RevertingWalletTakesNothing(uint256 value);

    receive() external payable {
        revert RevertingWalletTakesNothing(msg.value);
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32 hash, bytes calldata) external pure returns (bytes4) {
        revert RevertingWalletRefuses(hash);
    }
}
