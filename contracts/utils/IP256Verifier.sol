// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Whether a P-256 signature holds, on every chain
interface IP256Verifier {
    /// @notice Whether the key signed the hash. A signature with s in the upper half of the order does not count.
    function verify(bytes32 hash, bytes32 r, bytes32 s, bytes32 x, bytes32 y) external view returns (bool);
}
