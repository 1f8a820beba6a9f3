def sub(f, pairs):
    s=open(f).read()
    for a,b in pairs:
        assert a in s, (f,a)
        s=s.replace(a,b)
    open(f,'w').write(s)
R='contracts/rewards/'
sub(R+'IRewardPool.sol',[
('''    /// @notice Why a user's cycles are not settled.
''','''    /// @notice A user in a batch with proofs of both lists.
    struct TwiceProvenUser {
        bytes32 userId;
        address account;
        ProvenAnswer roster;
        ProvenAnswer verdict;
    }

    /// @notice Why a user's cycles are not settled.
'''),
('''    /// @notice Reports a cycle's profit and deposits''','''    /// @notice As {settleWithProofs} for many users. A wrong proof refuses the batch; any other user that cannot be settled is left
    /// out and named by {NotSettled}.
    function settleBatchWithProofs(bytes32 poolId, uint32 cycle, TwiceProvenUser[] calldata users) external;

    /// @notice Reports a cycle's profit and deposits'''),
])
sub(R+'RewardPool.sol',[
('''        PoolWord pool = _requireOpen(poolId);
        if (pool.mode() != Mode.BOTH || !pool.isProven()) _refuseForm(poolId, pool);
        // Check: proofs.
        _requireAnswer(poolId, userId, cycle, Source.OPERATOR, roster);
        _requireAnswer(poolId, userId, cycle, Source.VERIFIER, verdict);

        // Effect: grant or reclaim.
        Answer answer = _combine(_toAnswer(roster.eligible), _toAnswer(verdict.eligible));
        _settleProven(poolId, pool, userId, account, cycle, answer);
''','''        PoolWord pool = _openByProofs(poolId);
        // Check: proofs.
        Answer answer = _requireAnswers(poolId, userId, cycle, roster, verdict);

        // Effect: grant or reclaim.
        _settleProven(poolId, pool, userId, account, cycle, answer);
'''),
('''    /// @inheritdoc IRewardPool
    function holdingOf(''','''    /// @inheritdoc IRewardPool
    function settleBatchWithProofs(bytes32 poolId, uint32 cycle, TwiceProvenUser[] calldata users) external {
        PoolWord pool = _openByProofs(poolId);

        // Effect: settle each that can be.
        Refusal untimely = _untimely(pool, cycle);
        for (uint256 i = 0; i < users.length; ++i) {
            TwiceProvenUser calldata user = users[i];
            // Check: proofs.
            Answer answer = _requireAnswers(poolId, user.userId, cycle, user.roster, user.verdict);
            Refusal refusal;
            (pool, refusal) = _settleCycle(poolId, pool, user.userId, user.account, cycle, answer, untimely);
            if (refusal != Refusal.NONE) emit NotSettled(poolId, user.userId, refusal);
        }
        _pools[poolId].word = pool;
    }

    /// @inheritdoc IRewardPool
    function holdingOf('''),
('''    function _requireAnswer(
''','''    /// @dev What both lists say together, by a proof of each.
    function _requireAnswers(
        bytes32 poolId,
        bytes32 userId,
        uint32 cycle,
        ProvenAnswer calldata roster,
        ProvenAnswer calldata verdict
    ) private view returns (Answer) {
        _requireAnswer(poolId, userId, cycle, Source.OPERATOR, roster);
        _requireAnswer(poolId, userId, cycle, Source.VERIFIER, verdict);
        return _combine(_toAnswer(roster.eligible), _toAnswer(verdict.eligible));
    }

    function _requireAnswer(
'''),
('''    function _refuseForm(bytes32''','''    /// @dev The word of an open pool that needs two proofs.
    function _openByProofs(bytes32 poolId) private view returns (PoolWord pool) {
        pool = _requireOpen(poolId);
        if (pool.mode() != Mode.BOTH || !pool.isProven()) _refuseForm(poolId, pool);
    }

    function _refuseForm(bytes32'''),
])
