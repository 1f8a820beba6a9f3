// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SSTORE2} from "solady/src/utils/SSTORE2.sol";

import {Chunks} from "./Chunks.sol";
import {IChunkStore} from "./IChunkStore.sol";

/// @title Bytes as contract code, at addresses that follow from their content
contract ChunkStore is IChunkStore {
    /// @inheritdoc IChunkStore
    function store(bytes calldata chunk) external returns (bytes32 chunkHash) {
        // Check: amount.
        require(
            chunk.length != 0 && chunk.length <= Chunks.MAX_LENGTH,
            ChunkStoreLength(Chunks.MAX_LENGTH, chunk.length)
        );
        chunkHash = SSTORE2.initCodeHash(chunk);
        address pointer = pointerOf(chunkHash);
        if (pointer.code.length != 0) return chunkHash;

        // Effect: store.
        SSTORE2.writeCounterfactual(chunk, 0);
        emit ChunkStored(chunkHash, pointer, chunk.length);
    }

    /// @inheritdoc IChunkStore
    function pointerOf(bytes32 chunkHash) public view returns (address) {
        return Chunks.pointerOf(address(this), chunkHash);
    }
}
