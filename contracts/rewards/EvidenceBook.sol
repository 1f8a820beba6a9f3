// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MerkleProofLib} from "solady/src/utils/MerkleProofLib.sol";

import {ICommitteeRegistry} from "../committee/ICommitteeRegistry.sol";
import {Chunks} from "../utils/Chunks.sol";
import {IChunkStore} from "../utils/IChunkStore.sol";
import {IRewardPool} from "./IRewardPool.sol";
import {PoolBase} from "./PoolBase.sol";
import {PoolWord} from "./PoolWord.sol";
import {RewardHash} from "./RewardHash.sol";

/// @title Rosters and verdicts: publishing, correcting, and what they say
abstract contract EvidenceBook is PoolBase {
    /// @dev Users of one chunk: 196,600.
    uint256 private constant _CHUNK_USERS = Chunks.MAX_LENGTH * 8;
    /// @dev Tells an empty bitmap from none.
    uint256 private constant _PUBLISHED = 1 << 192;
    /// @dev Stands for a root that was thrown out: no evidence, but one that may be corrected.
    bytes32 private constant _VOIDED = bytes32(uint256(1));

    ICommitteeRegistry private immutable _REGISTRY;
    IChunkStore private immutable _CHUNKS;

    /// @dev By {_place}. ROOT: the root, as chunk 0. BITMAP: for each chunk `pointer (160) | count (32) | published (1)`, lowest
    /// bits first.
    mapping(bytes32 poolId => mapping(uint256 place => bytes32)) private _evidence;
    mapping(bytes32 poolId => mapping(uint32 cycle => uint32 revision)) private _revisions;

    constructor(ICommitteeRegistry registry, IChunkStore chunks) {
        _REGISTRY = registry;
        _CHUNKS = chunks;
    }

    /// @inheritdoc IRewardPool
    function publish(
        bytes32 poolId,
        uint32 cycle,
        Roster calldata roster,
        bytes32[] calldata chunkHashes,
        VerdictApproval calldata verdict
    ) external {
        Source source = verdict.revision == 0 ? Source.OPERATOR : Source.VERIFIER;
        bytes32 previous = _evidence[poolId][_place(cycle, source, 0)];
        Form form = _checkRoster(poolId, cycle, source, roster, previous);
        _checkPublisher(poolId, cycle, source, roster, verdict);

        // Effect: publish.
        if (form == Form.ROOT) {
            require(chunkHashes.length == 0, RewardPoolChunkCount(0, chunkHashes.length));
            _evidence[poolId][_place(cycle, source, 0)] = roster.root;
        } else {
            _storeBitmap(_evidence[poolId], _place(cycle, source, 0), roster, chunkHashes, _countOf(previous));
        }
        emit RosterPublished(
            poolId,
            cycle,
            source,
            roster.root,
            roster.count,
            roster.eligible,
            roster.contentHash,
            roster.evidenceUri
        );
    }

    /// @inheritdoc IRewardPool
    function voidRoot(
        bytes32 poolId,
        uint32 cycle,
        Source source,
        bytes32 userId,
        bytes32[] calldata yesProof,
        bytes32[] calldata noProof
    ) external {
        PoolWord word = _requireOpen(poolId);
        // Check: deadline.
        _requireBefore(word.finalFrom(cycle));
        // Check: both answers are in the root.
        require(word.form() == Form.ROOT, RewardPoolWrongForm(poolId, word.mode(), word.form()));
        bytes32 root = _rootOf(poolId, cycle, source);
        _requireProof(root, RewardHash.leaf(poolId, cycle, userId, true), yesProof);
        _requireProof(root, RewardHash.leaf(poolId, cycle, userId, false), noProof);

        // Effect: no evidence, until the publisher corrects it.
        _evidence[poolId][_place(cycle, source, 0)] = _VOIDED;
        emit RosterVoided(poolId, cycle, source, root, userId);
    }

    /// @inheritdoc IRewardPool
    function evidenceOf(bytes32 poolId, uint32 cycle, Source source, uint32 chunk) external view returns (bytes32) {
        return _evidence[poolId][_place(cycle, source, chunk)];
    }

    /// @inheritdoc IRewardPool
    function revisionOf(bytes32 poolId, uint32 cycle) external view returns (uint32) {
        return _revisions[poolId][cycle];
    }

    /// @dev Whether anything was published.
    function _hasEvidence(bytes32 poolId, uint32 cycle, Source source) internal view returns (bool) {
        return _evidence[poolId][_place(cycle, source, 0)] > _VOIDED;
    }

    /// @dev A root that was published.
    function _rootOf(bytes32 poolId, uint32 cycle, Source source) internal view returns (bytes32 root) {
        root = _evidence[poolId][_place(cycle, source, 0)];
        require(root > _VOIDED, RewardPoolNoEvidence(poolId, cycle, source));
    }

    /// @dev All that is published for a pool, by {_place}.
    function _evidenceOf(bytes32 poolId) internal view returns (mapping(uint256 place => bytes32) storage) {
        return _evidence[poolId];
    }

    /// @dev What the bitmaps that the mode asks say together of the user at `index`.
    function _bitmapAnswer(
        mapping(uint256 place => bytes32) storage evidence,
        Mode mode,
        uint256 cycle,
        uint256 index
    ) internal view returns (Answer) {
        if (mode == Mode.ROSTER) return _bitOf(evidence, cycle, Source.OPERATOR, index);
        Answer verdict = _bitOf(evidence, cycle, Source.VERIFIER, index);
        return mode == Mode.VERIFIER ? verdict : _combine(_bitOf(evidence, cycle, Source.OPERATOR, index), verdict);
    }

    /// @dev What one bitmap says of the user at `index`.
    function _bitOf(
        mapping(uint256 place => bytes32) storage evidence,
        uint256 cycle,
        Source source,
        uint256 index
    ) internal view returns (Answer) {
        bytes32 chunk = evidence[_place(cycle, source, index / _CHUNK_USERS)];
        if (index >= _countOf(chunk)) return Answer.NONE;
        return Chunks.bitOf(address(uint160(uint256(chunk))), index % _CHUNK_USERS) ? Answer.YES : Answer.NO;
    }

    /// @dev Mode BOTH: a grant needs both to say yes; a reclaim needs both to be there and the verifier to say no.
    function _combine(Answer roster, Answer verdict) internal pure returns (Answer) {
        if (roster == Answer.NONE || verdict == Answer.NONE) return Answer.NONE;
        if (verdict == Answer.NO) return Answer.NO;
        return roster == Answer.YES ? Answer.YES : Answer.NONE;
    }

    function _requireProof(bytes32 root, bytes32 leaf, bytes32[] calldata proof) internal pure {
        require(MerkleProofLib.verifyCalldata(proof, root, leaf), RewardPoolWrongProof(root, leaf));
    }

    /// @dev Check: time, what the pool takes, and that the roster is sound in itself.
    function _checkRoster(
        bytes32 poolId,
        uint32 cycle,
        Source source,
        Roster calldata roster,
        bytes32 previous
    ) private view returns (Form form) {
        PoolWord word = _requireOpen(poolId);
        PoolRecord storage record = _pools[poolId];
        // Check: deadlines.
        uint256 end = word.endOf(cycle);
        require(cycle < record.endCycle, RewardPoolEnded(poolId, record.endCycle, cycle));
        _requireFrom(end);
        _requireBefore(end + word.finalDelay());
        require(
            block.timestamp < end + record.publishWindow || previous != 0,
            RewardPoolNothingToCorrect(poolId, cycle, source)
        );
        // Check: the pool asks this source.
        Mode mode = word.mode();
        require(
            mode == Mode.BOTH || mode == (source == Source.OPERATOR ? Mode.ROSTER : Mode.VERIFIER),
            RewardPoolWrongSource(poolId, mode, source)
        );
        // Check: figures.
        form = word.form();
        require(form == Form.ROOT ? roster.root > _VOIDED : roster.root == 0, RewardPoolWrongRoot(form, roster.root));
        require(roster.count <= record.userCount, RewardPoolRosterCount(record.userCount, roster.count));
        require(roster.eligible <= roster.count, RewardPoolRosterCount(roster.count, roster.eligible));
        require(roster.eligible != 0 || roster.noneEligible, RewardPoolNoneEligible(poolId, cycle, roster.count));
    }

    /// @dev Check: the content is all there. Effect: the bitmap stands as a whole.
    function _storeBitmap(
        mapping(uint256 place => bytes32) storage evidence,
        uint256 place,
        Roster calldata roster,
        bytes32[] calldata chunkHashes,
        uint256 previousCount
    ) private {
        uint256 count = roster.count;
        bytes32 content = RewardHash.content(roster.count, chunkHashes);
        require(roster.contentHash == content, RewardPoolContentMismatch(roster.contentHash, content));
        uint256 chunks = _chunksOf(count);
        require(chunkHashes.length == chunks, RewardPoolChunkCount(chunks, chunkHashes.length));

        for (uint256 i = 0; i < chunks; ++i) {
            uint256 users = i + 1 == chunks ? count - i * _CHUNK_USERS : _CHUNK_USERS;
            address pointer = _requireChunk(chunkHashes[i], (users + 7) / 8);
            evidence[place + i] = bytes32(uint256(uint160(pointer)) | (count << 160) | _PUBLISHED);
        }
        if (chunks == 0) evidence[place] = bytes32(_PUBLISHED);
        // What only the roster before had.
        uint256 previousChunks = _chunksOf(previousCount);
        for (uint256 i = chunks == 0 ? 1 : chunks; i < previousChunks; ++i) delete evidence[place + i];
    }

    /// @dev Check: the operator is the caller, or the verifier in office approved. Effect: the verdict counts up.
    function _checkPublisher(
        bytes32 poolId,
        uint32 cycle,
        Source source,
        Roster calldata roster,
        VerdictApproval calldata verdict
    ) private {
        if (source == Source.OPERATOR) {
            _requireOperator(poolId);
            return;
        }
        // Check: replay.
        uint32 revision = _revisions[poolId][cycle] + 1;
        require(verdict.revision == revision, RewardPoolWrongRevision(revision, verdict.revision));
        // Check: approval.
        bytes32 verifier = _verifierOf(_pools[poolId]);
        bytes32 digest = _hashTypedDataV4(RewardHash.verdict(verifier, verdict.epoch, poolId, cycle, revision, roster));
        _REGISTRY.requireApproval(verifier, verdict.epoch, digest, verdict.approval);

        // Effect: no verdict before this one can be brought again.
        _revisions[poolId][cycle] = revision;
    }

    /// @dev Where a stored chunk stands.
    function _requireChunk(bytes32 chunkHash, uint256 length) private view returns (address pointer) {
        pointer = Chunks.pointerOf(address(_CHUNKS), chunkHash);
        uint256 actual = Chunks.lengthOf(pointer);
        require(actual == length, RewardPoolChunkLength(chunkHash, length, actual));
    }

    /// @dev The users of a bitmap.
    function _countOf(bytes32 evidence) private pure returns (uint256) {
        return uint32(uint256(evidence) >> 160);
    }

    function _chunksOf(uint256 count) private pure returns (uint256) {
        return (count + _CHUNK_USERS - 1) / _CHUNK_USERS;
    }

    /// @dev Where a chunk of what one source says of a cycle stands among the pool's evidence.
    function _place(uint256 cycle, Source source, uint256 chunk) private pure returns (uint256) {
        return (cycle << 64) | (uint256(source) << 32) | chunk;
    }
}
