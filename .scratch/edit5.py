def sub(f, pairs):
    s=open(f).read()
    for a,b in pairs:
        assert a in s, (f,a)
        s=s.replace(a,b)
    open(f,'w').write(s)
R='contracts/rewards/'
sub(R+'IRewardPool.sol',[
('''    /// @notice Why a user's cycles are not settled.
''','''    /// @notice A multiproof, in the form of OpenZeppelin's `MerkleProof`.
    struct MultiProof {
        bytes32[] proof;
        bool[] flags;
    }

    /// @notice Why a user's cycles are not settled.
'''),
('''    /// @notice Reports a cycle's profit and deposits''','''    /// @notice As {settleBatchWithProof} in mode BOTH, for users of whom both lists say the same, with a multiproof for each.
    function settleBatchWithProofs(
        bytes32 poolId,
        uint32 cycle,
        ProvenUser[] calldata users,
        MultiProof calldata roster,
        MultiProof calldata verdict
    ) external;

    /// @notice Reports a cycle's profit and deposits'''),
])
s=open(R+'RewardPool.sol').read()
a=s.index('        PoolWord pool = _requireOpen(poolId);\n        // Check: proof of all together.'); b=s.index('    /// @inheritdoc IRewardPool\n    function holdingOf(')
s=s[:a]+'''        PoolWord pool = _requireOpen(poolId);
        // Check: proof of all together.
        bytes32[] memory leaves = _leavesOf(poolId, cycle, users);
        _requireMultiProof(_rootOf(poolId, cycle, _onlySource(poolId, pool)), leaves, proof, proofFlags);

        // Effect: settle each that can be.
        _settleProvenBatch(poolId, pool, cycle, users);
    }

    /// @inheritdoc IRewardPool
    function settleBatchWithProofs(
        bytes32 poolId,
        uint32 cycle,
        ProvenUser[] calldata users,
        MultiProof calldata roster,
        MultiProof calldata verdict
    ) external {
        PoolWord pool = _openByProofs(poolId);
        // Check: both proofs of all together. Where both lists say the same, they have the same leaves.
        bytes32[] memory leaves = _leavesOf(poolId, cycle, users);
        _requireMultiProof(_rootOf(poolId, cycle, Source.OPERATOR), leaves, roster.proof, roster.flags);
        _requireMultiProof(_rootOf(poolId, cycle, Source.VERIFIER), leaves, verdict.proof, verdict.flags);

        // Effect: settle each that can be.
        _settleProvenBatch(poolId, pool, cycle, users);
    }

'''+s[b:]
open(R+'RewardPool.sol','w').write(s)
sub(R+'RewardPool.sol',[
('''        PoolWord pool = _requireOpen(poolId);
        if (pool.mode() != Mode.BOTH || !pool.isProven()) _refuseForm(poolId, pool);
''','''        PoolWord pool = _openByProofs(poolId);
'''),
('''    /// @dev Settles one cycle by an answer that was proved, or says why not.''','''    /// @dev Settles one cycle of each that can be, by answers that were proved.
    function _settleProvenBatch(bytes32 poolId, PoolWord pool, uint32 cycle, ProvenUser[] calldata users) private {
        Refusal untimely = _untimely(pool, cycle);
        for (uint256 i = 0; i < users.length; ++i) {
            ProvenUser calldata user = users[i];
            Answer answer = _toAnswer(user.eligible);
            Refusal refusal;
            (pool, refusal) = _settleCycle(poolId, pool, user.userId, user.account, cycle, answer, untimely);
            if (refusal != Refusal.NONE) emit NotSettled(poolId, user.userId, refusal);
        }
        _pools[poolId].word = pool;
    }

    /// @dev Settles one cycle by an answer that was proved, or says why not.'''),
('''    /// @dev Checks a multiproof over the users' leaves.
    function _requireMultiProof(
        bytes32 poolId,
        bytes32 root,
        uint32 cycle,
        ProvenUser[] calldata users,
        bytes32[] calldata proof,
        bool[] calldata proofFlags
    ) private pure {
        bytes32[] memory leaves = new bytes32[](users.length);
        for (uint256 i = 0; i < users.length; ++i) {
            ProvenUser calldata user = users[i];
            leaves[i] = RewardHash.leaf(poolId, cycle, user.userId, user.eligible);
        }
        require(
            users.length != 0 && MerkleProofLib.verifyMultiProof(proof, root, leaves, proofFlags),
            RewardPoolWrongProof(root, users.length == 0 ? bytes32(0) : leaves[0])
        );
    }
''','''    function _leavesOf(
        bytes32 poolId,
        uint32 cycle,
        ProvenUser[] calldata users
    ) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](users.length);
        for (uint256 i = 0; i < users.length; ++i) {
            ProvenUser calldata user = users[i];
            leaves[i] = RewardHash.leaf(poolId, cycle, user.userId, user.eligible);
        }
    }

    /// @dev Checks a multiproof over the users' leaves.
    function _requireMultiProof(
        bytes32 root,
        bytes32[] memory leaves,
        bytes32[] calldata proof,
        bool[] calldata proofFlags
    ) private pure {
        require(
            leaves.length != 0 && MerkleProofLib.verifyMultiProof(proof, root, leaves, proofFlags),
            RewardPoolWrongProof(root, leaves.length == 0 ? bytes32(0) : leaves[0])
        );
    }
'''),
('''    function _refuseForm(bytes32''','''    /// @dev The word of an open pool that needs two proofs.
    function _openByProofs(bytes32 poolId) private view returns (PoolWord pool) {
        pool = _requireOpen(poolId);
        if (pool.mode() != Mode.BOTH || !pool.isProven()) _refuseForm(poolId, pool);
    }

    function _refuseForm(bytes32'''),
])
