// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Reading what a ChunkStore holds, without calling it
library Chunks {
    /// @dev What fits the largest contract (EIP-170), after the byte that keeps a chunk from being called.
    uint256 internal constant MAX_LENGTH = 24_575;

    /// @notice The address that follows from a chunk's hash. Only the store creates there (CREATE2, salt 0).
    function pointerOf(address store, bytes32 chunkHash) internal pure returns (address) {
        return address(uint160(uint256(keccak256(abi.encodePacked(hex"ff", store, bytes32(0), chunkHash)))));
    }

    /// @notice The length of the chunk at `pointer`; 0 for none.
    function lengthOf(address pointer) internal view returns (uint256) {
        uint256 codeLength = pointer.code.length;
        return codeLength == 0 ? 0 : codeLength - 1;
    }

    /// @notice Bit `index % 8` of byte `index / 8` of the chunk at `pointer`.
    function bitOf(address pointer, uint256 index) internal view returns (bool bit) {
        assembly ("memory-safe") {
            mstore(0, 0)
            extcodecopy(pointer, 31, add(shr(3, index), 1), 1)
            bit := and(shr(and(index, 7), mload(0)), 1)
        }
    }
}
