// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SignatureCheckHarness} from "../../contracts/mocks/utils/SignatureCheckHarness.sol";
import {FickleWallet} from "../../contracts/mocks/wallets/FickleWallet.sol";
import {OwnerWallet} from "../../contracts/mocks/wallets/OwnerWallet.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice Holds the check of signatures against the precompile and the words of the rule (invariant D5).
contract SignatureCheckTest is TestBase {
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    SignatureCheckHarness private _check = new SignatureCheckHarness();

    /// @notice D5: whatever the bytes, an account without code has signed only if the precompile recovers it from a low s.
    function testFuzz_rawBytes(bytes32 digest, bytes calldata signature, address account) public view {
        vm.assume(account.code.length == 0);
        vm.assertTrue(_check.isValid(account, digest, signature) == _recovers(account, digest, signature), "raw");
    }

    /// @notice D5: the same for bytes of the right length about a signature that is right.
    function testFuzz_mutations(
        uint256 key,
        bytes32 digest,
        uint8 position,
        uint8 change,
        bool compact,
        bytes32 otherDigest,
        bool other
    ) public view {
        key = bound(key, 1, ORDER - 1);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        bytes memory signature = compact ? _compact(v, r, s) : abi.encodePacked(r, s, v);
        uint256 index = bound(position, 0, signature.length - 1);
        signature[index] = bytes1(uint8(signature[index]) ^ change);
        bytes32 asked = other ? otherDigest : digest;
        address account = vm.addr(key);
        bool actual = _check.isValid(account, asked, signature);
        vm.assertTrue(actual == _recovers(account, asked, signature), "reference");
        vm.assertTrue(actual == (change == 0 && (!other || otherDigest == digest)), "one bit");
    }

    /// @notice D5: a key's own signature is valid in both forms, and its malleable twin in none.
    function testFuzz_forms(uint256 key, bytes32 digest) public view {
        key = bound(key, 1, ORDER - 1);
        address account = vm.addr(key);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        vm.assertTrue(_check.isValid(account, digest, abi.encodePacked(r, s, v)), "65 bytes");
        vm.assertTrue(_check.isValid(account, digest, _compact(v, r, s)), "64 bytes");
        bytes32 high = bytes32(ORDER - uint256(s));
        vm.assertFalse(_check.isValid(account, digest, abi.encodePacked(r, high, v == 27 ? 28 : uint8(27))), "high s");
        vm.assertFalse(_check.isValid(address(0), digest, abi.encodePacked(r, s, v)), "nobody");
        vm.assertFalse(_check.isValid(address(0), digest, abi.encodePacked(r, s, uint8(0))), "nobody, no recovery");
    }

    /// @notice D5: the largest s that is low is low, and the next one is not. Any r on the curve has some account behind it.
    function testFuzz_largestLowS(bytes32 digest) public view {
        bytes32 r = 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798;
        for (uint256 i = 0; i < 2; ++i) {
            bytes32 s = bytes32(ORDER / 2 + i);
            address account = ecrecover(digest, 27, r, s);
            vm.assume(account != address(0) && account.code.length == 0);
            vm.assertTrue(_check.isValid(account, digest, abi.encodePacked(r, s, uint8(27))) == (i == 0), "65 bytes");
            vm.assertTrue(_check.isValid(account, digest, _compact(27, r, s)) == (i == 0), "64 bytes");
        }
    }

    /// @notice D5: a wallet has signed if its code says so, and only then.
    function testFuzz_wallets(uint256 key, uint256 ownerKey, bytes32 digest, bool accepts) public {
        bytes memory signature = _signed(key, digest);
        address wallet = address(new OwnerWallet(_account(ownerKey)));
        bool isOwners = _account(key) == _account(ownerKey);
        vm.assertTrue(_check.isValid(wallet, digest, signature) == isOwners, "another's");
        vm.assertTrue(_check.isValid(wallet, digest, _signed(ownerKey, digest)), "owner's");

        FickleWallet fickle = new FickleWallet();
        fickle.setAccepts(accepts);
        vm.assertTrue(_check.isValid(address(fickle), digest, signature) == accepts, "fickle");
    }

    /// @notice D5: an account that has both a key and code, as EIP-7702 makes them, has signed if either says so.
    function testFuzz_keyAndCode(uint256 key, uint256 ownerKey, bytes32 digest, bool byOwner) public {
        address account = _account(key);
        vm.assume(account.code.length == 0);
        vm.etch(account, address(new OwnerWallet(_account(ownerKey))).code);
        bytes memory signature = _signed(byOwner ? ownerKey : key, digest);
        vm.assertTrue(_check.isValid(account, digest, signature), "key or code");
        vm.assertFalse(_check.isValid(account, keccak256(abi.encode(digest)), signature), "another digest");
    }

    function _account(uint256 key) private pure returns (address) {
        return vm.addr(bound(key, 1, ORDER - 1));
    }

    function _signed(uint256 key, bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(bound(key, 1, ORDER - 1), digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev The rule in its own words, with nothing but the precompile.
    function _recovers(address account, bytes32 digest, bytes memory signature) private pure returns (bool) {
        bytes32 r;
        bytes32 s;
        uint8 v;
        if (signature.length == 65) {
            (r, s) = _words(signature);
            v = uint8(signature[64]);
        } else if (signature.length == 64) {
            bytes32 vs;
            (r, vs) = _words(signature);
            s = bytes32(uint256(vs) % 2 ** 255);
            v = uint8(27 + (uint256(vs) >> 255));
        } else {
            return false;
        }
        if (uint256(s) > ORDER / 2 || (v != 27 && v != 28)) return false;
        address signer = ecrecover(digest, v, r, s);
        return signer != address(0) && signer == account;
    }

    function _words(bytes memory data) private pure returns (bytes32 first, bytes32 second) {
        for (uint256 i = 0; i < 32; ++i) {
            first |= bytes32(data[i]) >> (i * 8);
            second |= bytes32(data[32 + i]) >> (i * 8);
        }
    }

    function _compact(uint8 v, bytes32 r, bytes32 s) private pure returns (bytes memory) {
        return abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }
}
