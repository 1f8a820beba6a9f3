// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {IChunkStore} from "../../contracts/utils/IChunkStore.sol";
import {RewardPapers} from "../helpers/RewardPapers.sol";
import {RewardReference} from "../helpers/RewardReference.sol";

/// @notice What stands after rosters and verdicts were published, corrected and thrown out.
contract EvidenceTest is RewardPapers {
    uint32 private constant CHUNK_USERS = 196_600;
    /// @dev Of the mapping of pools, after the two strings that EIP712 keeps for long names.
    uint256 private constant POOLS_SLOT = 2;

    function test_publish_root() public {
        bytes32 first = RewardReference.root(_tree(_roster, 0, 1));
        bytes32 second = RewardReference.root(_tree(_roster, 0, 2));

        _do(_publishRoot(_roster, 0, 1));
        vm.assertEq(_evidence(_roster, 0), first, "published");
        IRewardPool.Roster memory roster = _rootRoster(second, 2);
        vm.expectEmit();
        emit IRewardPool.RosterPublished(
            _roster,
            0,
            IRewardPool.Source.OPERATOR,
            second,
            USERS,
            1,
            roster.contentHash,
            roster.evidenceUri
        );
        _do(_at(_publishRoot(_roster, 0, 2), _finalFrom(0) - 1));
        vm.assertEq(_evidence(_roster, 0), second, "corrected");
        vm.assertTrue(
            _answer(_roster, 0, IRewardPool.Source.OPERATOR) == IRewardPool.Answer.NONE,
            "a tree says nothing"
        );
    }

    function test_publish_verdict() public {
        _do(_judgeRoot(_verdict, 0, 1, 1));
        vm.assertEq(_pool.revisionOf(_verdict, 0), 1, "first");
        _do(_at(_judgeRoot(_verdict, 0, 2, 2), _finalFrom(0) - 1));
        vm.assertEq(_pool.revisionOf(_verdict, 0), 2, "second");
        bytes32 root = _pool.evidenceOf(_verdict, 0, IRewardPool.Source.VERIFIER, 0);
        vm.assertEq(root, RewardReference.root(_tree(_verdict, 0, 2)), "the second stands");
        vm.assertEq(_evidence(_verdict, 0), bytes32(0), "the operator said nothing");
    }

    function test_voidRoot() public {
        bytes32[4] memory leaves = _tree(_verdict, 0, 1);
        leaves[2] = RewardReference.leaf(_verdict, 0, _userId(0), false);
        bytes32 root = RewardReference.root(leaves);
        _do(_judge(_verdict, 0, _rootRoster(root, 1), new bytes32[](0), 1));

        vm.expectEmit();
        emit IRewardPool.RosterVoided(_verdict, 0, IRewardPool.Source.VERIFIER, root, _userId(0));
        bytes memory data = abi.encodeCall(
            IRewardPool.voidRoot,
            (
                _verdict,
                0,
                IRewardPool.Source.VERIFIER,
                _userId(0),
                RewardReference.proof(leaves, 0),
                RewardReference.proof(leaves, 2)
            )
        );
        _do(_call(_endOf(0), data));
        bytes32 stands = _pool.evidenceOf(_verdict, 0, IRewardPool.Source.VERIFIER, 0);
        vm.assertEq(stands, bytes32(uint256(1)), "thrown out");
        _do(_at(_judgeRoot(_verdict, 0, 1, 2), _finalFrom(0) - 1));
        vm.assertEq(_pool.revisionOf(_verdict, 0), 2, "the numbers go on");
        stands = _pool.evidenceOf(_verdict, 0, IRewardPool.Source.VERIFIER, 0);
        vm.assertEq(stands, RewardReference.root(_tree(_verdict, 0, 1)), "corrected");
    }

    /// @notice A pool asks whom it announced from the moment that it did.
    function test_publish_nextVerifier() public {
        _do(_at(_changeVerifier(_verdict, _nextVerifier), _endOf(0) - DELAY));
        bytes32 root = RewardReference.root(_tree(_verdict, 0, 1));
        _do(_judgeBy(_nextVerifier, _verdict, 0, _rootRoster(root, 1), new bytes32[](0), 1));
        vm.assertEq(_pool.revisionOf(_verdict, 0), 1, "taken");
    }

    function test_answerOf() public {
        _do(_publishBits(_bothBits, 0, 1));
        _do(_judgeBits(_bothBits, 0, 2, 1));
        vm.assertTrue(_answer(_bothBits, 0, IRewardPool.Source.OPERATOR) == IRewardPool.Answer.YES, "roster, 0");
        vm.assertTrue(_answer(_bothBits, 1, IRewardPool.Source.OPERATOR) == IRewardPool.Answer.NO, "roster, 1");
        vm.assertTrue(_answer(_bothBits, 0, IRewardPool.Source.VERIFIER) == IRewardPool.Answer.NO, "verdict, 0");
        vm.assertTrue(_answer(_bothBits, 1, IRewardPool.Source.VERIFIER) == IRewardPool.Answer.YES, "verdict, 1");
        vm.assertTrue(_answer(_bothBits, 8, IRewardPool.Source.OPERATOR) == IRewardPool.Answer.NONE, "not bound");
        vm.assertTrue(_answer(_rosterBits, 0, IRewardPool.Source.OPERATOR) == IRewardPool.Answer.NONE, "nothing there");
        vm.assertTrue(_answer(_usage, 0, IRewardPool.Source.OPERATOR) == IRewardPool.Answer.YES, "a total");
        _indicator.tell(abi.encode(true, THRESHOLD - 1));
        vm.assertTrue(_answer(_usage, 0, IRewardPool.Source.OPERATOR) == IRewardPool.Answer.NO, "too small a total");
    }

    /// @notice A bitmap of two chunks, another one, and one of fewer after it, of which nothing of the second chunk is left.
    function test_publish_chunks() public {
        _bindAt(CHUNK_USERS);
        bytes memory chunk = new bytes(CHUNK_USERS / 8);
        chunk[0] = 0x01;
        bytes32[] memory hashes = new bytes32[](2);
        (hashes[0], hashes[1]) = (_store.store(chunk), _store.store(hex"02"));
        IRewardPool.Roster memory roster = _bitRoster(1);
        roster.count = CHUNK_USERS + 2;
        bytes32[] memory earlier = new bytes32[](2);
        (earlier[0], earlier[1]) = (hashes[0], _store.store(hex"03"));

        for (uint256 i = 0; i < 2; ++i) {
            roster.contentHash = RewardReference.content(roster.count, earlier);
            _do(_publish(_rosterBits, 0, roster, earlier));
            roster.contentHash = RewardReference.content(roster.count, hashes);
            _do(_publish(_rosterBits, 0, roster, hashes));
            for (uint32 j = 0; j < 2; ++j) {
                bytes32 stands = _pool.evidenceOf(_rosterBits, 0, IRewardPool.Source.OPERATOR, j);
                vm.assertEq(address(uint160(uint256(stands))), _store.pointerOf(hashes[j]), "the chunk");
                vm.assertEq(uint32(uint256(stands) >> 160), roster.count, "the roster's count");
            }
            _answers(IRewardPool.Answer.YES, IRewardPool.Answer.NO, IRewardPool.Answer.YES);
            if (i == 0) _do(_publishBits(_rosterBits, 0, 2));
            else _do(_publish(_rosterBits, 0, _nobody(), new bytes32[](0)));
            bytes32 second = _pool.evidenceOf(_rosterBits, 0, IRewardPool.Source.OPERATOR, 1);
            vm.assertEq(second, bytes32(0), "the second chunk is gone");
            IRewardPool.Answer first = i == 0 ? IRewardPool.Answer.NO : IRewardPool.Answer.NONE;
            _answers(first, IRewardPool.Answer.NONE, IRewardPool.Answer.NONE);
        }
        vm.assertTrue(_evidence(_rosterBits, 0) != bytes32(0), "a bitmap of nobody is one");
        _do(_at(_publishBits(_rosterBits, 0, 1), _finalFrom(0) - 1));
        _answers(IRewardPool.Answer.YES, IRewardPool.Answer.NONE, IRewardPool.Answer.NONE);
    }

    function test_store() public {
        bytes memory chunk = hex"0123456789";
        bytes32 hash = RewardReference.chunkHash(chunk);
        address pointer = RewardReference.chunkPointer(address(_store), hash);

        vm.expectEmit();
        emit IChunkStore.ChunkStored(hash, pointer, 5);
        vm.assertEq(_store.store(chunk), hash, "hash");
        vm.assertEq(_store.pointerOf(hash), pointer, "pointer");
        vm.assertEq(pointer.code, bytes.concat(hex"00", chunk), "the chunk after a zero byte");
        vm.assertEq(_store.store(chunk), hash, "again, as if it were new");
    }

    /// @notice Whatever the bytes.
    function testFuzz_store(bytes calldata chunk) public {
        vm.assume(chunk.length != 0);
        bytes32 hash = _store.store(chunk);
        vm.assertEq(hash, RewardReference.chunkHash(chunk), "hash");
        vm.assertEq(_store.pointerOf(hash).code, bytes.concat(hex"00", chunk), "code");
    }

    /// @dev Users 4 and 5 bound as if so many had been bound before: more than a test can bind.
    function _bindAt(uint32 count) private {
        bytes32 slot = bytes32(uint256(keccak256(abi.encode(_rosterBits, POOLS_SLOT))) + 1);
        uint256 word = uint256(vm.load(address(_pool), slot));
        word = (word & ~(uint256(type(uint32).max) << 184)) | (uint256(count) << 184);
        vm.store(address(_pool), slot, bytes32(word));
        vm.assertEq(_pool.poolOf(_rosterBits).userCount, count, "the count's place");
        _do(_bind(_rosterBits, _users(USERS, 2)));
        vm.assertEq(_pool.memberOf(_rosterBits, _userId(USERS)).index, count, "index");
    }

    function _nobody() private pure returns (IRewardPool.Roster memory roster) {
        roster.contentHash = RewardReference.content(0, new bytes32[](0));
        roster.noneEligible = true;
    }

    function _answers(IRewardPool.Answer first, IRewardPool.Answer fifth, IRewardPool.Answer sixth) private view {
        vm.assertTrue(_answer(_rosterBits, 0, IRewardPool.Source.OPERATOR) == first, "user 0");
        vm.assertTrue(_answer(_rosterBits, USERS, IRewardPool.Source.OPERATOR) == fifth, "the second chunk's first");
        vm.assertTrue(_answer(_rosterBits, USERS + 1, IRewardPool.Source.OPERATOR) == sixth, "its second");
    }

    function _answer(
        bytes32 poolId,
        uint256 user,
        IRewardPool.Source source
    ) private view returns (IRewardPool.Answer) {
        return _pool.answerOf(poolId, _userId(user), 0, source);
    }

    function _evidence(bytes32 poolId, uint32 cycle) private view returns (bytes32) {
        return _pool.evidenceOf(poolId, cycle, IRewardPool.Source.OPERATOR, 0);
    }
}
