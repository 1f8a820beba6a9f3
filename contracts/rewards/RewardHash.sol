// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EfficientHashLib} from "solady/src/utils/EfficientHashLib.sol";

import {IRewardPool} from "./IRewardPool.sol";

/// @title Type strings, type hashes and struct hashes of what is signed about reward pools, and the leaves of rosters
library RewardHash {
    bytes32 internal constant POOL_TYPEHASH = keccak256("Pool(address operator,bytes32 salt)");
    bytes32 internal constant USER_ACCOUNT_TYPEHASH = keccak256("UserAccount(bytes32 userId,address account)");
    bytes32 internal constant BINDINGS_TYPEHASH = keccak256(
        "Bindings(bytes32 poolId,UserAccount[] users,uint40 deadline)UserAccount(bytes32 userId,address account)"
    );
    bytes32 internal constant USER_REBINDING_TYPEHASH = keccak256(
        "UserRebinding(bytes32 poolId,bytes32 userId,address account,address newAccount,uint32 nonce,uint40 deadline)"
    );
    bytes32 internal constant REGISTRAR_REBINDING_TYPEHASH = keccak256(
        "RegistrarRebinding(bytes32 poolId,bytes32 userId,address account,address newAccount,uint32 nonce,uint40 deadline,bytes32 userEndorsement)"
    );
    bytes32 internal constant VERDICT_TYPEHASH = keccak256(
        "Verdict(bytes32 committeeId,uint32 epoch,bytes32 poolId,uint32 cycle,uint32 revision,bytes32 root,uint32 count,uint32 eligible,bytes32 contentHash,string evidenceUri,bool noneEligible)"
    );

    /// @notice A pool's id.
    function pool(address operator, bytes32 salt) internal pure returns (bytes32) {
        return keccak256(abi.encode(POOL_TYPEHASH, operator, salt));
    }

    function bindings(
        bytes32 poolId,
        IRewardPool.UserAccount[] calldata users,
        uint40 deadline
    ) internal pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](users.length);
        for (uint256 i = 0; i < users.length; ++i) {
            hashes[i] = keccak256(abi.encode(USER_ACCOUNT_TYPEHASH, users[i].userId, users[i].account));
        }
        return keccak256(abi.encode(BINDINGS_TYPEHASH, poolId, keccak256(abi.encodePacked(hashes)), deadline));
    }

    /// @notice What a rebinding says, without who signs it.
    struct Rebinding {
        bytes32 poolId;
        bytes32 userId;
        address account;
        address newAccount;
        uint32 nonce;
        uint40 deadline;
    }

    function userRebinding(Rebinding memory rebinding) internal pure returns (bytes32) {
        return keccak256(abi.encode(USER_REBINDING_TYPEHASH, rebinding));
    }

    /// @param userEndorsement The digest of the user's endorsement, which comes first
    function registrarRebinding(Rebinding memory rebinding, bytes32 userEndorsement) internal pure returns (bytes32) {
        return keccak256(abi.encode(REGISTRAR_REBINDING_TYPEHASH, rebinding, userEndorsement));
    }

    function verdict(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 poolId,
        uint32 cycle,
        uint32 revision,
        IRewardPool.Roster calldata roster
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    VERDICT_TYPEHASH,
                    committeeId,
                    epoch,
                    poolId,
                    cycle,
                    revision,
                    roster.root,
                    roster.count,
                    roster.eligible,
                    roster.contentHash,
                    keccak256(bytes(roster.evidenceUri)),
                    roster.noneEligible
                )
            );
    }

    /// @notice What a bitmap says, by its chunks.
    function content(uint32 count, bytes32[] calldata chunkHashes) internal pure returns (bytes32) {
        return keccak256(abi.encode(count, chunkHashes));
    }

    /// @notice A leaf of a roster's tree, in the form of OpenZeppelin's standard trees: hashed twice, so that no inner node is one.
    function leaf(bytes32 poolId, uint32 cycle, bytes32 userId, bool eligible) internal pure returns (bytes32) {
        bytes32 cycleWord = bytes32(uint256(cycle));
        bytes32 answer = bytes32(uint256(eligible ? 1 : 0));
        return EfficientHashLib.hash(EfficientHashLib.hash(poolId, cycleWord, userId, answer));
    }

    /// @notice The key of a bound user's word.
    function member(bytes32 poolId, bytes32 userId, address account) internal pure returns (bytes32) {
        return EfficientHashLib.hash(poolId, userId, bytes32(uint256(uint160(account))));
    }
}
