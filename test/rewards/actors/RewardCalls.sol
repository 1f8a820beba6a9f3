// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "../../../contracts/rewards/IRewardPool.sol";
import {RewardReference} from "../../helpers/RewardReference.sol";
import {RewardModel} from "./RewardModel.sol";

/// @title The calls that settle by proofs, and the trees that they prove from
abstract contract RewardCalls is RewardModel {
    /// @dev A tree of four: those who are not bound yet stand in it, too.
    function _leaves(
        uint256 pool,
        uint256 cycle,
        uint256 answers
    ) internal view returns (bytes32[USERS] memory leaves) {
        for (uint256 i = 0; i < USERS; ++i) {
            bytes32 userId = keccak256(abi.encode("user", pool, i));
            bytes32 inner = keccak256(abi.encode(_pools[pool].id, cycle, userId, (answers >> i) & 1 == 1));
            leaves[i] = keccak256(abi.encode(inner));
        }
    }

    /// @dev The list that the mode asks; in mode BOTH the roster.
    function _listOf(uint256 pool, uint256 cycle) internal view returns (uint256) {
        Evidence storage evidence = _evidence[pool][cycle];
        return _pools[pool].mode == IRewardPool.Mode.VERIFIER ? evidence.verdict : evidence.roster;
    }

    function _proofCall(uint256 pool, uint256 user, uint256 cycle) internal view returns (bytes memory) {
        bytes32 id = _pools[pool].id;
        IRewardPool.UserAccount memory who = _userAccount(pool, user);
        IRewardPool.ProvenAnswer memory answer = _proven(pool, user, cycle, _listOf(pool, cycle));
        if (_pools[pool].mode == IRewardPool.Mode.BOTH) {
            IRewardPool.ProvenAnswer memory verdict = _proven(pool, user, cycle, _evidence[pool][cycle].verdict);
            return
                abi.encodeCall(
                    IRewardPool.settleWithProofs,
                    (id, who.userId, who.account, uint32(cycle), answer, verdict)
                );
        }
        return
            abi.encodeCall(
                IRewardPool.settleWithProof,
                (id, who.userId, who.account, uint32(cycle), answer.eligible, answer.proof)
            );
    }

    function _proven(
        uint256 pool,
        uint256 user,
        uint256 cycle,
        uint256 answers
    ) private view returns (IRewardPool.ProvenAnswer memory) {
        bytes32[] memory proof = RewardReference.proof(_leaves(pool, cycle, answers), user);
        return IRewardPool.ProvenAnswer((answers >> user) & 1 == 1, proof);
    }

    /// @dev One call for all users in `chosen`, with a wrong account for the user at `wrong`.
    function _batchCall(
        uint256 pool,
        uint256 cycle,
        uint256 chosen,
        uint256 wrong
    ) internal view returns (bytes memory) {
        bytes32 id = _pools[pool].id;
        IRewardPool.ProvenUser[] memory users = _provenUsers(pool, cycle, chosen, wrong);
        IRewardPool.MultiProof memory first = _multiProof(pool, cycle, chosen, _listOf(pool, cycle));
        if (_pools[pool].mode == IRewardPool.Mode.BOTH) {
            IRewardPool.MultiProof memory second = _multiProof(pool, cycle, chosen, _evidence[pool][cycle].verdict);
            return abi.encodeCall(IRewardPool.settleBatchWithProofs, (id, uint32(cycle), users, first, second));
        }
        return abi.encodeCall(IRewardPool.settleBatchWithProof, (id, uint32(cycle), users, first.proof, first.flags));
    }

    function _provenUsers(
        uint256 pool,
        uint256 cycle,
        uint256 chosen,
        uint256 wrong
    ) private view returns (IRewardPool.ProvenUser[] memory users) {
        users = new IRewardPool.ProvenUser[](_ones(chosen));
        uint256 answers = _listOf(pool, cycle);
        uint256 next;
        for (uint256 i = 0; i < USERS; ++i) {
            if ((chosen >> i) & 1 == 0) continue;
            UserBook storage who = _users[pool][i];
            address account = i == wrong ? address(this) : who.account;
            users[next++] = IRewardPool.ProvenUser(who.userId, account, (answers >> i) & 1 == 1);
        }
    }

    function _multiProof(
        uint256 pool,
        uint256 cycle,
        uint256 chosen,
        uint256 answers
    ) private view returns (IRewardPool.MultiProof memory) {
        return RewardReference.multiProof(_leaves(pool, cycle, answers), chosen);
    }

    function _ones(uint256 bits) private pure returns (uint256 count) {
        for (; bits != 0; bits >>= 1) count += bits & 1;
    }

    function _userAccount(uint256 pool, uint256 user) internal view returns (IRewardPool.UserAccount memory) {
        return IRewardPool.UserAccount(_users[pool][user].userId, _users[pool][user].account);
    }
}
