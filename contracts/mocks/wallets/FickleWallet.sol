// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title A wallet that changes its mind: it accepts everything while a switch is on, and nothing while it is off
contract FickleWallet is IERC1271 {
    bool public accepts = true;

    function setAccepts(bool accepts_) external {
        accepts = accepts_;
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        return accepts ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
