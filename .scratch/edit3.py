def sub(f, pairs):
    s=open(f).read()
    for a,b in pairs:
        assert a in s, (f,a)
        s=s.replace(a,b)
    open(f,'w').write(s)
R='contracts/rewards/'
sub(R+'RewardHash.sol',[
('"Bindings(bytes32 poolId,UserAccount[] users)UserAccount','"Bindings(bytes32 poolId,UserAccount[] users,uint40 deadline)UserAccount'),
('''    function bindings(bytes32 poolId, IRewardPool.UserAccount[] calldata users) internal pure returns (bytes32) {
''','''    function bindings(
        bytes32 poolId,
        IRewardPool.UserAccount[] calldata users,
        uint40 deadline
    ) internal pure returns (bytes32) {
'''),
('abi.encode(BINDINGS_TYPEHASH, poolId, keccak256(abi.encodePacked(hashes)))','abi.encode(BINDINGS_TYPEHASH, poolId, keccak256(abi.encodePacked(hashes)), deadline)'),
])
sub(R+'MemberBook.sol',[
('''    function bind(bytes32 poolId, UserAccount[] calldata users, bytes calldata signature) external {
        PoolWord word = _requireOpen(poolId);
        PoolRecord storage record = _pools[poolId];
        // Check: deadline.
''','''    function bind(
        bytes32 poolId,
        UserAccount[] calldata users,
        uint40 deadline,
        bytes calldata signature
    ) external {
        PoolWord word = _requireOpen(poolId);
        PoolRecord storage record = _pools[poolId];
        // Check: deadlines.
        _requireBefore(deadline);
'''),
('RewardHash.bindings(poolId, users)','RewardHash.bindings(poolId, users, deadline)'),
])
sub(R+'IRewardPool.sol',[
('''    /// @param signature The registrar's signature of `Bindings(...)`, or empty where the caller is the registrar
''','''    /// @param deadline Before which they can be bound
    /// @param signature The registrar's signature of `Bindings(...)`, or empty where the caller is the registrar
'''),
('''    function bind(bytes32 poolId, UserAccount[] calldata users, bytes calldata signature) external;
''','''    function bind(bytes32 poolId, UserAccount[] calldata users, uint40 deadline, bytes calldata signature) external;
'''),
('''    /// @notice What one list says of a user, with its proof.
''','''    /// @notice A user in a batch with proofs of both lists.
    struct ProvenPair {
        bytes32 userId;
        address account;
        bool roster;
        bool verdict;
        uint32 place; // of his leaf among those of the verdict's multiproof, each of which is one user's
    }

    /// @notice A multiproof in the form of OpenZeppelin's `MerkleProof`.
    struct MultiProof {
        bytes32[] proof;
        bool[] flags;
    }

    /// @notice What one list says of a user, with its proof.
'''),
('''    /// @notice Reports a cycle's profit and deposits''','''    /// @notice As {settleBatchWithProof} in mode BOTH, with a multiproof for each list.
    /// @param users In the order of the roster's multiproof
    function settleBatchWithProofs(
        bytes32 poolId,
        uint32 cycle,
        ProvenPair[] calldata users,
        MultiProof calldata roster,
        MultiProof calldata verdict
    ) external;

    /// @notice Reports a cycle's profit and deposits'''),
])
sub(R+'RewardPool.sol',[
('''        PoolWord pool = _requireOpen(poolId);
        if (pool.mode() != Mode.BOTH || !pool.isProven()) _refuseForm(poolId, pool);
        // Check: proofs.
''','''        PoolWord pool = _openByProofs(poolId);
        // Check: proofs.
'''),
('''        // Check: proof of all together.
        bytes32 root = _rootOf(poolId, cycle, _onlySource(poolId, pool));
        _requireMultiProof(poolId, root, cycle, users, proof, proofFlags);
''','''        // Check: proof of all together.
        bytes32[] memory leaves = new bytes32[](users.length);
        for (uint256 i = 0; i < users.length; ++i) {
            ProvenUser calldata user = users[i];
            leaves[i] = RewardHash.leaf(poolId, cycle, user.userId, user.eligible);
        }
        _requireMultiProof(poolId, cycle, _onlySource(poolId, pool), leaves, proof, proofFlags);
'''),
('''    /// @inheritdoc IRewardPool
    function holdingOf(''','''    /// @inheritdoc IRewardPool
    function settleBatchWithProofs(
        bytes32 poolId,
        uint32 cycle,
        ProvenPair[] calldata users,
        MultiProof calldata roster,
        MultiProof calldata verdict
    ) external {
        PoolWord pool = _openByProofs(poolId);
        // Check: proofs of all together. Each user has a place of his own: one that were nobody's could hold any node of the tree.
        bytes32[] memory leaves = new bytes32[](users.length);
        bytes32[] memory verdictLeaves = new bytes32[](users.length);
        for (uint256 i = 0; i < users.length; ++i) {
            ProvenPair calldata user = users[i];
            leaves[i] = RewardHash.leaf(poolId, cycle, user.userId, user.roster);
            bytes32 leaf = RewardHash.leaf(poolId, cycle, user.userId, user.verdict);
            require(
                user.place < users.length && verdictLeaves[user.place] == 0,
                RewardPoolPlaceTaken(user.userId, users.length, user.place)
            );
            verdictLeaves[user.place] = leaf;
        }
        _requireMultiProof(poolId, cycle, Source.OPERATOR, leaves, roster.proof, roster.flags);
        _requireMultiProof(poolId, cycle, Source.VERIFIER, verdictLeaves, verdict.proof, verdict.flags);

        // Effect: settle each that can be.
        Refusal untimely = _untimely(pool, cycle);
        for (uint256 i = 0; i < users.length; ++i) {
            ProvenPair calldata user = users[i];
            Answer answer = _combine(_toAnswer(user.roster), _toAnswer(user.verdict));
            Refusal refusal;
            (pool, refusal) = _settleCycle(poolId, pool, user.userId, user.account, cycle, answer, untimely);
            if (refusal != Refusal.NONE) emit NotSettled(poolId, user.userId, refusal);
        }
        _pools[poolId].word = pool;
    }

    /// @inheritdoc IRewardPool
    function holdingOf('''),
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
''','''    /// @dev Checks a multiproof over the users' leaves.
    function _requireMultiProof(
        bytes32 poolId,
        uint32 cycle,
        Source source,
        bytes32[] memory leaves,
        bytes32[] calldata proof,
        bool[] calldata proofFlags
    ) private view {
        bytes32 root = _rootOf(poolId, cycle, source);
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
sub(R+'IRewardPool.sol',[('''    /// @notice Nothing was published for the cycle.
''','''    /// @notice Among the leaves of a verdict's multiproof each place below `count` is one user's.
    error RewardPoolPlaceTaken(bytes32 userId, uint256 count, uint256 place);
    /// @notice Nothing was published for the cycle.
''')])
