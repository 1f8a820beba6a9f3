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
    uint256 private constant CHUNK_USERS = Chunks.MAX_LENGTH * 8;
    /// @dev Tells an empty bitmap from none.
    uint256 private constant PUBLISHED = 1 << 192;

    ICommitteeRegistry private immutable _REGISTRY;
    IChunkStore private immutable _CHUNKS;

    /// @dev By {_evidenceKey}. ROOT: the root. BITMAP: chunk i at the key plus i, as `pointer (160) | count (32) | published (1)`,
    /// lowest bits first.
    mapping(uint256 evidenceKey => bytes32 evidence) private _evidence;
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
        uint256 evidenceKey = _evidenceKey(poolId, cycle, source);
        bytes32 previous = _evidence[evidenceKey];
        Form form = _checkRoster(poolId, cycle, source, roster, previous);
        _checkPublisher(poolId, cycle, source, roster, verdict);

        // Effect: publish.
        if (form == Form.ROOT) {
            require(chunkHashes.length == 0, RewardPoolChunkCount(0, chunkHashes.length));
            _evidence[evidenceKey] = roster.root;
        } else {
            _storeBitmap(evidenceKey, roster, chunkHashes, _countOf(previous));
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

        // Effect: as if nothing had been published.
        delete _evidence[_evidenceKey(poolId, cycle, source)];
        emit RosterVoided(poolId, cycle, source, root, userId);
    }

    /// @inheritdoc IRewardPool
    function evidenceOf(bytes32 poolId, uint32 cycle, Source source, uint32 chunk) external view returns (bytes32) {
        return _evidence[_evidenceKey(poolId, cycle, source) + chunk];
    }

    /// @inheritdoc IRewardPool
    function revisionOf(bytes32 poolId, uint32 cycle) external view returns (uint32) {
        return _revisions[poolId][cycle];
    }

    /// @dev Whether anything was published.
    function _hasEvidence(bytes32 poolId, uint32 cycle, Source source) internal view returns (bool) {
        return _evidence[_evidenceKey(poolId, cycle, source)] != 0;
    }

    /// @dev A root that was published.
    function _rootOf(bytes32 poolId, uint32 cycle, Source source) internal view returns (bytes32 root) {
        root = _evidence[_evidenceKey(poolId, cycle, source)];
        require(root != 0, RewardPoolNoEvidence(poolId, cycle, source));
    }

    /// @dev What a bitmap says of the user at `index`.
    function _bitOf(bytes32 poolId, uint32 cycle, Source source, uint256 index) internal view returns (Answer) {
        bytes32 evidence = _evidence[_evidenceKey(poolId, cycle, source) + index / CHUNK_USERS];
        if (index >= _countOf(evidence)) return Answer.NONE;
        address pointer = address(uint160(uint256(evidence)));
        return Chunks.bitOf(pointer, index % CHUNK_USERS) ? Answer.YES : Answer.NO;
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
        require((roster.root != 0) == (form == Form.ROOT), RewardPoolWrongRoot(form, roster.root));
        require(roster.count <= record.userCount, RewardPoolRosterCount(record.userCount, roster.count));
        require(roster.eligible <= roster.count, RewardPoolRosterCount(roster.count, roster.eligible));
        require(roster.eligible != 0 || roster.noneEligible, RewardPoolNoneEligible(poolId, cycle, roster.count));
    }

    /// @dev Check: the content is all there. Effect: the bitmap stands as a whole.
    function _storeBitmap(
        uint256 evidenceKey,
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
            uint256 users = i + 1 == chunks ? count - i * CHUNK_USERS : CHUNK_USERS;
            address pointer = _requireChunk(chunkHashes[i], (users + 7) / 8);
            _evidence[evidenceKey + i] = bytes32(uint256(uint160(pointer)) | (count << 160) | PUBLISHED);
        }
        if (chunks == 0) _evidence[evidenceKey] = bytes32(PUBLISHED);
        // What only the roster before had.
        uint256 previousChunks = _chunksOf(previousCount);
        for (uint256 i = chunks == 0 ? 1 : chunks; i < previousChunks; ++i) delete _evidence[evidenceKey + i];
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
        bytes32 digest = _hashTypedDataV4(
            RewardHash.verdict(verifier, verdict.epoch, poolId, cycle, revision, roster)
        );
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
        return (count + CHUNK_USERS - 1) / CHUNK_USERS;
    }

    /// @dev A hash, so no sum with the few chunks of a roster overflows or meets another.
    function _evidenceKey(bytes32 poolId, uint32 cycle, Source source) private pure returns (uint256) {
        return uint256(keccak256(abi.encode(poolId, cycle, source)));
    }
}
