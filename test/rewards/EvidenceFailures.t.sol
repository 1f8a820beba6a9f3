// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {IChunkStore} from "../../contracts/utils/IChunkStore.sol";
import {Call} from "../helpers/Failures.sol";
import {RewardPapers} from "../helpers/RewardPapers.sol";
import {RewardReference} from "../helpers/RewardReference.sol";

/// @notice The table of failures of rosters and verdicts, and of the store where bitmaps stand.
contract EvidenceFailuresTest is RewardPapers {
    bytes32[] private _none;

    function test_publish() public {
        Call memory honest = _publishRoot(_roster, 0, 1);
        bytes memory notOperator = abi.encodeWithSelector(
            IRewardPool.RewardPoolNotOperator.selector,
            OPERATOR,
            ANYBODY
        );

        _row("by another", honest, _by(honest, ANYBODY), notOperator);
        bytes memory expected = abi.encodeWithSelector(
            IRewardPool.RewardPoolTooEarly.selector,
            _endOf(0),
            _endOf(0) - 1
        );
        _row("the cycle runs", honest, _at(honest, _endOf(0) - 1), expected);
        _row("the publish window is over", honest, _at(honest, _endOf(0) + PUBLISH), _nothingToCorrect(_roster));
        expected = _tooLate(_finalFrom(0), _finalFrom(0));
        _row("the dispute window is over", honest, _at(honest, _finalFrom(0)), expected);
        _do(_publishRoot(_both, 0, 1));
        honest = _at(_publishRoot(_both, 0, 2), _finalFrom(0) - 1);
        _row("a correction, too late", honest, _at(honest, _finalFrom(0)), expected);
        Call memory verdict = _at(_judgeRoot(_both, 0, 2, 1), _endOf(0) + PUBLISH - 1);
        expected = abi.encodeWithSelector(
            IRewardPool.RewardPoolNothingToCorrect.selector,
            _both,
            0,
            IRewardPool.Source.VERIFIER
        );
        _row("a verdict after the window, beside a roster", verdict, _at(verdict, _endOf(0) + PUBLISH), expected);
    }

    function test_publish_ended() public {
        Call memory honest = _publishRoot(_roster, 1, 1);
        bytes32 ended = _createBound("ended", _config());
        _do(_announceEnd(ended));
        bytes memory expected = abi.encodeWithSelector(IRewardPool.RewardPoolEnded.selector, ended, 1, 1);
        _row("the pool has no such cycle", honest, _of(honest, ended), expected);
    }

    function test_publish_source() public {
        Call memory honest = _publishRoot(_both, 0, 1);
        _row("a roster of a verifier's pool", honest, _of(honest, _verdict), _wrongSource(_verdict, 1, 0));
        _row("a roster of an indicator's pool", honest, _of(honest, _usage), _wrongSource(_usage, 3, 0));
        honest = _judgeRoot(_both, 0, 1, 1);
        _row("a verdict of an operator's pool", honest, _of(honest, _roster), _wrongSource(_roster, 0, 1));
        _row("a verdict of an indicator's pool", honest, _of(honest, _usage), _wrongSource(_usage, 3, 1));
    }

    function test_publish_verdict() public {
        Call memory honest = _judgeRoot(_verdict, 0, 1, 1);
        bytes memory wrong = abi.encodeWithSelector(IRewardPool.RewardPoolWrongRevision.selector, 1, 2);
        _row("the second, first", honest, _judgeRoot(_verdict, 0, 1, 2), wrong);
        wrong = abi.encodeWithSelector(IRewardPool.RewardPoolWrongRevision.selector, 2, 1);
        _rowAfter("brought again", honest, honest, wrong);

        IRewardPool.Roster memory roster = _rootRoster("root", 1);
        honest = _judge(_verdict, 0, roster, _none, 1);
        _refused(_verifier, "in another's name", honest, _judgeBy(_nextVerifier, _verdict, 0, roster, _none, 1));
        IRewardPool.VerdictApproval memory approval = IRewardPool.VerdictApproval(
            1,
            1,
            _approval(RewardReference.verdictDigest(_domain, _verifier, _verdict, 0, 1, roster))
        );
        roster.eligible = 2;
        _refused(_verifier, "of another roster", honest, _publishAs(_verdict, 0, roster, _none, approval));
        roster = _rootRoster("root", 1);
        roster.evidenceUri = "https://example.org/other";
        _refused(_verifier, "of another file", honest, _publishAs(_verdict, 0, roster, _none, approval));
        _refused(_verifier, "of another pool", honest, _of(honest, _both));
    }

    /// @notice The verifier that was announced is not asked before its time, and the one before it not after.
    function test_publish_changedVerifier() public {
        IRewardPool.PoolConfig memory config = _config(IRewardPool.Mode.VERIFIER, IRewardPool.Form.ROOT);
        config.verifierDelay = CYCLE;
        bytes32 poolId = _createBound("changing", config);
        _do(_at(_changeVerifier(poolId, _nextVerifier), START));
        IRewardPool.Roster memory roster = _rootRoster("root", 1);
        Call memory old = _judge(poolId, 0, roster, _none, 1);
        Call memory next = _judgeBy(_nextVerifier, poolId, 0, roster, _none, 1);
        _refused(_nextVerifier, "the one before", next, old);

        _do(_at(_changeVerifier(_verdict, _nextVerifier), START));
        old = _judge(_verdict, 0, roster, _none, 1);
        next = _judgeBy(_nextVerifier, _verdict, 0, roster, _none, 1);
        _refused(_verifier, "the one announced", old, next);
    }

    function test_publish_figures() public {
        Call memory honest = _publishRoot(_roster, 0, 1);
        IRewardPool.Roster memory roster = _rootRoster("root", 1);

        roster.count = USERS + 1;
        _row("more than are bound", honest, _publish(_roster, 0, roster, _none), _rosterCount(USERS, USERS + 1));
        roster.count = 2;
        roster.eligible = 3;
        _row("more than there are", honest, _publish(_roster, 0, roster, _none), _rosterCount(2, 3));
        roster.eligible = 0;
        bytes memory expected = abi.encodeWithSelector(IRewardPool.RewardPoolNoneEligible.selector, _roster, 0, 2);
        _row("none, and not meant", honest, _publish(_roster, 0, roster, _none), expected);
        roster.noneEligible = true;
        roster.root = 0;
        expected = abi.encodeWithSelector(IRewardPool.RewardPoolWrongRoot.selector, IRewardPool.Form.ROOT, 0);
        _row("no root", honest, _publish(_roster, 0, roster, _none), expected);
        roster.root = bytes32(uint256(1));
        expected = abi.encodeWithSelector(IRewardPool.RewardPoolWrongRoot.selector, IRewardPool.Form.ROOT, 1);
        _row("what stands for one thrown out", honest, _publish(_roster, 0, roster, _none), expected);
        roster = _rootRoster("root", 1);
        _row("chunks of a tree", honest, _publish(_roster, 0, roster, _chunks(1)), _chunkCount(0, 1));
    }

    function test_publish_bitmap() public {
        Call memory honest = _publishBits(_rosterBits, 0, 1);
        IRewardPool.Roster memory roster = _bitRoster(1);

        roster.root = "root";
        bytes memory expected = abi.encodeWithSelector(
            IRewardPool.RewardPoolWrongRoot.selector,
            IRewardPool.Form.BITMAP,
            bytes32("root")
        );
        _row("a root", honest, _publish(_rosterBits, 0, roster, _chunks(1)), expected);
        roster.root = 0;
        expected = abi.encodeWithSelector(
            IRewardPool.RewardPoolContentMismatch.selector,
            roster.contentHash,
            RewardReference.content(USERS, _chunks(2))
        );
        _row("another chunk", honest, _publish(_rosterBits, 0, roster, _chunks(2)), expected);
        _named("no chunk", honest, roster, _none, _chunkCount(1, 0));
        bytes32[] memory two = new bytes32[](2);
        _named("two chunks", honest, roster, two, _chunkCount(1, 2));
        bytes32[] memory chunks = new bytes32[](1);
        _named("a chunk that is not stored", honest, roster, chunks, _chunkLength(0, 1, 0));
        chunks[0] = _store.store(hex"0100");
        _named("a chunk that is too long", honest, roster, chunks, _chunkLength(chunks[0], 1, 2));
        roster.count = 0;
        roster.eligible = 0;
        roster.noneEligible = true;
        _named("a chunk for nobody", honest, roster, chunks, _chunkCount(0, 1));
    }

    function test_voidRoot() public {
        bytes32[4] memory leaves = _tree(_roster, 0, 1);
        leaves[2] = RewardReference.leaf(_roster, 0, _userId(0), false);
        bytes32 root = RewardReference.root(leaves);
        _do(_publish(_roster, 0, _rootRoster(root, 1), _none));
        bytes32[] memory yes = RewardReference.proof(leaves, 0);
        bytes32[] memory no = RewardReference.proof(leaves, 2);
        Call memory honest = _void(0, yes, no);

        _row("it is final", honest, _at(honest, _finalFrom(0)), _tooLate(_finalFrom(0), _finalFrom(0)));
        bytes memory expected = abi.encodeWithSelector(IRewardPool.RewardPoolUnknown.selector, NOWHERE);
        _row("no such pool", honest, _of(honest, NOWHERE), expected);
        expected = abi.encodeWithSelector(IRewardPool.RewardPoolWrongForm.selector, _rosterBits, 0, 1);
        _row("a bitmap", honest, _of(honest, _rosterBits), expected);
        expected = abi.encodeWithSelector(IRewardPool.RewardPoolNoEvidence.selector, _verdict, 0, 0);
        _row("of a pool without a root", honest, _of(honest, _verdict), expected);
        _row("the yes is wrong", honest, _void(0, no, no), _wrongProof(root, 0, true));
        _row("the no is wrong", honest, _void(0, yes, yes), _wrongProof(root, 0, false));
        _row("of a user with one answer", honest, _void(1, yes, no), _wrongProof(root, 1, true));
        expected = abi.encodeWithSelector(IRewardPool.RewardPoolNoEvidence.selector, _roster, 0, 0);
        _rowAfter("it was thrown out before", honest, honest, expected);
    }

    function test_store() public {
        Call memory honest = _storing(new bytes(24_575));
        _row("a byte too many", honest, _storing(new bytes(24_576)), _storeLength(24_576));
        _row("nothing", honest, _storing(""), _storeLength(0));
    }

    // ── Rows that calls share ──

    /// @dev The digest is another than the committee's first member signed.
    function _refused(bytes32 committee, string memory what, Call memory honest, Call memory faulty) private {
        bytes memory expected = abi.encodeWithSelector(
            ICommitteeRegistry.CommitteeWrongSignature.selector,
            committee,
            1,
            vm.addr(MEMBER_KEY)
        );
        _row(what, honest, faulty, expected);
    }

    /// @dev A bitmap's roster that names these chunks.
    function _named(
        string memory what,
        Call memory honest,
        IRewardPool.Roster memory roster,
        bytes32[] memory chunks,
        bytes memory expected
    ) private {
        roster.contentHash = RewardReference.content(roster.count, chunks);
        _row(what, honest, _publish(_rosterBits, 0, roster, chunks), expected);
    }

    // ── Calls ──

    function _void(uint256 user, bytes32[] memory yes, bytes32[] memory no) private view returns (Call memory) {
        bytes memory data = abi.encodeCall(
            IRewardPool.voidRoot,
            (_roster, 0, IRewardPool.Source.OPERATOR, _userId(user), yes, no)
        );
        return _call(_finalFrom(0) - 1, data);
    }

    function _storing(bytes memory chunk) private view returns (Call memory) {
        return Call(address(_store), ANYBODY, NOW, ALL_GAS, abi.encodeCall(IChunkStore.store, (chunk)), false);
    }

    // ── Refusals ──

    function _tooLate(uint256 moment, uint256 timestamp) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolTooLate.selector, moment, timestamp);
    }

    function _nothingToCorrect(bytes32 poolId) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolNothingToCorrect.selector, poolId, 0, 0);
    }

    function _wrongSource(bytes32 poolId, uint256 mode, uint256 source) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolWrongSource.selector, poolId, mode, source);
    }

    function _rosterCount(uint32 max, uint32 actual) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolRosterCount.selector, max, actual);
    }

    function _chunkCount(uint256 expected, uint256 actual) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolChunkCount.selector, expected, actual);
    }

    function _chunkLength(bytes32 hash, uint256 expected, uint256 actual) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolChunkLength.selector, hash, expected, actual);
    }

    function _wrongProof(bytes32 root, uint256 user, bool eligible) private view returns (bytes memory) {
        bytes32 leaf = RewardReference.leaf(_roster, 0, _userId(user), eligible);
        return abi.encodeWithSelector(IRewardPool.RewardPoolWrongProof.selector, root, leaf);
    }

    function _storeLength(uint256 actual) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IChunkStore.ChunkStoreLength.selector, 24_575, actual);
    }
}
