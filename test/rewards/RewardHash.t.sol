// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {RewardHash} from "../../contracts/rewards/RewardHash.sol";
import {RewardHashProbe} from "../../contracts/mocks/rewards/RewardHashProbe.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice The reward pools' hash library against the runner's own EIP-712 and against encodings written by hand.
contract RewardHashTest is TestBase {
    RewardHashProbe private _probe;

    function setUp() public {
        _probe = new RewardHashProbe();
    }

    function test_typeHashes() public pure {
        _sameType(RewardHash.POOL_TYPEHASH, "Pool(address operator,bytes32 salt)");
        _sameType(RewardHash.USER_ACCOUNT_TYPEHASH, "UserAccount(bytes32 userId,address account)");
        _sameType(
            RewardHash.BINDINGS_TYPEHASH,
            "Bindings(bytes32 poolId,UserAccount[] users,uint40 deadline)UserAccount(bytes32 userId,address account)"
        );
        _sameType(
            RewardHash.USER_REBINDING_TYPEHASH,
            "UserRebinding(bytes32 poolId,bytes32 userId,address account,address newAccount,uint32 nonce,uint40 deadline)"
        );
        _sameType(
            RewardHash.REGISTRAR_REBINDING_TYPEHASH,
            "RegistrarRebinding(bytes32 poolId,bytes32 userId,address account,address newAccount,uint32 nonce,uint40 deadline,bytes32 userEndorsement)"
        );
        _sameType(
            RewardHash.VERDICT_TYPEHASH,
            "Verdict(bytes32 committeeId,uint32 epoch,bytes32 poolId,uint32 cycle,uint32 revision,bytes32 root,uint32 count,uint32 eligible,bytes32 contentHash,string evidenceUri,bool noneEligible)"
        );
    }

    function testFuzz_pool(address operator, bytes32 salt) public view {
        bytes32 expected = keccak256(bytes.concat(RewardHash.POOL_TYPEHASH, _word(operator), salt));
        vm.assertEq(_probe.pool(operator, salt), expected, "Pool");
    }

    function testFuzz_bindings(bytes32 poolId, IRewardPool.UserAccount[] calldata users, uint40 deadline) public view {
        bytes memory hashes;
        for (uint256 i = 0; i < users.length; ++i) hashes = bytes.concat(hashes, _userAccount(users[i]));
        bytes memory encoded = bytes.concat(RewardHash.BINDINGS_TYPEHASH, poolId, keccak256(hashes));
        bytes32 expected = keccak256(bytes.concat(encoded, bytes32(uint256(deadline))));
        vm.assertEq(_probe.bindings(poolId, users, deadline), expected, "Bindings");
    }

    /// @notice A binding of one user, which is how the struct nests.
    function testFuzz_userAccount(IRewardPool.UserAccount calldata user) public view {
        bytes memory encoded = bytes.concat(RewardHash.USER_ACCOUNT_TYPEHASH, user.userId, _word(user.account));
        IRewardPool.UserAccount[] memory users = new IRewardPool.UserAccount[](1);
        users[0] = user;
        bytes32 list = keccak256(bytes.concat(keccak256(encoded)));
        bytes32 expected = keccak256(bytes.concat(RewardHash.BINDINGS_TYPEHASH, bytes32(0), list, bytes32(0)));
        vm.assertEq(_probe.bindings(0, users, 0), expected, "UserAccount");
    }

    function testFuzz_userRebinding(RewardHash.Rebinding calldata rebinding) public view {
        bytes32 expected = keccak256(bytes.concat(RewardHash.USER_REBINDING_TYPEHASH, _terms(rebinding)));
        vm.assertEq(_probe.userRebinding(rebinding), expected, "UserRebinding");
    }

    function testFuzz_registrarRebinding(RewardHash.Rebinding calldata rebinding, bytes32 endorsement) public view {
        bytes32 expected = keccak256(
            bytes.concat(RewardHash.REGISTRAR_REBINDING_TYPEHASH, _terms(rebinding), endorsement)
        );
        vm.assertEq(_probe.registrarRebinding(rebinding, endorsement), expected, "RegistrarRebinding");
    }

    function testFuzz_verdict(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 poolId,
        uint32 cycle,
        uint32 revision,
        IRewardPool.Roster calldata roster
    ) public view {
        bytes memory head = bytes.concat(RewardHash.VERDICT_TYPEHASH, committeeId, _word(epoch), poolId);
        bytes memory middle = bytes.concat(_word(cycle), _word(revision), roster.root, _word(roster.count));
        bytes memory tail = bytes.concat(_word(roster.eligible), roster.contentHash);
        tail = bytes.concat(tail, keccak256(bytes(roster.evidenceUri)), _word(roster.noneEligible ? 1 : 0));
        bytes32 expected = keccak256(bytes.concat(head, middle, tail));
        vm.assertEq(_probe.verdict(committeeId, epoch, poolId, cycle, revision, roster), expected, "Verdict");
    }

    /// @notice What a bitmap's content is: the count, where the list begins, its length, its items.
    function testFuzz_content(uint32 count, bytes32[] calldata chunkHashes) public view {
        bytes memory items;
        for (uint256 i = 0; i < chunkHashes.length; ++i) items = bytes.concat(items, chunkHashes[i]);
        bytes32 expected = keccak256(bytes.concat(_word(count), _word(64), _word(chunkHashes.length), items));
        vm.assertEq(_probe.content(count, chunkHashes), expected, "content");
    }

    /// @notice A leaf is hashed twice, so that it is no inner node, which is hashed once from 64 bytes.
    function testFuzz_leaf(bytes32 poolId, uint32 cycle, bytes32 userId, bool eligible) public view {
        bytes32 once = keccak256(bytes.concat(poolId, _word(cycle), userId, _word(eligible ? 1 : 0)));
        vm.assertEq(_probe.leaf(poolId, cycle, userId, eligible), keccak256(bytes.concat(once)), "leaf");
    }

    function _userAccount(IRewardPool.UserAccount calldata user) private pure returns (bytes32) {
        return keccak256(bytes.concat(RewardHash.USER_ACCOUNT_TYPEHASH, user.userId, _word(user.account)));
    }

    /// @dev The words that both rebindings begin with.
    function _terms(RewardHash.Rebinding calldata rebinding) private pure returns (bytes memory) {
        bytes memory parties = bytes.concat(_word(rebinding.account), _word(rebinding.newAccount));
        bytes memory times = bytes.concat(_word(rebinding.nonce), _word(rebinding.deadline));
        return bytes.concat(rebinding.poolId, rebinding.userId, parties, times);
    }

    function _word(address account) private pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }

    function _word(uint256 value) private pure returns (bytes32) {
        return bytes32(value);
    }

    function _sameType(bytes32 typeHash, string memory definition) private pure {
        vm.assertEq(typeHash, vm.eip712HashType(definition), definition);
    }
}
