// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

/// @title Whether a P-256 signature holds, on every chain
/// @notice It asks the precompile, and computes where there is none. It stands alone because the computation is large, and the
/// contracts that need it are, too.
contract P256Verifier {
    /// @notice Whether the key signed the hash. A signature with s in the upper half of the order does not count.
    function verify(bytes32 hash, bytes32 r, bytes32 s, bytes32 x, bytes32 y) external view returns (bool) {
        return P256.verify(hash, r, s, x, y);
    }
}
