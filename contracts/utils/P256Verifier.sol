// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

import {IP256Verifier} from "./IP256Verifier.sol";

/// @title Whether a P-256 signature holds, on every chain
/// @notice It asks the precompile, and computes where there is none. It stands alone because the computation is large, and the
/// contracts that need it are, too.
contract P256Verifier is IP256Verifier {
    /// @inheritdoc IP256Verifier
    function verify(bytes32 hash, bytes32 r, bytes32 s, bytes32 x, bytes32 y) external view returns (bool) {
        return P256.verify(hash, r, s, x, y);
    }
}
