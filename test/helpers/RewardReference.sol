// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";

/// @title Ids, digests, leaves and trees of reward pools, written a second time from the documents
library RewardReference {
    function domain(address pool) internal view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                    keccak256("Guildhall RewardPool"),
                    keccak256("1"),
                    block.chainid,
                    pool
                )
            );
    }

    function poolId(address operator, bytes32 salt) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256("Pool(address operator,bytes32 salt)"), operator, salt));
    }

    function bindingsDigest(
        bytes32 separator,
        bytes32 pool,
        IRewardPool.UserAccount[] memory users,
        uint40 deadline
    ) internal pure returns (bytes32) {
        bytes memory hashes;
        for (uint256 i = 0; i < users.length; ++i) {
            bytes32 hash = keccak256(
                abi.encode(keccak256("UserAccount(bytes32 userId,address account)"), users[i].userId, users[i].account)
            );
            hashes = bytes.concat(hashes, hash);
        }
        bytes32 typeHash = keccak256(
            "Bindings(bytes32 poolId,UserAccount[] users,uint40 deadline)UserAccount(bytes32 userId,address account)"
        );
        return _typed(separator, keccak256(abi.encode(typeHash, pool, keccak256(hashes), deadline)));
    }

    /// @return user What the bound account signs
    /// @return registrar What the registrar signs
    function rebindingDigests(
        bytes32 separator,
        bytes32 pool,
        IRewardPool.UserAccount memory bound,
        address newAccount,
        uint32 nonce,
        uint40 deadline
    ) internal pure returns (bytes32 user, bytes32 registrar) {
        bytes memory fields = abi.encode(pool, bound.userId, bound.account, newAccount, nonce, deadline);
        bytes32 typeHash = keccak256(
            "UserRebinding(bytes32 poolId,bytes32 userId,address account,address newAccount,uint32 nonce,uint40 deadline)"
        );
        user = _typed(separator, keccak256(bytes.concat(typeHash, fields)));
        typeHash = keccak256(
            "RegistrarRebinding(bytes32 poolId,bytes32 userId,address account,address newAccount,uint32 nonce,uint40 deadline,bytes32 userEndorsement)"
        );
        registrar = _typed(separator, keccak256(bytes.concat(typeHash, fields, user)));
    }

    /// @dev Of the committee's first epoch.
    function verdictDigest(
        bytes32 separator,
        bytes32 committee,
        bytes32 pool,
        uint32 cycle,
        uint32 revision,
        IRewardPool.Roster memory roster
    ) internal pure returns (bytes32) {
        bytes32 typeHash = keccak256(
            "Verdict(bytes32 committeeId,uint32 epoch,bytes32 poolId,uint32 cycle,uint32 revision,bytes32 root,uint32 count,uint32 eligible,bytes32 contentHash,string evidenceUri,bool noneEligible)"
        );
        bytes memory head = abi.encode(typeHash, committee, uint32(1), pool, cycle, revision);
        bytes memory tail = abi.encode(
            roster.root,
            roster.count,
            roster.eligible,
            roster.contentHash,
            keccak256(bytes(roster.evidenceUri)),
            roster.noneEligible
        );
        return _typed(separator, keccak256(bytes.concat(head, tail)));
    }

    function content(uint32 count, bytes32[] memory chunkHashes) internal pure returns (bytes32) {
        return keccak256(abi.encode(count, chunkHashes));
    }

    /// @dev Of the creation code that returns a zero byte and then the chunk.
    function chunkHash(bytes memory chunk) internal pure returns (bytes32) {
        return keccak256(bytes.concat(hex"61", bytes2(uint16(chunk.length + 1)), hex"80600a3d393df300", chunk));
    }

    function chunkPointer(address store, bytes32 hash) internal pure returns (address) {
        return address(uint160(uint256(keccak256(bytes.concat(hex"ff", bytes20(store), bytes32(0), hash)))));
    }

    function leaf(bytes32 pool, uint32 cycle, bytes32 userId, bool eligible) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(pool, cycle, userId, eligible))));
    }

    function root(bytes32[4] memory leaves) internal pure returns (bytes32) {
        return node(node(leaves[0], leaves[1]), node(leaves[2], leaves[3]));
    }

    function proof(bytes32[4] memory leaves, uint256 i) internal pure returns (bytes32[] memory path) {
        path = new bytes32[](2);
        path[0] = leaves[i ^ 1];
        path[1] = i < 2 ? node(leaves[2], leaves[3]) : node(leaves[0], leaves[1]);
    }

    /// @notice The multiproof of the leaves whose bit is set in `chosen`, in their order.
    function multiProof(
        bytes32[4] memory leaves,
        uint256 chosen
    ) internal pure returns (IRewardPool.MultiProof memory result) {
        bytes32[2] memory steps;
        bool[3] memory pops;
        uint256 used;
        uint256 halves;
        for (uint256 half = 0; half < 2; ++half) {
            uint256 pair = (chosen >> (2 * half)) & 3;
            if (pair == 3) pops[halves] = true;
            else if (pair != 0) steps[used++] = leaves[2 * half + 2 - pair];
            if (pair != 0) ++halves;
        }
        if (halves == 2) pops[2] = true;
        else steps[used++] = chosen & 3 == 0 ? node(leaves[0], leaves[1]) : node(leaves[2], leaves[3]);
        result.proof = new bytes32[](used);
        for (uint256 i = 0; i < used; ++i) result.proof[i] = steps[i];
        result.flags = new bool[](halves + 1);
        for (uint256 i = 0; i <= halves; ++i) result.flags[i] = pops[i];
    }

    function node(bytes32 a, bytes32 b) internal pure returns (bytes32) {
        return a < b ? keccak256(bytes.concat(a, b)) : keccak256(bytes.concat(b, a));
    }

    function _typed(bytes32 separator, bytes32 structHash) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", separator, structHash));
    }
}
