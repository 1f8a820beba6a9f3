// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "../../rewards/IRewardPool.sol";
import {RewardHash} from "../../rewards/RewardHash.sol";

/// @title Shows the reward pools' hash library to tests
contract RewardHashProbe {
    /// @notice The type hashes, in the alphabetical order of their types' names.
    function typeHashes() external pure returns (bytes32[6] memory) {
        return
            [
                RewardHash.BINDINGS_TYPEHASH,
                RewardHash.POOL_TYPEHASH,
                RewardHash.REGISTRAR_REBINDING_TYPEHASH,
                RewardHash.USER_ACCOUNT_TYPEHASH,
                RewardHash.USER_REBINDING_TYPEHASH,
                RewardHash.VERDICT_TYPEHASH
            ];
    }

    function bindings(
        bytes32 poolId,
        IRewardPool.UserAccount[] calldata users,
        uint40 deadline
    ) external pure returns (bytes32) {
        return RewardHash.bindings(poolId, users, deadline);
    }

    function pool(address operator, bytes32 salt) external pure returns (bytes32) {
        return RewardHash.pool(operator, salt);
    }

    function registrarRebinding(
        RewardHash.Rebinding calldata rebinding,
        bytes32 userEndorsement
    ) external pure returns (bytes32) {
        return RewardHash.registrarRebinding(rebinding, userEndorsement);
    }

    function userRebinding(RewardHash.Rebinding calldata rebinding) external pure returns (bytes32) {
        return RewardHash.userRebinding(rebinding);
    }

    function verdict(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 poolId,
        uint32 cycle,
        uint32 revision,
        IRewardPool.Roster calldata roster
    ) external pure returns (bytes32) {
        return RewardHash.verdict(committeeId, epoch, poolId, cycle, revision, roster);
    }

    function content(uint32 count, bytes32[] calldata chunkHashes) external pure returns (bytes32) {
        return RewardHash.content(count, chunkHashes);
    }

    function leaf(bytes32 poolId, uint32 cycle, bytes32 userId, bool eligible) external pure returns (bytes32) {
        return RewardHash.leaf(poolId, cycle, userId, eligible);
    }
}
