// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Verifies FROST(secp256k1, SHA-256) signatures of RFC 9591 over 32-byte messages
/// @notice A FROST signature is a Schnorr signature (R, z): with c = H2(R ‖ PK ‖ message), it holds when z·G = R + c·PK.
///
/// The EVM has no curve arithmetic for secp256k1 but `ecrecover`, which for (h, v, r, s) returns the address of
/// r⁻¹·(s·P - h·G), where P is the point with x = r and the parity v - 27. With P = -PK (the other parity), r = PK.x,
/// s = c·PK.x and h = -z·PK.x (mod n) that is z·G - c·PK: the address to expect is that of R.
///
/// Two different points share an address only by a collision of 160 bits of keccak-256. A forger who could choose Ry
/// freely would search for one between two lists, in 2⁸⁰ steps; as R must lie on the curve, R is fixed by what the challenge
/// hashes, each (R, z) is a single try, and the search takes 2¹⁶⁰.
/// @dev Where this is stricter than the RFC: a challenge of zero is refused (2⁻²⁵⁶ of all messages), as is a key whose x is
/// not below the group order, which `ecrecover` cannot take (2⁻¹²⁸ of all keys).
library Frost {
    /// @dev The field's prime.
    uint256 internal constant P = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F;
    /// @dev The group's order.
    uint256 internal constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    /// @dev Of expand_message_xmd: l_i_b_str = I2OSP(48, 2), then I2OSP(0, 1), then DST = contextString ‖ "chal".
    bytes32 private constant FIRST_SUFFIX = "\x00\x30\x00FROST-secp256k1-SHA256-v1chal";
    /// @dev I2OSP(1, 1), then DST, then I2OSP(len(DST), 1): 31 bytes, the last one is not hashed.
    bytes32 private constant NEXT_SUFFIX = "\x01FROST-secp256k1-SHA256-v1chal\x1d\x00";

    /// @notice Whether (Rx, Ry, z) is a signature of `message` under the key with x-coordinate `keyX`.
    /// @param keyX The key's x; a key that is no point, or whose x is zero or not below the group order, verifies nothing
    /// @param keyOdd Whether the key's y is odd
    /// @param message The message: a 32-byte digest
    /// @param rx x of R
    /// @param ry y of R
    /// @param z The response, below the group order
    function verify(
        uint256 keyX,
        bool keyOdd,
        bytes32 message,
        uint256 rx,
        uint256 ry,
        uint256 z
    ) internal view returns (bool valid) {
        bytes32 firstSuffix = FIRST_SUFFIX;
        bytes32 nextSuffix = NEXT_SUFFIX;
        assembly ("memory-safe") {
            // Nothing branches: a check that fails makes `valid` false, and the rest is computed in vain.

            // Check: R is a point. This leaves out R at infinity, which has no affine form ((0, 0) is off the curve), and
            // coordinates from p up, which would give one signature several forms.
            valid := and(lt(rx, P), lt(ry, P))
            valid := and(valid, eq(mulmod(ry, ry, P), addmod(mulmod(mulmod(rx, rx, P), rx, P), 7, P)))
            // Check: z is reduced, for the same reason.
            valid := and(valid, lt(z, N))

            // Memory: the scratch space, and 195 bytes above the free memory pointer, which stays as it is. Every byte that is
            // read was written here before.
            let m := mload(0x40)

            // The challenge: H2 is hash_to_field of RFC 9380 with expand_message_xmd, SHA-256 and 48 bytes.
            // b_0 = H(Z_pad (64) ‖ R (33) ‖ PK (33) ‖ message (32) ‖ l_i_b_str (2) ‖ 0 (1) ‖ DST (29) ‖ len(DST) (1)).
            // Written from left to right: each word's surplus is overwritten by the next.
            mstore(m, 0)
            mstore(add(m, 32), 0)
            mstore8(add(m, 64), add(2, and(ry, 1)))
            mstore(add(m, 65), rx)
            mstore8(add(m, 97), add(2, keyOdd))
            mstore(add(m, 98), keyX)
            mstore(add(m, 130), message)
            mstore(add(m, 162), firstSuffix)
            mstore8(add(m, 194), 29)
            // SHA-256 fails only for want of gas: 144 here, 84 below. That would leave memory as it was, but `ecrecover` takes
            // 3,000 after it: where that one succeeds, none of these failed, so their successes need no look.
            pop(staticcall(gas(), 2, m, 195, 0x00, 32))

            // b_1 = H(b_0 ‖ 1 ‖ DST ‖ len(DST)), b_2 = H((b_0 xor b_1) ‖ 2 ‖ DST ‖ len(DST)): 63 bytes each.
            let b0 := mload(0x00)
            mstore(0x20, nextSuffix)
            pop(staticcall(gas(), 2, 0x00, 63, 0x00, 32))
            let b1 := mload(0x00)
            mstore(0x00, xor(b0, b1))
            mstore8(0x20, 2)
            pop(staticcall(gas(), 2, 0x00, 63, 0x00, 32))

            // c = OS2IP(b_1 ‖ first 16 bytes of b_2) mod n = b_1 * 2^128 + b_2 / 2^128 mod n.
            let c := addmod(mulmod(b1, shl(128, 1), N), shr(128, mload(0x00)), N)

            // ecrecover(h = -z·x, v of -PK, r = x, s = c·x). n - z does not underflow where `valid` holds. z = 0 gives h = 0, which
            // is right; c = 0 gives s = 0, which ecrecover refuses. It refuses every v but 27 and 28 too, so that a bool which is
            // not clean, as assembly has to expect, can only refuse.
            mstore(m, mulmod(sub(N, z), keyX, N))
            mstore(add(m, 32), sub(28, keyOdd))
            mstore(add(m, 64), keyX)
            mstore(add(m, 96), mulmod(c, keyX, N))
            // On failure ecrecover returns nothing and leaves memory alone, so the size of what came back is checked. It
            // fails for r = 0 or r >= n (no such key), no point with x = r (key off the curve), s = 0, a result at infinity (which
            // is no R), and want of gas.
            pop(staticcall(gas(), 1, m, 128, m, 32))
            valid := and(valid, eq(returndatasize(), 32))

            // The address of R.
            mstore(0x00, rx)
            mstore(0x20, ry)
            valid := and(valid, eq(mload(m), and(keccak256(0x00, 64), 0xffffffffffffffffffffffffffffffffffffffff)))
        }
    }

    /// @notice Whether a point can serve as a group key: on the curve, with an x that `ecrecover` takes.
    function isGroupKey(uint256 x, uint256 y) internal pure returns (bool) {
        return x < N && isOnCurve(x, y);
    }

    /// @notice Whether (x, y) is an affine point of secp256k1, y² = x³ + 7, in reduced form.
    function isOnCurve(uint256 x, uint256 y) internal pure returns (bool) {
        return x < P && y < P && mulmod(y, y, P) == addmod(mulmod(mulmod(x, x, P), x, P), 7, P);
    }
}
