// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FrostReference} from "../../contracts/mocks/committee/FrostReference.sol";
import {ApprovalsBase} from "./ApprovalsBase.sol";

/// @notice No byte string makes a committee approve with fewer than threshold members (invariants C1, C2, C3, C6).
contract ApprovalsTest is ApprovalsBase {
    /// @notice C1: raw bytes approve nothing.
    /// @dev The number is for Hardhat alone: what forge is told in its own words holds in the deep profile as well.
    /// hardhat-config: fuzz.runs = 5000
    function testFuzz_noBytesApprove(bytes32 digest, bytes calldata approval) public view {
        _refusedByAll(digest, approval);
    }

    /// @notice C1: nor do raw bytes under a head that fits their length, so that each signature is looked at.
    function testFuzz_noWellFormedBytesApprove(
        bytes32 digest,
        uint256 seed,
        uint256 signers,
        uint256 wallets
    ) public view {
        signers = bound(signers, 0, 127);
        wallets = wallets & signers;
        bytes memory approval = abi.encodePacked(hex"01", signers, wallets);
        for (uint256 i = 0; i < 7; ++i) {
            if ((signers >> i) & 1 == 0) continue;
            bytes memory noise = abi.encodePacked(keccak256(abi.encode(seed, i)), keccak256(abi.encode(seed, i, 1)));
            approval =
                (wallets >> i) & 1 == 0
                    ? abi.encodePacked(approval, noise)
                    : abi.encodePacked(approval, uint16(64), noise);
        }
        _refusedByAll(digest, approval);
    }

    /// @notice C1: nor do raw bytes in the FROST scheme.
    function testFuzz_noGroupBytesApprove(bytes32 digest, uint256 rx, uint256 ry, uint256 z) public view {
        _refusedByAll(digest, abi.encodePacked(hex"02", rx, ry, z));
    }

    /// @notice C1: any three members, who sign what they like for whatever places, are too few among four.
    function testFuzz_threeMembersNeverApprove(
        bytes32 digest,
        uint256 corrupt,
        uint256 signers,
        uint256 seed
    ) public view {
        corrupt = _lowestBits(bound(corrupt, 0, 127), THRESHOLD - 1);
        signers = bound(signers, 0, 127);
        bytes memory approval = abi.encodePacked(hex"01", signers, signers & 0x60);
        for (uint256 i = 0; i < 7; ++i) {
            if ((signers >> i) & 1 == 0) continue;
            // A place of an honest member gets the signature of a corrupt one, for the digest or for that place's question.
            uint256 by = (corrupt >> i) & 1 == 1 ? i : _pick(corrupt, uint256(keccak256(abi.encode(seed, i))));
            bytes memory signature = by == 7 ? new bytes(64) : _signature(_secretOf(by), _asked(by, digest));
            approval =
                i < KEYS ? abi.encodePacked(approval, signature) : abi.encodePacked(approval, uint16(64), signature);
        }
        // The owner of the wallets stands behind both: with one of them corrupt, its signature must not count for the other.
        _refusedByAll(digest, approval);
    }

    /// @notice Every set of members approves exactly when it is large enough.
    function testFuzz_anySetOfMembers(bytes32 digest, uint256 signers) public view {
        signers = bound(signers, 0, 127);
        bytes memory approval = _approval(digest, signers, signers & 0x60);
        bool enough = _count(signers) >= THRESHOLD;
        _agrees(_bareId, digest, approval, enough);
        _agrees(_attributableId, digest, approval, enough);
    }

    /// @notice C1, C3: whatever is done to a good approval, the registry answers as the plain model does.
    function testFuzz_mutatedApprovals(
        bytes32 digest,
        uint256 signers,
        uint256 wallets,
        uint256 place,
        uint256 value,
        uint8 how
    ) public view {
        signers = bound(signers, 0, 127);
        bytes memory approval = _approval(digest, signers, wallets & signers & 0x60);
        approval = _mutated(approval, place, value, how);
        (bool expected, ) = _model.judge(_question(digest, false, false), approval);
        _agrees(_bareId, digest, approval, expected);
    }

    /// @notice C1, C3, C6: the same for the group's signature, with and without a confirmed key.
    function testFuzz_mutatedGroupApprovals(
        bytes32 digest,
        uint256 nonce,
        uint256 place,
        uint256 value,
        uint8 how
    ) public view {
        nonce = bound(nonce, 1, FrostReference.N - 1);
        (FrostReference.Point memory r, uint256 z) = FrostReference.sign(GROUP_SECRET, nonce, abi.encodePacked(digest));
        bytes memory approval = abi.encodePacked(hex"02", r.x, r.y, z);
        _agrees(_id, digest, approval, true);
        _agrees(_bareId, digest, approval, false);
        _agrees(_attributableId, digest, approval, false);
        approval = _mutated(approval, place, value, how);
        (bool expected, ) = _model.judge(_question(digest, true, false), approval);
        _agrees(_id, digest, approval, expected);
    }

    /// @notice C8: what one committee approved, another one of the same members did only because digests do not name it here; on
    /// another chain the registry's own structs, and what wallets are asked, are others.
    function testFuzz_anotherChainAsksAnother(bytes32 digest, uint64 chain) public {
        vm.assume(chain != block.chainid && chain != 0);
        bytes memory approval = _approval(digest, 0x67, 0x60);
        _agrees(_bareId, digest, approval, true);
        vm.chainId(chain);
        _agrees(_bareId, digest, approval, false);
        _agrees(_bareId, digest, _approval(digest, 0x67, 0x60), true);
    }

    function _mutated(
        bytes memory approval,
        uint256 place,
        uint256 value,
        uint8 how
    ) private pure returns (bytes memory mutated) {
        place = bound(place, 0, approval.length - 1);
        how = uint8(bound(how, 0, 5));
        mutated = bytes.concat(approval);
        if (how == 0) mutated[place] = bytes1(uint8(value));
        else if (how == 1) mutated[place] = mutated[place] ^ bytes1(uint8(1 << (value % 8)));
        else if (how == 2) mutated = bytes.concat(approval, new bytes(value % 70));
        else if (how == 3) {
            assembly ("memory-safe") {
                mstore(mutated, place)
            }
        } else if (how == 4) {
            // One byte of a bitmap, where most of the meaning is.
            mutated[1 + (place % 64)] = bytes1(uint8(value));
        } else {
            // Another bit of the members' own.
            uint256 index = 32 + 32 * (place % 2);
            if (index < mutated.length) mutated[index] = mutated[index] ^ bytes1(uint8(1 << (value % 7)));
        }
    }

    /// @dev The lowest `most` of the bits that are set.
    function _lowestBits(uint256 bits, uint256 most) private pure returns (uint256 kept) {
        for (uint256 i = 0; i < 7 && most != 0; ++i) {
            if ((bits >> i) & 1 == 1) {
                kept |= 1 << i;
                --most;
            }
        }
    }

    /// @dev One of the indexes whose bit is set; 7 if there is none.
    function _pick(uint256 bits, uint256 seed) private pure returns (uint256) {
        for (uint256 i = 0; i < 7; ++i) {
            uint256 index = (seed + i) % 7;
            if ((bits >> index) & 1 == 1) return index;
        }
        return 7;
    }
}
