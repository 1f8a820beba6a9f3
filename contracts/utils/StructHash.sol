// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Hashes of EIP-712 structs that stand in calldata
library StructHash {
    /// @notice Hashes the type hash and a struct of `words` static fields at `offset`, which calldata holds exactly as EIP-712
    /// encodes them. A field with dirty upper bits gives a hash that nobody signed; reading it elsewhere reverts.
    function ofCalldata(bytes32 typeHash, uint256 offset, uint256 words) internal pure returns (bytes32 result) {
        assembly ("memory-safe") {
            let pointer := mload(0x40)
            let size := shl(5, words)
            mstore(pointer, typeHash)
            calldatacopy(add(pointer, 0x20), offset, size)
            result := keccak256(pointer, add(size, 0x20))
        }
    }
}
