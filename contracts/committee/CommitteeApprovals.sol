// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ECDSA} from "solady/src/utils/ECDSA.sol";
import {LibBit} from "solady/src/utils/LibBit.sol";
import {SSTORE2} from "solady/src/utils/SSTORE2.sol";

import {CommitteeHash} from "./CommitteeHash.sol";
import {EpochHead} from "./EpochHead.sol";
import {Frost} from "./Frost.sol";
import {ICommitteeRegistry} from "./ICommitteeRegistry.sol";

bytes1 constant MEMBERS_SCHEME = 0x01;
bytes1 constant FROST_SCHEME = 0x02;

uint256 constant APPROVAL_HEAD = 65; // scheme, signers, wallets
uint256 constant KEY_ENTRY = 64; // r ‖ vs
uint256 constant FROST_APPROVAL = 97; // scheme, Rx, Ry, z

/// @dev Half the order of secp256k1: the largest s that is not malleable.
uint256 constant MAX_S = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

/// @dev What a wallet gets to answer with, whoever pays: no relayer can starve it, and no wallet can burn more.
uint256 constant WALLET_GAS = 400_000;
/// @dev What must be left before a wallet is asked. A call passes on at most 63/64 of what remains once its own cost is paid:
/// 2,600 for a cold account, as much again where that one delegates to a cold account (EIP-7702), and some to come to it.
uint256 constant WALLET_GAS_REQUIRED = (WALLET_GAS * 64) / 63 + 6_000;

/// @title What committees are stored as, and how their approvals are verified
/// @dev {isApproved} and {requireApproval} are two faces of one verification, {_verify}, which returns why it refuses instead
/// of reverting. Success reads the epoch alone: one storage word and the members' code for the members scheme, two words for
/// FROST.
abstract contract CommitteeApprovals is ICommitteeRegistry, EIP712 {
    struct Committee {
        address admin;
        uint32 currentEpoch; // 0 for no committee
        bool attributable;
    }

    struct EpochRecord {
        EpochHead head; // slot 0
        uint256 groupKeyX; // slot 1
    }

    /// @dev Why an approval is refused.
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

    /// @dev What is asked of an approval.
    enum Demand {
        EitherScheme,
        Members, // a threshold of them, by name
        AnyMembers // however few
    }

    mapping(bytes32 committeeId => Committee committee) internal _committees; // slot 2, after what EIP712 keeps
    mapping(bytes32 committeeId => mapping(uint32 epoch => EpochRecord record)) internal _epochs; // slot 3

    /// @inheritdoc ICommitteeRegistry
    function isApproved(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 digest,
        bytes calldata approval
    ) external view returns (bool) {
        (Refusal refusal, , ) = _verify(committeeId, epoch, digest, approval, Demand.EitherScheme);
        return refusal == Refusal.None;
    }

    /// @inheritdoc ICommitteeRegistry
    function requireApproval(bytes32 committeeId, uint32 epoch, bytes32 digest, bytes calldata approval) external view {
        _requireApproval(committeeId, epoch, digest, approval, Demand.EitherScheme);
    }

    /// @inheritdoc ICommitteeRegistry
    function requireAttributableApproval(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 digest,
        bytes calldata approval
    ) external view returns (address[] memory) {
        uint256 approvedBy = _requireApproval(committeeId, epoch, digest, approval, Demand.Members);
        return _unpack(SSTORE2.read(_epochs[committeeId][epoch].head.members()), approvedBy);
    }

    /// @inheritdoc ICommitteeRegistry
    function signersOf(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 digest,
        bytes calldata approval
    ) external view returns (uint256 signers, uint256 threshold, uint256 memberCount) {
        signers = _requireApproval(committeeId, epoch, digest, approval, Demand.AnyMembers);
        EpochHead head = _epochs[committeeId][epoch].head;
        return (signers, head.threshold(), SSTORE2.read(head.members()).length / 20);
    }

    /// @dev Reverts with the reason of a refusal; returns the bitmap of who approved (0 for FROST).
    function _requireApproval(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 digest,
        bytes calldata approval,
        Demand demand
    ) internal view returns (uint256 approvedBy) {
        (Refusal refusal, uint256 expected, uint256 actual) = _verify(committeeId, epoch, digest, approval, demand);
        if (refusal != Refusal.None) _refuse(committeeId, epoch, refusal, expected, actual);
        return actual;
    }

    /// @dev Whether the committee approved the digest in that epoch. Reverts only for want of gas.
    /// @return refusal Why not, or None
    /// @return expected What the refusal's error expects
    /// @return actual What it found; for None the bitmap of who approved (0 for FROST)
    function _verify(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 digest,
        bytes calldata approval,
        Demand demand
    ) internal view returns (Refusal refusal, uint256 expected, uint256 actual) {
        EpochRecord storage record = _epochs[committeeId][epoch];
        EpochHead head = record.head;

        // Check: the epoch exists and is not over. It has begun: validFrom is when it was written.
        if (!head.exists()) return (Refusal.UnknownEpoch, 0, 0);
        if (block.timestamp >= head.validUntil()) return (Refusal.EpochOver, head.validUntil(), block.timestamp);

        // Check: the scheme.
        if (approval.length == 0) return (Refusal.Malformed, 1, 0);
        bytes1 scheme = approval[0];
        if (scheme == MEMBERS_SCHEME) {
            (refusal, expected, actual) = _verifyMembers(head, digest, approval);
            // Check: enough of them.
            if (refusal != Refusal.None || demand == Demand.AnyMembers) return (refusal, expected, actual);
            uint256 approvals = LibBit.popCount(actual);
            return approvals < head.threshold() ? (Refusal.TooFew, head.threshold(), approvals) : (refusal, 0, actual);
        }
        if (scheme != FROST_SCHEME || demand != Demand.EitherScheme) return (Refusal.WrongScheme, 0, uint8(scheme));

        // Check: FROST.
        if (approval.length != FROST_APPROVAL) return (Refusal.Malformed, FROST_APPROVAL, approval.length);
        if (head.isAttributable()) return (Refusal.Attributable, 0, 0);
        if (!head.isGroupKeyConfirmed()) return (Refusal.GroupKeyUnconfirmed, 0, 0);
        (uint256 rx, uint256 ry, uint256 z) = (_word(approval, 1), _word(approval, 33), _word(approval, 65));
        if (!Frost.verify(record.groupKeyX, head.isGroupKeyOdd(), digest, rx, ry, z)) {
            return (Refusal.WrongGroupSignature, 0, 0);
        }
    }

    function _verifyMembers(
        EpochHead head,
        bytes32 digest,
        bytes calldata approval
    ) private view returns (Refusal refusal, uint256 expected, uint256 actual) {
        // Check: the form, all of it, before any signature. From here on every offset lies within the approval.
        if (approval.length < APPROVAL_HEAD) return (Refusal.Malformed, APPROVAL_HEAD, approval.length);
        uint256 signers = _word(approval, 1);
        uint256 wallets = _word(approval, 33);
        uint256 length = _lengthOf(approval, signers, wallets);
        if (approval.length != length || wallets & ~signers != 0) {
            return (Refusal.Malformed, length, approval.length);
        }

        // Check: every bit is a member's.
        bytes memory members = SSTORE2.read(head.members());
        if (signers >> (members.length / 20) != 0) {
            return (Refusal.NotMember, members.length / 20, LibBit.fls(signers));
        }

        // Check: the signatures.
        (uint256 approvedBy, address wrong) = _approvedBy(members, digest, approval, signers, wallets);
        if (wrong != address(0)) return (Refusal.WrongSignature, uint160(wrong), 0);

        return (Refusal.None, 0, approvedBy);
    }

    /// @dev Looks at the signatures in index order. Each member has one bit, so none counts twice.
    /// @return approvedBy Bitmap of those whose signature holds
    /// @return wrong The first member whose key did not sign, or zero
    function _approvedBy(
        bytes memory members,
        bytes32 digest,
        bytes calldata approval,
        uint256 signers,
        uint256 wallets
    ) private view returns (uint256 approvedBy, address wrong) {
        approvedBy = signers;
        uint256 offset = APPROVAL_HEAD;
        // Does not overflow: there are at most 255 members, so that `signers` ends below bit 255, and offsets end within calldata.
        unchecked {
            uint256 bit = 1;
            for (uint256 index = 0; bit <= signers; (++index, bit <<= 1)) {
                if (signers & bit == 0) continue;
                address member = _memberAt(members, index);
                if (wallets & bit == 0) {
                    if (_signerOf(digest, approval, offset) != member) return (0, member);
                    offset += KEY_ENTRY;
                } else {
                    bytes calldata signature = _walletSignature(approval, offset);
                    if (!_walletAccepts(member, digest, signature)) approvedBy ^= bit;
                    offset += 2 + signature.length;
                }
            }
        }
    }

    /// @dev The length an approval has by its own content; where it ends too early to say, the least it must have.
    function _lengthOf(
        bytes calldata approval,
        uint256 signers,
        uint256 wallets
    ) private pure returns (uint256 length) {
        if (wallets == 0) return APPROVAL_HEAD + KEY_ENTRY * LibBit.popCount(signers);
        length = APPROVAL_HEAD;
        for (uint256 index = 0; signers >> index != 0; ++index) {
            if ((signers >> index) & 1 == 0) continue;
            if ((wallets >> index) & 1 == 0) {
                length += KEY_ENTRY;
            } else {
                if (length + 2 > approval.length) return length + 2;
                length += 2 + (_word(approval, length) >> 240);
            }
        }
    }

    /// @dev Who signed, by the 64 bytes at `offset`; zero, which no member is, for a signature that is none.
    function _signerOf(bytes32 digest, bytes calldata approval, uint256 offset) private view returns (address) {
        // Does not overflow: offsets end within calldata.
        unchecked {
            uint256 vs = _word(approval, offset + 32);
            if ((vs << 1) >> 1 > MAX_S) return address(0);
            return ECDSA.tryRecover(digest, bytes32(_word(approval, offset)), bytes32(vs));
        }
    }

    /// @dev What follows the two bytes of length at `offset`.
    function _walletSignature(bytes calldata approval, uint256 offset) private pure returns (bytes calldata) {
        return approval[offset + 2:offset + 2 + (_word(approval, offset) >> 240)];
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

    /// @dev The word at `offset`, which the caller knows to begin within the approval. What lies beyond calldata reads as zero.
    function _word(bytes calldata approval, uint256 offset) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := calldataload(add(approval.offset, offset))
        }
    }

    /// @dev Member `index` of a packed list; `index` must be below its length.
    function _memberAt(bytes memory members, uint256 index) private pure returns (address member) {
        assembly ("memory-safe") {
            // The word's upper 20 bytes; it may reach 12 bytes beyond the list, which are shifted out.
            member := shr(96, mload(add(add(members, 32), mul(index, 20))))
        }
    }

    /// @dev The members whose bit is set, by index.
    function _unpack(bytes memory members, uint256 bitmap) internal pure returns (address[] memory accounts) {
        accounts = new address[](LibBit.popCount(bitmap));
        uint256 count;
        for (uint256 index = 0; bitmap >> index != 0; ++index) {
            if ((bitmap >> index) & 1 == 1) accounts[count++] = _memberAt(members, index);
        }
    }

    function _refuse(bytes32 id, uint32 epoch, Refusal refusal, uint256 expected, uint256 actual) private view {
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
