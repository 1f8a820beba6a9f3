// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Frost} from "../../contracts/committee/Frost.sol";
import {FrostReference} from "../../contracts/mocks/committee/FrostReference.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice Holds the FROST library against the plain reference (invariants C11 and C12).
contract FrostTest is TestBase {
    struct Case {
        FrostReference.Point key;
        bytes32 message;
        FrostReference.Point r;
        uint256 z;
    }

    /// @notice C11: what the reference signs, the library accepts.
    function testFuzz_acceptsWhatTheReferenceSigns(uint256 secret, uint256 nonce, bytes32 message) public view {
        Case memory c = _signed(secret, nonce, message);
        vm.assertTrue(_library(c), "library");
        vm.assertTrue(_reference(c), "reference");
    }

    /// @notice C11: library and reference give the same answer, whatever one field is changed to.
    function testFuzz_agreesOnMutations(
        uint256 secret,
        uint256 nonce,
        bytes32 message,
        uint8 field,
        uint256 value,
        uint8 how
    ) public view {
        Case memory c = _signed(secret, nonce, message);
        field = uint8(bound(field, 0, 5));
        if (field == 0) c.r.x = _mutated(c.r.x, value, how);
        else if (field == 1) c.r.y = _mutated(c.r.y, value, how);
        else if (field == 2) c.z = _mutated(c.z, value, how);
        else if (field == 3) c.message = bytes32(_mutated(uint256(c.message), value, how));
        else if (field == 4) c.key.x = _mutated(c.key.x, value, how);
        else c.key.y = FrostReference.P - c.key.y;
        // The library knows the key by x and parity: the point to compare with is the one those two name, if any.
        if (field == 4) {
            (bool found, uint256 y) = _lift(c.key.x, c.key.y % 2 == 1);
            if (!found) {
                vm.assertFalse(_library(c), "a key off the curve verified");
                return;
            }
            c.key.y = y;
        }
        vm.assertTrue(_library(c) == _reference(c), "the two differ");
    }

    /// @notice C12: random numbers are no signature.
    function testFuzz_refusesNoise(
        uint256 keyX,
        bool keyOdd,
        bytes32 message,
        uint256 rx,
        uint256 ry,
        uint256 z
    ) public view {
        vm.assertFalse(Frost.verify(keyX, keyOdd, message, rx, ry, z), "noise verified");
    }

    /// @notice C12: with R on the curve, random numbers are still no signature.
    function testFuzz_refusesNoiseOnTheCurve(uint256 secret, uint256 nonce, bytes32 message, uint256 z) public view {
        Case memory c = _signed(secret, nonce, message);
        vm.assume(z % Frost.N != c.z);
        c.z = z;
        vm.assertFalse(_library(c), "noise verified");
    }

    /// @notice The library works in scratch memory: what stood in allocated memory, and the free pointer, stay as they were.
    function testFuzz_leavesMemoryAlone(uint256 secret, uint256 nonce, bytes32 message, bytes memory kept) public view {
        Case memory c = _signed(secret, nonce, message);
        bytes32 hash = keccak256(kept);
        uint256 free;
        uint256 freeAfter;
        uint256 zero;
        // Dirty memory beyond the free pointer must not reach the hash.
        assembly ("memory-safe") {
            free := mload(0x40)
            for {
                let i := 0
            } lt(i, 512) {
                i := add(i, 32)
            } {
                mstore(add(free, i), not(i))
            }
        }
        bool valid = Frost.verify(c.key.x, c.key.y % 2 == 1, c.message, c.r.x, c.r.y, c.z);
        assembly ("memory-safe") {
            freeAfter := mload(0x40)
            zero := mload(0x60)
        }
        vm.assertTrue(valid, "a signature was refused");
        vm.assertEq(freeAfter, free, "free memory pointer");
        vm.assertEq(zero, 0, "zero slot");
        vm.assertEq(keccak256(kept), hash, "allocated memory");
    }

    /// @notice With little gas the library runs out or says what it says with plenty; a hash that failed is never used.
    function testFuzz_littleGas(
        uint256 secret,
        uint256 nonce,
        bytes32 message,
        uint256 gasLimit,
        bool spoil
    ) public view {
        Case memory c = _signed(secret, nonce, message);
        if (spoil) c.z = addmod(c.z, 1, Frost.N);
        try this.verify{gas: bound(gasLimit, 500, 8_000)}(c) returns (bool valid) {
            vm.assertTrue(valid == !spoil, "gas changed the answer");
        } catch {}
    }

    function verify(Case calldata c) external view returns (bool) {
        return Frost.verify(c.key.x, c.key.y % 2 == 1, c.message, c.r.x, c.r.y, c.z);
    }

    function _signed(uint256 secret, uint256 nonce, bytes32 message) private pure returns (Case memory c) {
        secret = bound(secret, 1, FrostReference.N - 1);
        nonce = bound(nonce, 1, FrostReference.N - 1);
        c.key = FrostReference.multiply(FrostReference.Point(FrostReference.GX, FrostReference.GY), secret);
        c.message = message;
        (c.r, c.z) = FrostReference.sign(secret, nonce, abi.encodePacked(message));
    }

    function _mutated(uint256 from, uint256 value, uint8 how) private pure returns (uint256) {
        how = uint8(bound(how, 0, 6));
        unchecked {
            if (how == 0) return value;
            if (how == 1) return from ^ (1 << (value % 256));
            if (how == 2) return from + FrostReference.N;
            if (how == 3) return from + FrostReference.P;
            if (how == 4) return FrostReference.N - from;
            if (how == 5) return FrostReference.P - from;
            return 0;
        }
    }

    function _lift(uint256 x, bool odd) private pure returns (bool found, uint256 y) {
        if (x >= FrostReference.P) return (false, 0);
        y = FrostReference.power(addmod(FrostReference.power(x, 3), 7, FrostReference.P), (FrostReference.P + 1) / 4);
        if ((y % 2 == 1) != odd) y = FrostReference.P - y;
        found = FrostReference.isPoint(FrostReference.Point(x, y));
    }

    function _library(Case memory c) private view returns (bool) {
        return Frost.verify(c.key.x, c.key.y % 2 == 1, c.message, c.r.x, c.r.y, c.z);
    }

    function _reference(Case memory c) private pure returns (bool) {
        return FrostReference.verify(c.key, abi.encodePacked(c.message), c.r, c.z);
    }
}
