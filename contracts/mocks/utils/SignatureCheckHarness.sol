// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SignatureCheck} from "../../utils/SignatureCheck.sol";

/// @title SignatureCheck, callable from outside
contract SignatureCheckHarness {
    function isValid(address account, bytes32 digest, bytes calldata signature) external view returns (bool) {
        return SignatureCheck.isValid(account, digest, signature);
    }
}
