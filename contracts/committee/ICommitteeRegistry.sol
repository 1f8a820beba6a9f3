// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title k-of-n committees whose approval of a digest any contract can check
/// @notice A committee lives through epochs. Each epoch has members, a threshold and, optionally, a FROST group key.
///
/// An approval is a byte string. Its first byte names the scheme:
///
/// - `0x01` members: `0x01 ‖ signers (32) ‖ wallets (32) ‖ entries`. `signers` is a bitmap of member indexes, `wallets` the
///   subset of `signers` that answers by ERC-1271. Entries follow in index order: 64 bytes `r ‖ vs` (ERC-2098, low s) for a
///   key; `length (2) ‖ signature` for a wallet. Nothing may follow the last entry. A wrong key signature refuses the whole
///   approval; a wallet that refuses, reverts or floods is merely not counted.
/// - `0x02` FROST: `0x02 ‖ Rx (32) ‖ Ry (32) ‖ z (32)`, an RFC 9591 FROST(secp256k1, SHA-256) signature of the digest with R
///   uncompressed. It counts once the epoch's members confirmed the group key, and never in an attributable committee.
///
/// A key signs the module's digest as it is. A wallet is asked for `MemberApproval(member, digest)` in this contract's
/// domain, so that one owner of two wallets cannot count twice with one signature.
///
/// The registry knows nothing of modules: a module's struct must name the committee and the epoch it asks, and its
/// domain the chain and the contract.
interface ICommitteeRegistry {
    /// @notice A point of secp256k1, affine; (0, 0) stands for "no key".
    struct GroupKey {
        uint256 x;
        uint256 y;
    }

    /// @notice What a new epoch is made of.
    struct EpochConfig {
        address[] members; // 1 to 255 distinct accounts; a member's index is its place here
        uint8 threshold; // 1 to members.length
        GroupKey groupKey; // (0, 0) for none; counts only once confirmed
    }

    /// @notice What is known of an epoch.
    struct Epoch {
        uint40 validFrom; // Unix seconds
        uint40 validUntil; // Unix seconds, exclusive; type(uint40).max while open
        uint8 threshold;
        uint8 memberCount;
        bool groupKeyConfirmed;
        uint256 groupKeyX; // 0 for none
        bool groupKeyOdd; // whether the key's y is odd
    }

    event CommitteeCreated(
        bytes32 indexed committeeId,
        address indexed creator,
        address indexed admin,
        bytes32 salt,
        bool attributable
    );
    event EpochStarted(
        bytes32 indexed committeeId,
        uint32 indexed epoch,
        address[] members,
        uint8 threshold,
        uint256 groupKeyX,
        uint256 groupKeyY
    );
    /// @notice `validUntil` of `epoch` was set: by a rotation (grace) or by retiring (now).
    event EpochEnding(bytes32 indexed committeeId, uint32 indexed epoch, uint40 validUntil, address indexed caller);
    event GroupKeyConfirmed(bytes32 indexed committeeId, uint32 indexed epoch, uint256 groupKeyX, uint256 groupKeyY);

    /// @notice The creator used this salt before.
    error CommitteeExists(bytes32 committeeId);
    /// @notice No committee has this id.
    error CommitteeUnknown(bytes32 committeeId);
    /// @notice The committee has not reached this epoch (epochs count from 1).
    error CommitteeUnknownEpoch(bytes32 committeeId, uint32 currentEpoch, uint32 epoch);
    /// @notice The epoch is over.
    error CommitteeEpochOver(bytes32 committeeId, uint32 epoch, uint40 validUntil, uint256 timestamp);
    /// @notice A committee has 1 to `max` members.
    error CommitteeMemberCount(uint256 max, uint256 actual);
    /// @notice The member at `index` is the zero address.
    error CommitteeZeroMember(uint256 index);
    /// @notice `member` stands at both indexes.
    error CommitteeDuplicateMember(address member, uint256 firstIndex, uint256 secondIndex);
    /// @notice The threshold must be 1 to `memberCount`.
    error CommitteeThresholdOutOfRange(uint256 memberCount, uint256 threshold);
    /// @notice The point is not on secp256k1, or its x cannot serve as a group key (x must be below the group order).
    error CommitteeInvalidGroupKey(uint256 x, uint256 y);
    /// @notice An attributable committee has no group key and takes no FROST signature.
    error CommitteeAttributable(bytes32 committeeId);
    /// @notice The epoch's members have not confirmed a group key.
    error CommitteeGroupKeyUnconfirmed(bytes32 committeeId, uint32 epoch);
    /// @notice The epoch's group key is confirmed already; rotate to change it.
    error CommitteeGroupKeyAlreadyConfirmed(bytes32 committeeId, uint32 epoch);
    /// @notice An empty approval stands for the admin, and the caller is not the admin.
    error CommitteeNotAdmin(bytes32 committeeId, address admin, address caller);
    /// @notice Fewer members approved than the threshold asks.
    error CommitteeTooFew(bytes32 committeeId, uint32 epoch, uint256 threshold, uint256 approvals);
    /// @notice The bitmap names an index that no member has.
    error CommitteeNotMember(bytes32 committeeId, uint32 epoch, uint256 memberCount, uint256 index);
    /// @notice The signature given for `member` does not verify.
    error CommitteeWrongSignature(bytes32 committeeId, uint32 epoch, address member);
    /// @notice The FROST signature does not verify under the epoch's group key.
    error CommitteeWrongGroupSignature(bytes32 committeeId, uint32 epoch);
    /// @notice The first byte names no scheme, or one that does not serve here.
    error CommitteeWrongScheme(bytes32 committeeId, uint32 epoch, bytes1 scheme);
    /// @notice The approval is shorter or longer than its own content says, or (both lengths equal) `wallets` is no subset of
    /// `signers`.
    error CommitteeMalformedApproval(bytes32 committeeId, uint32 epoch, uint256 expectedLength, uint256 actualLength);
    /// @notice Too little gas is left to ask a wallet; send the transaction with more.
    error CommitteeInsufficientGas(uint256 required, uint256 available);
    /// @notice The grace time must lie before the end of time (type(uint40).max means "open").
    error CommitteeGraceOutOfRange(uint40 graceUntil);

    /// @notice Creates a committee in epoch 1. Anyone may.
    /// @param salt Free choice; the id is the hash of the caller and the salt
    /// @param admin May rotate and retire alone; zero for a committee that only itself can change
    /// @param attributable Whether only signatures that name their signers count
    /// @param config Members, threshold and proposed group key of epoch 1
    /// Requirements:
    /// - the caller has not used `salt` before
    /// - members are 1 to 255, distinct and not zero; threshold is 1 to their number
    /// - the group key is (0, 0) or a point of the curve; (0, 0) where attributable
    function create(
        bytes32 salt,
        address admin,
        bool attributable,
        EpochConfig calldata config
    ) external returns (bytes32 committeeId);

    /// @notice Starts the next epoch; the current one stays valid until `graceUntil`.
    /// @param graceUntil Unix seconds; the present time or earlier ends the current epoch at once
    /// @param approval The current epoch's approval of `Rotation(...)`, or empty where the caller is the admin
    /// Requirements: as for {create}; the current epoch is not over
    function rotate(
        bytes32 committeeId,
        EpochConfig calldata config,
        uint40 graceUntil,
        bytes calldata approval
    ) external returns (uint32 epoch);

    /// @notice Ends an epoch at once: an old one in its grace time, or the current one, which ends the committee for good.
    /// Epochs still in their grace time stay valid until it is over; to end them too, retire them first.
    /// @param approval The current epoch's approval of `Retirement(...)`, or empty where the caller is the admin
    /// Requirements: the epoch is not over, nor is, where it has to approve, the current one
    function retire(bytes32 committeeId, uint32 epoch, bytes calldata approval) external;

    /// @notice Makes a group key count, on the word of the epoch's own members. The key need not have been proposed before.
    /// @param approval The epoch's members-scheme approval of `GroupKeyConfirmation(...)`
    /// Requirements: the epoch is not over and has no confirmed key; the committee is not attributable; the key is a point of
    /// the curve whose x is below the group order
    function confirmGroupKey(
        bytes32 committeeId,
        uint32 epoch,
        GroupKey calldata groupKey,
        bytes calldata approval
    ) external;

    /// @notice Whether the committee, in that epoch, approved the digest. Never reverts for a wrong approval: only with
    /// {CommitteeInsufficientGas}, where a wallet could not be asked.
    function isApproved(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 digest,
        bytes calldata approval
    ) external view returns (bool approved);

    /// @notice Reverts with the reason unless the committee, in that epoch, approved the digest. Reasons are looked for in this
    /// order: committee and epoch, epoch over, scheme and form, members, signatures in index order, their number.
    function requireApproval(bytes32 committeeId, uint32 epoch, bytes32 digest, bytes calldata approval) external view;

    /// @notice As {requireApproval}, with the members scheme alone; returns who signed, so that a fault has a name.
    function requireAttributableApproval(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 digest,
        bytes calldata approval
    ) external view returns (address[] memory signers);

    /// @notice Who of an epoch's members signed the digest, however few, for modules that count over several calls. Reverts as
    /// {requireAttributableApproval} does, but for {CommitteeTooFew}.
    /// @return signers Bitmap of member indexes
    /// @return threshold How many it takes
    /// @return memberCount How many there are
    function signersOf(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 digest,
        bytes calldata approval
    ) external view returns (uint256 signers, uint256 threshold, uint256 memberCount);

    /// @notice The committee's admin (zero for none), whether it is attributable, and its current epoch (0 for no committee).
    function committeeOf(
        bytes32 committeeId
    ) external view returns (address admin, bool attributable, uint32 currentEpoch);

    /// @notice An epoch's data. Reverts for an epoch that never was.
    function epochOf(bytes32 committeeId, uint32 epoch) external view returns (Epoch memory);

    /// @notice An epoch's members, by index. Reverts for an epoch that never was.
    function membersOf(bytes32 committeeId, uint32 epoch) external view returns (address[] memory);
}
