// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Units tied to an operator's profit, granted for a condition met and reclaimed for one missed
/// @notice An operator locks units in a pool. Each unit is a fixed share of its profit. Every cycle, each bound user who met the
/// pool's condition receives a preset number of units; who did not loses all he holds, back to the pool. The evidence is
/// public, and anyone may act on it.
///
/// - Cycle n is `[start + n * cycleLength, start + (n + 1) * cycleLength)`. From its end on its evidence may be published for
///   `publishWindow`, then corrected for `disputeWindow`; then it is final.
/// - Evidence has three values. A cycle without evidence for a user moves nothing of his.
/// - A user's cycles act in order, each once, whoever calls. With ROOT, a cycle that nobody settled for a user within
///   `actionWindow` from finality counts as one without evidence for him. With BITMAP and INDICATOR nothing expires.
/// - Units belong to a user id, a salted hash; an account is bound to it. They show as ERC-1155 balances (id: the pool's id as
///   a number) and move between pool and user only. No receiver's hook is called, so no wallet can refuse or re-enter.
/// - Profit goes to the units as they stand when it is reported: `perUnit = floor((profit * share + carry) / 1e18)` to each, and
///   the operator deposits exactly `perUnit * outstanding`; what the division leaves is carried to the next report.
///
/// Amounts are base units of the profit token, shares fractions of 1e18, times Unix seconds.
interface IRewardPool {
    /// @notice Whose word decides.
    enum Mode {
        ROSTER, // the operator's roster
        VERIFIER, // the verifier's verdict
        BOTH, // a grant needs both to say yes; a reclaim needs both to be there and the verifier to say no
        INDICATOR // a usage total, read from another contract, against the pool's threshold
    }

    /// @notice How rosters and verdicts are published.
    enum Form {
        ROOT, // a Merkle root; settling brings a proof
        BITMAP // one bit for each user's index, as contract code (bit i % 8 of byte i / 8); settling brings nothing
    }

    /// @notice Who published.
    enum Source {
        OPERATOR,
        VERIFIER
    }

    /// @notice What evidence says of a user and cycle.
    enum Answer {
        NONE,
        YES,
        NO
    }

    /// @notice What a new pool is made of.
    struct PoolConfig {
        Mode mode;
        Form form; // ROOT with INDICATOR
        uint40 totalUnits; // at least 1
        uint24 grant; // units for a cycle in which the condition was met; at least 1
        uint32 maxUnits; // the most a user holds: a grant that would pass it moves nothing; 0 for no limit
        uint40 start; // not in the past
        uint32 cycleLength; // at least 60 s
        uint24 publishWindow; // at least 1 s
        uint24 disputeWindow;
        uint24 actionWindow; // at least 1 s, at most 64 cycles
        address registrar; // binds user ids
        address profitToken; // an ERC-20; never changes
        uint64 share; // of the profit, for each unit; totalUnits * share <= 1e18
        bytes32 verifier; // a committee; zero in the modes that ask none
        uint32 verifierDelay; // from announcing another verifier to its taking over; at least a cycle where the mode asks one
        address indicator; // an IUsageIndicator in mode INDICATOR, zero in the others
        uint256 threshold; // the usage total that meets the condition
        bytes32 conditionHash; // of the condition in words
        string metadataUri; // where the condition and all else can be read
    }

    /// @notice What is known of a pool.
    struct Pool {
        Mode mode;
        Form form;
        bool closed;
        uint40 totalUnits;
        uint40 availableUnits;
        uint24 grant;
        uint32 maxUnits;
        uint40 start;
        uint32 cycleLength;
        uint24 publishWindow;
        uint24 disputeWindow;
        uint24 actionWindow;
        uint32 endCycle; // the first cycle that will not be; type(uint32).max while no end is announced
        uint32 reportCount; // cycles whose profit is reported, from cycle 0 on
        uint32 userCount;
        address operator;
        address registrar;
        address profitToken;
        uint64 share;
        uint64 carry; // fractions of 1e18 base units for each unit, carried to the next report
        uint128 deposited; // profit deposited so far
        bytes32 verifier; // the one in office now
        bytes32 nextVerifier; // announced; zero for none
        uint40 nextVerifierFrom;
        uint32 verifierDelay;
        address indicator;
        uint256 threshold;
    }

    /// @notice A user id and the account bound to it.
    struct UserAccount {
        bytes32 userId; // a salted hash: never a name
        address account;
    }

    /// @notice What is known of a bound user, as settled so far.
    struct Member {
        address account;
        uint32 index; // his bit in a BITMAP
        uint32 nonce; // of the next rebinding
        uint32 nextCycle; // the first cycle not settled
        uint40 units;
        uint128 owed; // profit owed, everything reported so far counted
    }

    /// @notice A roster of one cycle, or a verifier's verdicts, which have the same form.
    struct Roster {
        bytes32 root; // ROOT: over leaves (poolId, cycle, userId, eligible), hashed twice; zero with BITMAP
        uint32 count; // users in it, eligible or not; with BITMAP the indexes 0 to count - 1
        uint32 eligible; // how many of them are
        bytes32 contentHash; // ROOT: of the roster's file; BITMAP: of count and chunk hashes
        string evidenceUri; // where it can be had
        bool noneEligible; // confirms a roster that says yes to nobody
    }

    /// @notice A verifier's approval of a verdict. With revision 0 it stands for none: the operator publishes, and is the caller.
    struct VerdictApproval {
        uint32 epoch; // of the committee
        uint32 revision; // counts up with each verdict of one pool and cycle, from 1
        bytes approval;
    }

    /// @notice A user in a batch with proofs.
    struct ProvenUser {
        bytes32 userId;
        address account;
        bool eligible;
    }

    /// @notice What one list says of a user, with its proof.
    struct ProvenAnswer {
        bool eligible;
        bytes32[] proof;
    }

    /// @notice A multiproof, in the form of OpenZeppelin's `MerkleProof`.
    struct MultiProof {
        bytes32[] proof;
        bool[] flags;
    }

    /// @notice Why a user's cycles are not settled.
    enum Refusal {
        NONE,
        NOT_BOUND,
        NOT_FINAL,
        WINDOW_OVER,
        ALREADY_SETTLED,
        EARLIER_CYCLE_OPEN,
        POOL_EXHAUSTED
    }

    event PoolCreated(
        bytes32 indexed poolId,
        address indexed operator,
        address indexed profitToken,
        bytes32 salt,
        PoolConfig config
    );
    event ToppedUp(bytes32 indexed poolId, uint40 units, uint40 totalUnits);
    event ShareRaised(bytes32 indexed poolId, uint64 previousShare, uint64 share);
    event VerifierAnnounced(bytes32 indexed poolId, bytes32 indexed verifier, uint40 from);
    event EndAnnounced(bytes32 indexed poolId, uint32 endCycle);
    event PoolClosed(bytes32 indexed poolId, address indexed caller);
    event Bound(
        bytes32 indexed poolId,
        bytes32 indexed userId,
        address indexed account,
        uint32 index,
        uint32 firstCycle
    );
    /// @notice An item of a batch was left out: the user id or the account is bound already, or is zero.
    event NotBound(bytes32 indexed poolId, bytes32 indexed userId, address indexed account, address boundAccount);
    event Rebound(
        bytes32 indexed poolId,
        bytes32 indexed userId,
        address indexed account,
        address newAccount,
        uint32 nonce
    );
    event RosterPublished(
        bytes32 indexed poolId,
        uint32 indexed cycle,
        Source indexed source,
        bytes32 root,
        uint32 count,
        uint32 eligible,
        bytes32 contentHash,
        string evidenceUri
    );
    /// @notice A root with both answers for one user was thrown out.
    event RosterVoided(
        bytes32 indexed poolId,
        uint32 indexed cycle,
        Source indexed source,
        bytes32 root,
        bytes32 userId
    );
    /// @notice The user's cycles before `nextCycle` have acted. What moved is in the ERC-1155 event beside it, if anything did.
    event Settled(bytes32 indexed poolId, bytes32 indexed userId, uint32 nextCycle);
    /// @notice An item of a batch was left out.
    event NotSettled(bytes32 indexed poolId, bytes32 indexed userId, Refusal refusal);
    event ProfitReported(
        bytes32 indexed poolId,
        uint32 indexed cycle,
        uint128 profit,
        uint128 perUnit,
        uint40 outstandingUnits,
        uint128 deposit,
        bytes32 reportHash
    );
    event Claimed(
        bytes32 indexed poolId,
        bytes32 indexed userId,
        address indexed account,
        address caller,
        uint128 amount
    );

    /// @notice The operator used this salt before.
    error RewardPoolExists(bytes32 poolId);
    /// @notice No pool has this id.
    error RewardPoolUnknown(bytes32 poolId);
    /// @notice A figure of the configuration, named by its field, is out of range.
    error RewardPoolOutOfRange(bytes32 field, uint256 min, uint256 max, uint256 actual);
    /// @notice The mode needs what the configuration lacks, or has no use for what it names.
    error RewardPoolModeMismatch(Mode mode, Form form, bytes32 verifier, address indicator);
    /// @notice The address has no code.
    error RewardPoolWithoutCode(address account);
    /// @notice All units together would be more than the whole profit.
    error RewardPoolShareTooLarge(uint64 maxShare, uint64 share);
    /// @notice A share is never lowered.
    error RewardPoolShareNotRaised(uint64 current, uint64 share);
    /// @notice More units than a pool counts.
    error RewardPoolTooManyUnits(uint40 max, uint256 actual);
    /// @notice Only the pool's operator may.
    error RewardPoolNotOperator(address operator, address caller);
    /// @notice Only the pool's registrar, or its signature, may.
    error RewardPoolNotRegistrar(address registrar, address caller);
    /// @notice The pool is closed: profit owed can be claimed and users can move to new accounts, nothing else happens.
    error RewardPoolIsClosed(bytes32 poolId);
    /// @notice The end was announced: this cycle will not be.
    error RewardPoolEnded(bytes32 poolId, uint32 endCycle, uint32 cycle);
    /// @notice Before closing, the end must be announced.
    error RewardPoolEndNotAnnounced(bytes32 poolId);
    /// @notice Before closing, each cycle's profit must be reported and deposited.
    error RewardPoolProfitOutstanding(bytes32 poolId, uint32 endCycle, uint32 reportCount);
    /// @notice Too early.
    error RewardPoolTooEarly(uint256 moment, uint256 timestamp);
    /// @notice Too late.
    error RewardPoolTooLate(uint256 moment, uint256 timestamp);
    /// @notice The user id or the account is zero.
    error RewardPoolZeroUser(bytes32 userId, address account);
    /// @notice The account is not the one bound to the user id, or none is.
    error RewardPoolNotBound(bytes32 poolId, bytes32 userId, address account);
    /// @notice The account is bound to a user id of this pool already.
    error RewardPoolAccountTaken(bytes32 poolId, address account, bytes32 userId);
    /// @notice The signature is not the account's.
    error RewardPoolWrongSignature(address account, bytes32 digest);
    /// @notice The pool has another mode or form than this function serves.
    error RewardPoolWrongForm(bytes32 poolId, Mode mode, Form form);
    /// @notice The pool's mode does not ask this source.
    error RewardPoolWrongSource(bytes32 poolId, Mode mode, Source source);
    /// @notice Evidence that was not published in the publish window cannot be corrected.
    error RewardPoolNothingToCorrect(bytes32 poolId, uint32 cycle, Source source);
    /// @notice A roster that says yes to nobody must say that this is meant.
    error RewardPoolNoneEligible(bytes32 poolId, uint32 cycle, uint32 count);
    /// @notice More users are eligible than there are, or more are listed than are bound.
    error RewardPoolRosterCount(uint32 max, uint32 actual);
    /// @notice A root is a hash with ROOT, and zero with BITMAP.
    error RewardPoolWrongRoot(Form form, bytes32 root);
    /// @notice The content hash is not that of count and chunks.
    error RewardPoolContentMismatch(bytes32 expected, bytes32 actual);
    /// @notice A bitmap of `count` users has `expected` chunks.
    error RewardPoolChunkCount(uint256 expected, uint256 actual);
    /// @notice The chunk is not in the chunk store, or has another length.
    error RewardPoolChunkLength(bytes32 chunkHash, uint256 expected, uint256 actual);
    /// @notice A verdict counts up from the one before.
    error RewardPoolWrongRevision(uint32 expected, uint32 actual);
    /// @notice The proof does not lead to the root.
    error RewardPoolWrongProof(bytes32 root, bytes32 leaf);
    /// @notice Nothing was published for the cycle.
    error RewardPoolNoEvidence(bytes32 poolId, uint32 cycle, Source source);
    /// @notice The user's next cycle is another one.
    error RewardPoolAlreadySettled(bytes32 poolId, bytes32 userId, uint32 nextCycle, uint32 cycle);
    /// @notice An earlier cycle has evidence that can still act; settle it first.
    error RewardPoolEarlierCycleOpen(bytes32 poolId, bytes32 userId, uint32 openCycle, uint32 cycle);
    /// @notice The user has no cycle to settle yet.
    error RewardPoolNothingToSettle(bytes32 poolId, bytes32 userId, uint32 nextCycle, uint32 finalCycles);
    /// @notice The pool has too few units for the grant. The right is not consumed.
    error RewardPoolExhausted(bytes32 poolId, uint40 available, uint40 required);
    /// @notice Profit is reported for each cycle in turn.
    error RewardPoolReportOutOfOrder(uint32 expected, uint32 actual);
    /// @notice The pool's profit is paid in one token, for good.
    error RewardPoolWrongToken(address expected, address actual);
    /// @notice More profit than a pool counts.
    error RewardPoolProfitTooLarge(uint256 max, uint256 actual);
    /// @notice Nothing is owed to the user.
    error RewardPoolNothingOwed(bytes32 poolId, bytes32 userId);
    /// @notice Units move between pool and user only.
    error RewardPoolNotTransferable(uint256 id, address from, address to);
    /// @notice Two arrays belong together and differ in length.
    error RewardPoolLengthMismatch(uint256 expected, uint256 actual);

    /// @notice Creates a pool; the caller is its operator.
    /// @param salt Free choice; the id is the hash of the caller and the salt
    /// Requirements: the figures are in the ranges that {PoolConfig} names; the mode has what it needs and nothing else; the
    /// caller has not used `salt` before; the token has code
    function createPool(bytes32 salt, PoolConfig calldata config) external returns (bytes32 poolId);

    /// @notice Adds units to the pool.
    /// Requirements: the caller is the operator; the pool is open; all units together stay within the whole profit
    function topUp(bytes32 poolId, uint40 units) external;

    /// @notice Raises the share of each unit, for all reports to come.
    /// Requirements: as for {topUp}; the share is higher than before
    function raiseShare(bytes32 poolId, uint64 share) external;

    /// @notice Announces another verifier; it takes over after the pool's delay. A second announcement replaces the first, unless
    /// that has taken over.
    /// Requirements: the caller is the operator; the mode asks a verifier; the committee's id is not zero
    function changeVerifier(bytes32 poolId, bytes32 verifier) external;

    /// @notice Announces that the present cycle is the last one.
    /// Requirements: the caller is the operator; no end was announced
    function announceEnd(bytes32 poolId) external returns (uint32 endCycle);

    /// @notice Closes the pool for good. Profit owed stays claimable.
    /// Requirements: the caller is the operator; the end was announced; the last cycle's action window is over; the profit of
    /// each cycle is reported, and so deposited
    function closePool(bytes32 poolId) external;

    /// @notice Binds user ids to accounts. An item that cannot be bound is left out and named by {NotBound}.
    /// @param deadline Before which they can be bound
    /// @param signature The registrar's signature of `Bindings(...)`, or empty where the caller is the registrar
    /// Requirements: the pool is open and its end not announced
    function bind(bytes32 poolId, UserAccount[] calldata users, uint40 deadline, bytes calldata signature) external;

    /// @notice Binds a user id to another account; units and profit owed move with it.
    /// @param deadline Before which both signatures count
    /// @param userSignature The bound account's signature of `UserRebinding(...)`
    /// @param registrarSignature The registrar's of `RegistrarRebinding(...)`, or empty where the caller is the registrar
    /// Requirements: the new account is bound to no user id of the pool
    function rebind(
        bytes32 poolId,
        bytes32 userId,
        address newAccount,
        uint40 deadline,
        bytes calldata userSignature,
        bytes calldata registrarSignature
    ) external;

    /// @notice Publishes or corrects what one source says of a cycle, as a whole.
    /// @param chunkHashes BITMAP: the chunks in the chunk store, in order; each covers 196,600 users, the last one the rest. ROOT: none
    /// @param verdict With revision 0 the operator publishes, and is the caller; else the verifier's approval of `Verdict(...)`
    /// Requirements: the publish window, or the dispute window where something stands; the mode asks this source; each chunk is
    /// stored; count and content hash match
    function publish(
        bytes32 poolId,
        uint32 cycle,
        Roster calldata roster,
        bytes32[] calldata chunkHashes,
        VerdictApproval calldata verdict
    ) external;

    /// @notice Throws out a root that says both yes and no of one user. Anyone may, before it is final. The publisher may correct
    /// it until then.
    /// Requirements: both leaves lead to the root
    function voidRoot(
        bytes32 poolId,
        uint32 cycle,
        Source source,
        bytes32 userId,
        bytes32[] calldata yesProof,
        bytes32[] calldata noProof
    ) external;

    /// @notice Settles a user's open cycles before `untilCycle`, in order, from evidence on chain (BITMAP, INDICATOR). Anyone may.
    /// @param account The account bound to the user id
    /// @param untilCycle The first cycle not to take; cycles that are not final are not taken anyway
    /// Requirements: there is a cycle to take; the pool has the units to grant
    function settle(bytes32 poolId, bytes32 userId, address account, uint32 untilCycle) external;

    /// @notice As {settle} for many users; one that cannot be settled is left out and named by {NotSettled}.
    function settleBatch(bytes32 poolId, UserAccount[] calldata users, uint32 untilCycle) external;

    /// @notice Settles one cycle of a user by a proof (ROOT, in the modes ROSTER and VERIFIER). Anyone may.
    /// Requirements: the cycle is final and its action window not over; no earlier cycle can still act; the pool has the units
    function settleWithProof(
        bytes32 poolId,
        bytes32 userId,
        address account,
        uint32 cycle,
        bool eligible,
        bytes32[] calldata proof
    ) external;

    /// @notice As {settleWithProof} in mode BOTH, with a proof for each list.
    function settleWithProofs(
        bytes32 poolId,
        bytes32 userId,
        address account,
        uint32 cycle,
        ProvenAnswer calldata roster,
        ProvenAnswer calldata verdict
    ) external;

    /// @notice As {settleWithProof} for many users under one multiproof. A wrong proof refuses the batch; any other user that
    /// cannot be settled is left out and named by {NotSettled}.
    /// @param proof The multiproof, in the form of OpenZeppelin's `MerkleProof`
    /// @param proofFlags Its flags
    function settleBatchWithProof(
        bytes32 poolId,
        uint32 cycle,
        ProvenUser[] calldata users,
        bytes32[] calldata proof,
        bool[] calldata proofFlags
    ) external;

    /// @notice As {settleBatchWithProof} in mode BOTH, for users of whom both lists say the same, with a multiproof for each.
    function settleBatchWithProofs(
        bytes32 poolId,
        uint32 cycle,
        ProvenUser[] calldata users,
        MultiProof calldata roster,
        MultiProof calldata verdict
    ) external;

    /// @notice Reports a cycle's profit and deposits the units' part, in one call. A loss is reported as 0.
    /// @param token The pool's profit token
    /// @param reportHash Of the operator's accounts
    /// Requirements: the caller is the operator and allows the deposit; the cycle is over, and each one before it reported
    function reportProfit(bytes32 poolId, uint32 cycle, address token, uint128 profit, bytes32 reportHash) external;

    /// @notice Pays what a user is owed to the bound account. Anyone may.
    /// Requirements: something is owed
    function claim(bytes32 poolId, bytes32 userId) external returns (uint128 amount);

    /// @notice A pool's data. Reverts for a pool that never was.
    function poolOf(bytes32 poolId) external view returns (Pool memory);

    /// @notice A user as settled so far; all zero for one that is not bound.
    function memberOf(bytes32 poolId, bytes32 userId) external view returns (Member memory);

    /// @notice The user id that an account is bound to; zero for none.
    function userIdOf(bytes32 poolId, address account) external view returns (bytes32 userId);

    /// @notice What a user will hold once his cycles before `untilCycle` that have evidence on chain are settled, if the pool has
    /// the units; what he holds now, where settling needs proofs.
    /// @return units What he will hold
    /// @return nextCycle The first cycle that is not counted
    function holdingOf(
        bytes32 poolId,
        bytes32 userId,
        uint32 untilCycle
    ) external view returns (uint40 units, uint32 nextCycle);

    /// @notice What evidence on chain says of a user and cycle, final or not (BITMAP, INDICATOR): NONE with ROOT.
    function answerOf(bytes32 poolId, bytes32 userId, uint32 cycle, Source source) external view returns (Answer);

    /// @notice The published root (1 for one that was thrown out), or with BITMAP the pointer of a chunk with the roster's count in
    /// front; zero for none.
    function evidenceOf(bytes32 poolId, uint32 cycle, Source source, uint32 chunk) external view returns (bytes32);

    /// @notice The number of the last verdict published for a cycle.
    function revisionOf(bytes32 poolId, uint32 cycle) external view returns (uint32);

    /// @notice Profit for each unit, from all reports before `reportCount`.
    function perUnitOf(bytes32 poolId, uint32 reportCount) external view returns (uint128 perUnit);
}
