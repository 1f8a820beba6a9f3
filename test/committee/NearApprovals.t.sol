// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {ApprovalsBase} from "./ApprovalsBase.sol";

/// @notice Approvals that are nearly good: made of true signatures, well formed, and one thing wrong (invariants C1, C2, C3). Raw
/// bytes never come so far; each test here says by which refusal it is sure to have come there.
contract NearApprovalsTest is ApprovalsBase {
    uint256 private constant ALL = 0x7f;
    uint256 private constant WALLET_BITS = 0x60;
    uint256 private constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    bytes32 private _prefixId; // 3 of the first five members, at the same places
    bytes32 private _shuffledId; // 3 of three members, at other places
    address[] private _shuffled;

    constructor() {
        address[] memory prefix = new address[](5);
        for (uint256 i = 0; i < 5; ++i) prefix[i] = _members[i];
        _shuffled = [_members[6], _members[3], _members[0]];
        ICommitteeRegistry.GroupKey memory none = ICommitteeRegistry.GroupKey(0, 0);
        _prefixId = _registry.create("prefix", address(0), false, ICommitteeRegistry.EpochConfig(prefix, 3, none));
        _shuffledId = _registry.create("other", address(0), false, ICommitteeRegistry.EpochConfig(_shuffled, 3, none));
    }

    /// @notice C1: an index that no member has is refused, whatever stands there, and however many true signatures stand before.
    function testFuzz_indexesBeyondTheMembers(
        bytes32 digest,
        uint256 signers,
        uint256 beyond,
        uint256 seed
    ) public view {
        signers = bound(signers, 0, ALL);
        // At most eight of them, anywhere from 7 to 255, and half of them next to the last member.
        uint256 extra;
        for (uint256 i = 0; i <= beyond % 8; ++i) {
            uint256 drawn = uint256(keccak256(abi.encode(beyond, i)));
            extra |= 1 << (7 + ((drawn >> 8) % (drawn % 2 == 0 ? 2 : 249)));
        }
        bytes memory approval = _approval(digest, signers, signers & WALLET_BITS);
        uint256 wallets = signers & WALLET_BITS;
        for (uint256 i = 7; i < 256; ++i) {
            if ((extra >> i) & 1 == 0) continue;
            uint256 by = uint256(keccak256(abi.encode(seed, i))) % 7;
            bytes memory signature = _signature(_secretOf(by), _asked(by, digest));
            if (by >= KEYS) {
                wallets |= 1 << i;
                approval = bytes.concat(approval, hex"0040", signature);
            } else {
                approval = bytes.concat(approval, signature);
            }
        }
        _setHead(approval, signers | extra, wallets);
        _refusedByAll(digest, approval);
        _refusedWith(_bareId, digest, approval, ICommitteeRegistry.CommitteeNotMember.selector);
    }

    /// @notice C1, C2: who signed once does not count in another's place as well, be it a key's or a wallet's.
    function testFuzz_oneSignerInTwoPlaces(bytes32 digest, uint256 signers, uint256 from, uint256 to) public view {
        signers = _exactly(signers, THRESHOLD - 1);
        from = _nthOf(signers, from);
        to = _nthOf(ALL & ~signers, to);
        bytes memory copy = _signature(_secretOf(from), _asked(from, digest));
        _refusedByAll(digest, _approvalWith(digest, signers, to, copy));
    }

    /// @notice C1: nor does what the place's own member signed of anything else: another digest, the digest of another's
    /// question, the bare digest for a wallet or a wallet's question for a key.
    function testFuzz_ownSignatureOfAnother(
        bytes32 digest,
        bytes32 other,
        uint256 signers,
        uint256 place,
        uint8 what
    ) public view {
        vm.assume(other != digest);
        signers = _exactly(signers, THRESHOLD - 1);
        place = _nthOf(ALL & ~signers, place);
        bytes32 asked = _asked(place, other);
        if (what % 3 == 1) asked = _asked(place < KEYS ? KEYS : 11 - place, digest);
        if (what % 3 == 2) asked = place < KEYS ? _domainDigest(digest) : digest;
        _refusedByAll(digest, _approvalWith(digest, signers, place, _signature(_secretOf(place), asked)));
    }

    /// @notice C1: nor the twin of a true signature whose s is above half of the order.
    function testFuzz_highS(bytes32 digest, uint256 signers, uint256 place) public view {
        signers = _exactly(signers, THRESHOLD);
        place = _nthOf(signers, place);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_secretOf(place), _asked(place, digest));
        // 64 bytes have room for 255 bits of s, which is less than nearly every twin has.
        uint256 high = ORDER - uint256(s);
        bytes memory twin = abi.encodePacked(r, (high % 2 ** 255) | (uint256(28 - v) << 255));
        bytes memory approval = _approvalWith(digest, signers & ~(1 << place), place, twin);
        _refusedByAll(digest, approval);
        // A wallet may be given 65.
        twin = abi.encodePacked(r, high, uint8(55 - v));
        if (place >= KEYS) _refusedByAll(digest, _approvalWith(digest, signers & ~(1 << place), place, twin));
    }

    /// @notice C1, C3: a key that is asked as a wallet, or a wallet as a key, has not signed.
    function testFuzz_keysAndWalletsMixedUp(bytes32 digest, uint256 signers, uint256 mixed) public view {
        signers = _exactly(signers, THRESHOLD + (mixed >> 254));
        mixed = mixed & signers;
        if (mixed == 0) mixed = signers & (~signers + 1);
        bytes memory approval = _approval(digest, signers, (signers & WALLET_BITS) ^ mixed);
        (bool expected, uint256 approvals) = _model.judge(_question(digest, false, false), approval);
        vm.assertLe(approvals, _count(signers & ~mixed), "only those asked as what they are");
        _agrees(_bareId, digest, approval, expected);
        if (_count(signers & ~mixed) < THRESHOLD) _refusedByAll(digest, approval);
    }

    /// @notice C1: nothing may be missing from a good approval, or follow it.
    function testFuzz_cutOrContinued(bytes32 digest, uint256 signers, uint256 length, bytes calldata more) public view {
        signers = _exactly(signers, THRESHOLD + (length >> 254));
        bytes memory approval = _approval(digest, signers, signers & WALLET_BITS);
        _agrees(_bareId, digest, approval, true);
        if (more.length != 0) _refusedByAll(digest, bytes.concat(approval, more));
        length = bound(length, 0, approval.length - 1);
        assembly ("memory-safe") {
            mstore(approval, length)
        }
        _refusedByAll(digest, approval);
    }

    /// @notice C1: an approval by no more than it needs is good no more with any one of its bits flipped.
    function testFuzz_oneBit(bytes32 digest, uint256 signers, uint256 bit) public view {
        signers = _exactly(signers, THRESHOLD);
        bytes memory approval = _approval(digest, signers, signers & WALLET_BITS);
        bit = bound(bit, 0, approval.length * 8 - 1);
        approval[bit / 8] = approval[bit / 8] ^ bytes1(uint8(1 << (bit % 8)));
        _refusedByAll(digest, approval);
        (bool expected, ) = _model.judge(_question(digest, false, false), approval);
        vm.assertFalse(expected, "model");
    }

    /// @notice C1: an approval that is good in a smaller committee of the same members is not good in this one.
    function testFuzz_ofASmallerCommittee(bytes32 digest, uint256 signers) public view {
        signers = _exactly(signers, 3);
        if (signers & WALLET_BITS == 0) {
            bytes memory approval = _approval(digest, signers, 0);
            vm.assertTrue(_registry.isApproved(_prefixId, 1, digest, approval), "smaller");
            _refusedByAll(digest, approval);
            _refusedWith(_bareId, digest, approval, ICommitteeRegistry.CommitteeTooFew.selector);
        }
        bytes memory shuffled = bytes.concat(
            abi.encodePacked(hex"01", uint256(7), uint256(1), hex"0040"),
            _signature(OWNER_KEY, _asked(6, digest)),
            _signature(_secretOf(3), digest),
            _signature(_secretOf(0), digest)
        );
        vm.assertTrue(_registry.isApproved(_shuffledId, 1, digest, shuffled), "shuffled");
        _refusedByAll(digest, shuffled);
    }

    /// @notice C1, C3: an adversary that holds the signatures of three members, and of the others whatever they signed of
    /// another digest, and puts them together as it likes, well formed and in any place, convinces nobody.
    function testFuzz_adversary(
        bytes32 digest,
        uint256 corrupt,
        uint256 signers,
        uint256 wallets,
        uint256 seed
    ) public view {
        corrupt = _exactly(corrupt, THRESHOLD - 1);
        // The corrupt ones sign, and most places are asked as what they are.
        signers = corrupt | bound(signers, 0, ALL);
        wallets = ((signers & WALLET_BITS) ^ (seed % 4 == 0 ? wallets : 0)) & signers;
        bytes memory approval = abi.encodePacked(hex"01", signers, wallets);
        for (uint256 i = 0; i < 7; ++i) {
            if ((signers >> i) & 1 == 0) continue;
            bytes memory signature = _gathered(digest, corrupt, i, uint256(keccak256(abi.encode(seed, i))));
            if ((wallets >> i) & 1 == 1) approval = bytes.concat(approval, bytes2(uint16(signature.length)), signature);
            else approval = bytes.concat(approval, signature);
        }
        _refusedByAll(digest, approval);
        (bool expected, ) = _model.judge(_question(digest, false, false), approval);
        vm.assertFalse(expected, "model");
    }

    /// @dev What an adversary puts to a place: for its own the true signature, mostly; for an honest one what there is.
    function _gathered(
        bytes32 digest,
        uint256 corrupt,
        uint256 place,
        uint256 seed
    ) private view returns (bytes memory) {
        if ((corrupt >> place) & 1 == 1 && seed % 16 != 0) return _signature(_secretOf(place), _asked(place, digest));
        uint256 by = _nthOf(corrupt, seed >> 8);
        seed = (seed >> 4) % 6;
        if (seed == 0) return _signature(_secretOf(by), _asked(by, digest));
        if (seed == 1) return _signature(_secretOf(by), by < KEYS ? _asked(place, digest) : digest);
        if (seed == 2) return _signature(_secretOf(place), _asked(place, ~digest));
        if (seed == 3) return _signature(_secretOf(place), _domainDigest(~digest));
        if (seed == 4) return new bytes(64);
        return abi.encodePacked(uint256(uint160(_members[place])), uint256(digest));
    }

    /// @dev A good approval of `signers`, and `signature` in one more place, as its member is asked.
    function _approvalWith(
        bytes32 digest,
        uint256 signers,
        uint256 place,
        bytes memory signature
    ) private view returns (bytes memory approval) {
        signers |= 1 << place;
        approval = abi.encodePacked(hex"01", signers, signers & WALLET_BITS);
        for (uint256 i = 0; i < 7; ++i) {
            if ((signers >> i) & 1 == 0) continue;
            bytes memory entry = i == place ? signature : _signature(_secretOf(i), _asked(i, digest));
            if (i >= KEYS) approval = bytes.concat(approval, bytes2(uint16(entry.length)), entry);
            else approval = bytes.concat(approval, entry);
        }
    }

    function _setHead(bytes memory approval, uint256 signers, uint256 wallets) private pure {
        assembly ("memory-safe") {
            mstore(add(approval, 33), signers)
            mstore(add(approval, 65), wallets)
        }
    }

    /// @dev Demands this very refusal, so that the test is known to have come as far.
    function _refusedWith(bytes32 id, bytes32 digest, bytes memory approval, bytes4 selector) private view {
        try _registry.requireApproval(id, 1, digest, approval) {
            vm.assertTrue(false, "approved");
        } catch (bytes memory reason) {
            vm.assertTrue(bytes4(reason) == selector, "another refusal");
        }
    }

    /// @dev So many of the seven members, whichever the seed says.
    function _exactly(uint256 seed, uint256 number) private pure returns (uint256 bits) {
        for (; number != 0; --number) {
            bits |= 1 << _nthOf(ALL & ~bits, seed);
            seed /= 7;
        }
    }

    /// @dev The index of one of the bits that are set.
    function _nthOf(uint256 bits, uint256 seed) private pure returns (uint256 index) {
        for (seed %= _count(bits); ; ++index) {
            if ((bits >> index) & 1 == 0) continue;
            if (seed == 0) return index;
            --seed;
        }
    }
}
