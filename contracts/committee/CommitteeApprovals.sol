// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SSTORE2} from "solady/src/utils/SSTORE2.sol";

import {CommitteeHash} from "./CommitteeHash.sol";
import {Frost} from "./Frost.sol";
import {ICommitteeRegistry} from "./ICommitteeRegistry.sol";

uint256 constant MAX_MEMBERS = 255;
bytes1 constant MEMBERS_SCHEME = 0x01;
bytes1 constant FROST_SCHEME = 0x02;

uint8 constant ATTRIBUTABLE = 1;
uint8 constant GROUP_KEY_ODD = 2;
uint8 constant GROUP_KEY_CONFIRMED = 4;

/// @dev What a wallet gets to answer with, whoever pays: no relayer can starve it, and no wallet can burn more.
uint256 constant WALLET_GAS = 400_000;
/// @dev What must be left before a wallet is asked. A call passes on at most 63/64 of what remains once its own cost is paid:
/// 2,600 for a cold account, as much again where that one delegates to a cold account (EIP-7702), and some to come to it.
uint256 constant WALLET_GAS_REQUIRED = (WALLET_GAS * 64) / 63 + 6_000;

uint256 constant APPROVAL_HEAD = 65; // scheme, signers, wallets
uint256 constant KEY_ENTRY = 64; // r ‖ vs
uint256 constant FROST_APPROVAL = 97; // scheme, Rx, Ry, z

/// @title What committees are stored as, and how their approvals are verified
/// @dev {isApproved} and {requireApproval} are two faces of one verification, {_verify}, which returns why it refuses instead
/// of reverting. Success reads the epoch alone: one storage word and the members' code for the members scheme, two words for
/// FROST.
abstract contract CommitteeApprovals is ICommitteeRegistry, EIP712 {
    /// @dev What stands in the first word of an epoch.
    struct EpochHead {
        address members; // code that holds the members, 20 bytes each; zero for an epoch that never was
        uint40 validFrom;
        uint40 validUntil;
        uint8 threshold;
        uint8 flags;
    }

    struct EpochRecord {
        EpochHead head; // slot 0
        uint256 groupKeyX; // slot 1
    }

    struct Committee {
        address admin;
        uint32 currentEpoch; // 0 for no committee
        bool attributable;
    }

    /// @dev Why an approval is refused, in the order of checking.
    enum Refusal {
        None,
        UnknownEpoch,
        EpochOver,
        WrongScheme,
        Malformed,
        Attributable,
        GroupKeyUnconfirmed,
        NotMember,
        WrongSignature,
        WrongGroupSignature,
        TooFew
    }

    /// @dev The outcome of a verification. `expected` and `actual` are the numbers of the refusal's error.
    struct Verdict {
        Refusal refusal;
        uint256 expected;
        uint256 actual;
        uint256 approvedBy; // bitmap of the members that approved (members scheme)
    }

    mapping(bytes32 committeeId => Committee committee) internal _committees; // slot 0
    mapping(bytes32 committeeId => mapping(uint32 epoch => EpochRecord record)) internal _epochs; // slot 1

    /// @inheritdoc ICommitteeRegistry
    function isApproved(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 digest,
        bytes calldata approval
    ) external view returns (bool) {
        return _verify(committeeId, epoch, digest, approval, false).refusal == Refusal.None;
    }

    /// @inheritdoc ICommitteeRegistry
    function requireApproval(bytes32 committeeId, uint32 epoch, bytes32 digest, bytes calldata approval) external view {
        _requireApproval(committeeId, epoch, digest, approval, false);
    }

    /// @inheritdoc ICommitteeRegistry
    function requireAttributableApproval(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 digest,
        bytes calldata approval
    ) external view returns (address[] memory) {
        uint256 approvedBy = _requireApproval(committeeId, epoch, digest, approval, true);
        return _unpack(SSTORE2.read(_epochs[committeeId][epoch].head.members), approvedBy);
    }

    /// @dev Reverts with the reason of a refusal; returns the bitmap of who approved (members scheme).
    function _requireApproval(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 digest,
        bytes calldata approval,
        bool membersOnly
    ) internal view returns (uint256 approvedBy) {
        Verdict memory verdict = _verify(committeeId, epoch, digest, approval, membersOnly);
        if (verdict.refusal != Refusal.None) _refuse(committeeId, epoch, verdict);
        return verdict.approvedBy;
    }

    /// @dev Whether the committee approved the digest in that epoch, and if not, why. Reverts only for want of gas.
    function _verify(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 digest,
        bytes calldata approval,
        bool membersOnly
    ) internal view returns (Verdict memory) {
        EpochRecord storage record = _epochs[committeeId][epoch];
        EpochHead memory head = record.head;

        // Check: the epoch exists and is not over. It has begun: validFrom is when it was written.
        if (head.members == address(0)) return _refusal(Refusal.UnknownEpoch, 0, 0);
        if (block.timestamp >= head.validUntil) {
            return _refusal(Refusal.EpochOver, head.validUntil, block.timestamp);
        }

        // Check: the scheme.
        if (approval.length == 0) return _refusal(Refusal.Malformed, 1, 0);
        if (approval[0] == MEMBERS_SCHEME) return _verifyMembers(head, digest, approval);
        if (approval[0] != FROST_SCHEME || membersOnly) {
            return _refusal(Refusal.WrongScheme, 0, uint8(approval[0]));
        }
        return _verifyFrost(head, record, digest, approval);
    }

    function _verifyFrost(
        EpochHead memory head,
        EpochRecord storage record,
        bytes32 digest,
        bytes calldata approval
    ) private view returns (Verdict memory verdict) {
        if (approval.length != FROST_APPROVAL) return _refusal(Refusal.Malformed, FROST_APPROVAL, approval.length);
        if (head.flags & ATTRIBUTABLE != 0) return _refusal(Refusal.Attributable, 0, 0);
        if (head.flags & GROUP_KEY_CONFIRMED == 0) return _refusal(Refusal.GroupKeyUnconfirmed, 0, 0);

        (uint256 rx, uint256 ry, uint256 z) = abi.decode(approval[1:], (uint256, uint256, uint256));
        if (!Frost.verify(record.groupKeyX, head.flags & GROUP_KEY_ODD != 0, digest, rx, ry, z)) {
            return _refusal(Refusal.WrongGroupSignature, 0, 0);
        }
    }

    function _verifyMembers(
        EpochHead memory head,
        bytes32 digest,
        bytes calldata approval
    ) private view returns (Verdict memory verdict) {
        // Check: the form, all of it, before any signature.
        if (approval.length < APPROVAL_HEAD) return _refusal(Refusal.Malformed, APPROVAL_HEAD, approval.length);
        uint256 signers = uint256(bytes32(approval[1:33]));
        uint256 wallets = uint256(bytes32(approval[33:65]));
        uint256 expectedLength = _lengthOf(approval, signers, wallets);
        if (approval.length != expectedLength || wallets & ~signers != 0) {
            return _refusal(Refusal.Malformed, expectedLength, approval.length);
        }

        // Check: every bit is a member's.
        bytes memory members = SSTORE2.read(head.members);
        uint256 memberCount = members.length / 20;
        if (signers >> memberCount != 0) return _refusal(Refusal.NotMember, memberCount, Math.log2(signers));

        // Check: the signatures, in index order. Each member has one bit, so none counts twice.
        uint256 approvals;
        uint256 offset = APPROVAL_HEAD;
        for (uint256 index = 0; signers >> index != 0; ++index) {
            if ((signers >> index) & 1 == 0) continue;
            address member = _memberAt(members, index);
            if ((wallets >> index) & 1 == 0) {
                (bytes32 r, bytes32 vs) = abi.decode(approval[offset:offset + KEY_ENTRY], (bytes32, bytes32));
                (address signer, , ) = ECDSA.tryRecover(digest, r, vs);
                // What cannot be recovered is the zero address, which no member has.
                if (signer != member) return _refusal(Refusal.WrongSignature, uint160(member), 0);
                offset += KEY_ENTRY;
            } else {
                uint256 start = offset + 2;
                offset = start + uint16(bytes2(approval[offset:start]));
                if (!_walletAccepts(member, digest, approval[start:offset])) continue;
            }
            verdict.approvedBy |= 1 << index;
            ++approvals;
        }

        // Check: enough of them.
        if (approvals < head.threshold) return _refusal(Refusal.TooFew, head.threshold, approvals);
    }

    /// @dev The length an approval has by its own content; where it ends too early to say, the least it must have.
    function _lengthOf(
        bytes calldata approval,
        uint256 signers,
        uint256 wallets
    ) private pure returns (uint256 length) {
        length = APPROVAL_HEAD;
        if (wallets == 0) return length + KEY_ENTRY * _countOf(signers);
        for (uint256 index = 0; signers >> index != 0; ++index) {
            if ((signers >> index) & 1 == 0) continue;
            if ((wallets >> index) & 1 == 0) {
                length += KEY_ENTRY;
            } else {
                if (length + 2 > approval.length) return length + 2;
                length += 2 + uint16(bytes2(approval[length:length + 2]));
            }
        }
    }

    /// @dev Asks a wallet. Whatever it does, it costs at most WALLET_GAS and 32 bytes of memory, and only the exact answer counts.
    function _walletAccepts(
        address wallet,
        bytes32 digest,
        bytes calldata signature
    ) private view returns (bool accepts) {
        bytes32 hash = _hashTypedDataV4(CommitteeHash.memberApproval(wallet, digest));
        bytes memory request = abi.encodeCall(IERC1271.isValidSignature, (hash, signature));
        bytes32 magic = IERC1271.isValidSignature.selector;
        uint256 available = gasleft();
        require(available >= WALLET_GAS_REQUIRED, CommitteeInsufficientGas(WALLET_GAS_REQUIRED, available));
        assembly ("memory-safe") {
            // Solidity's own call would copy all that is returned. An account without code returns nothing.
            accepts := staticcall(WALLET_GAS, wallet, add(request, 32), mload(request), 0x00, 32)
            accepts := and(accepts, and(gt(returndatasize(), 31), eq(mload(0x00), magic)))
        }
    }

    /// @dev Member `index` of a packed list; `index` must be below its length.
    function _memberAt(bytes memory members, uint256 index) private pure returns (address member) {
        assembly ("memory-safe") {
            member := shr(96, mload(add(add(members, 32), mul(index, 20))))
        }
    }

    /// @dev The members whose bit is set, by index.
    function _unpack(bytes memory members, uint256 bitmap) internal pure returns (address[] memory accounts) {
        accounts = new address[](_countOf(bitmap));
        uint256 count;
        for (uint256 index = 0; bitmap >> index != 0; ++index) {
            if ((bitmap >> index) & 1 == 1) accounts[count++] = _memberAt(members, index);
        }
    }

    /// @dev The number of bits that are set.
    function _countOf(uint256 bitmap) private pure returns (uint256 count) {
        for (; bitmap != 0; bitmap &= bitmap - 1) ++count;
    }

    function _refusal(Refusal refusal, uint256 expected, uint256 actual) private pure returns (Verdict memory) {
        return Verdict({refusal: refusal, expected: expected, actual: actual, approvedBy: 0});
    }

    function _refuse(bytes32 id, uint32 epoch, Verdict memory verdict) private view {
        (Refusal refusal, uint256 expected, uint256 actual) = (verdict.refusal, verdict.expected, verdict.actual);
        if (refusal == Refusal.UnknownEpoch) revert CommitteeUnknownEpoch(id, _currentEpochOf(id), epoch);
        if (refusal == Refusal.EpochOver) revert CommitteeEpochOver(id, epoch, uint40(expected), actual);
        if (refusal == Refusal.WrongScheme) revert CommitteeWrongScheme(id, epoch, bytes1(uint8(actual)));
        if (refusal == Refusal.Malformed) revert CommitteeMalformedApproval(id, epoch, expected, actual);
        if (refusal == Refusal.Attributable) revert CommitteeAttributable(id);
        if (refusal == Refusal.GroupKeyUnconfirmed) revert CommitteeGroupKeyUnconfirmed(id, epoch);
        if (refusal == Refusal.NotMember) revert CommitteeNotMember(id, epoch, expected, actual);
        if (refusal == Refusal.WrongSignature) revert CommitteeWrongSignature(id, epoch, address(uint160(expected)));
        if (refusal == Refusal.WrongGroupSignature) revert CommitteeWrongGroupSignature(id, epoch);
        revert CommitteeTooFew(id, epoch, expected, actual);
    }

    /// @dev The committee's current epoch; reverts if there is no such committee.
    function _currentEpochOf(bytes32 committeeId) internal view returns (uint32 currentEpoch) {
        currentEpoch = _committees[committeeId].currentEpoch;
        require(currentEpoch != 0, CommitteeUnknown(committeeId));
    }
}
