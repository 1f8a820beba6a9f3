// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Bytes as contract code, at addresses that follow from their content
/// @notice Anyone may store anything; a chunk has no meaning until another contract names it by its hash. What stands at a
/// chunk's address never changes, and reading a byte of it costs one cold account.
interface IChunkStore {
    /// @notice A chunk of `length` bytes was stored at `pointer`, whose code is a zero byte and then the chunk.
    event ChunkStored(bytes32 indexed chunkHash, address indexed pointer, uint256 length);

    /// @notice A chunk has 1 to `max` bytes.
    error ChunkStoreLength(uint256 max, uint256 actual);

    /// @notice Stores a chunk. One that is there already is left as it is, so that a broken upload is simply begun again.
    /// @return chunkHash The hash of the chunk's creation code, from which its address follows
    /// Requirements: 1 to 24,575 bytes
    function store(bytes calldata chunk) external returns (bytes32 chunkHash);

    /// @notice Where a chunk stands, or would.
    function pointerOf(bytes32 chunkHash) external view returns (address pointer);
}
