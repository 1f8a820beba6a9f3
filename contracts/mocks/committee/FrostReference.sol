// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title FROST(secp256k1, SHA-256) of RFC 9591, written to be compared with the text, for messages of any length
/// @notice The tests hold `Frost` against this. It shares no line with it: no precompile but SHA-256, no trick, affine
/// coordinates at the edge and Jacobian ones within, and every check of the RFC where the RFC has it.
library FrostReference {
    uint256 internal constant P = 2 ** 256 - 2 ** 32 - 977;
    uint256 internal constant N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    uint256 internal constant GX = 0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798;
    uint256 internal constant GY = 0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8;
    bytes internal constant CONTEXT = "FROST-secp256k1-SHA256-v1";

    error FrostReferenceTooLong(uint256 length, uint256 dstLength);
    error FrostReferenceNoPoint(bytes encoded);

    /// @notice An affine point; (0, 0), which is not on the curve, stands for infinity.
    struct Point {
        uint256 x;
        uint256 y;
    }

    /// @notice A Jacobian point (X/Z², Y/Z³); z = 0 is infinity.
    struct Jacobian {
        uint256 x;
        uint256 y;
        uint256 z;
    }

    /// @notice RFC 9591, Appendix B with the ciphersuite of Section 6.5: z·G = R + c·PK.
    function verify(Point memory key, bytes memory message, Point memory r, uint256 z) internal pure returns (bool) {
        if (!isPoint(key) || !isPoint(r) || z >= N) return false;
        uint256 c = challenge(r, key, message);
        Point memory left = multiply(Point(GX, GY), z);
        Point memory right = add(r, multiply(key, c));
        return left.x == right.x && left.y == right.y;
    }

    /// @notice A plain Schnorr signature with the suite's challenge, which is what a FROST group of one makes.
    function sign(
        uint256 secret,
        uint256 nonce,
        bytes memory message
    ) internal pure returns (Point memory r, uint256 z) {
        r = multiply(Point(GX, GY), nonce);
        uint256 c = challenge(r, multiply(Point(GX, GY), secret), message);
        z = addmod(nonce, mulmod(c, secret, N), N);
    }

    /// @notice RFC 9591, Section 4.6: H2 over the encoded commitment, the encoded key and the message.
    function challenge(Point memory r, Point memory key, bytes memory message) internal pure returns (uint256) {
        return hashToScalar(abi.encodePacked(compress(r), compress(key), message), abi.encodePacked(CONTEXT, "chal"));
    }

    /// @notice RFC 9380, Section 5.2: hash_to_field with m = 1, L = 48 and the group order as modulus.
    function hashToScalar(bytes memory message, bytes memory dst) internal pure returns (uint256 scalar) {
        bytes memory uniform = expandMessageXmd(message, dst, 48);
        for (uint256 i = 0; i < uniform.length; ++i) {
            scalar = addmod(mulmod(scalar, 256, N), uint8(uniform[i]), N);
        }
    }

    /// @notice RFC 9380, Section 5.3.1, with SHA-256 (32 bytes out, blocks of 64).
    function expandMessageXmd(
        bytes memory message,
        bytes memory dst,
        uint16 length
    ) internal pure returns (bytes memory uniform) {
        uint256 ell = (uint256(length) + 31) / 32;
        require(ell <= 255 && dst.length <= 255, FrostReferenceTooLong(length, dst.length));
        bytes memory dstPrime = abi.encodePacked(dst, uint8(dst.length));
        bytes32 b0 = sha256(abi.encodePacked(new bytes(64), message, length, uint8(0), dstPrime));
        bytes32 b = sha256(abi.encodePacked(b0, uint8(1), dstPrime));
        uniform = abi.encodePacked(b);
        for (uint256 i = 2; i <= ell; ++i) {
            b = sha256(abi.encodePacked(b0 ^ b, uint8(i), dstPrime));
            uniform = abi.encodePacked(uniform, b);
        }
        assembly ("memory-safe") {
            mstore(uniform, length)
        }
    }

    /// @notice SEC 1 compressed form: 33 bytes.
    function compress(Point memory point) internal pure returns (bytes memory) {
        return abi.encodePacked(point.y % 2 == 0 ? bytes1(0x02) : bytes1(0x03), point.x);
    }

    /// @notice The point of a compressed form; reverts if there is none.
    function decompress(bytes memory encoded) internal pure returns (Point memory point) {
        require(encoded.length == 33 && (encoded[0] == 0x02 || encoded[0] == 0x03), FrostReferenceNoPoint(encoded));
        uint256 x;
        for (uint256 i = 1; i < 33; ++i) x = (x << 8) | uint8(encoded[i]);
        // p = 3 mod 4, so a square's root is its (p + 1) / 4-th power.
        uint256 y = power(addmod(power(x, 3), 7, P), (P + 1) / 4);
        if (y % 2 != uint8(encoded[0]) - 2) y = P - y;
        point = Point(x, y);
        require(isPoint(point), FrostReferenceNoPoint(encoded));
    }

    /// @notice Whether a point is affine, reduced and on y² = x³ + 7.
    function isPoint(Point memory point) internal pure returns (bool) {
        if (point.x >= P || point.y >= P) return false;
        return power(point.y, 2) == addmod(power(point.x, 3), 7, P);
    }

    /// @notice k·A by double and add.
    function multiply(Point memory a, uint256 k) internal pure returns (Point memory) {
        Jacobian memory sum;
        Jacobian memory addend = Jacobian(a.x, a.y, a.x == 0 && a.y == 0 ? 0 : 1);
        for (; k != 0; k >>= 1) {
            if (k & 1 == 1) sum = _add(sum, addend);
            addend = _double(addend);
        }
        return _affine(sum);
    }

    /// @notice A + B.
    function add(Point memory a, Point memory b) internal pure returns (Point memory) {
        Jacobian memory left = Jacobian(a.x, a.y, a.x == 0 && a.y == 0 ? 0 : 1);
        Jacobian memory right = Jacobian(b.x, b.y, b.x == 0 && b.y == 0 ? 0 : 1);
        return _affine(_add(left, right));
    }

    /// @notice base^exponent in the field.
    function power(uint256 base, uint256 exponent) internal pure returns (uint256 result) {
        result = 1;
        for (; exponent != 0; exponent >>= 1) {
            if (exponent & 1 == 1) result = mulmod(result, base, P);
            base = mulmod(base, base, P);
        }
    }

    function _affine(Jacobian memory a) private pure returns (Point memory) {
        if (a.z == 0) return Point(0, 0);
        uint256 inverse = power(a.z, P - 2);
        uint256 square = mulmod(inverse, inverse, P);
        return Point(mulmod(a.x, square, P), mulmod(a.y, mulmod(square, inverse, P), P));
    }

    function _double(Jacobian memory a) private pure returns (Jacobian memory) {
        if (a.z == 0) return a; // and y is never 0, as the order is odd
        uint256 ySquare = mulmod(a.y, a.y, P);
        uint256 s = mulmod(4, mulmod(a.x, ySquare, P), P);
        uint256 slope = mulmod(3, mulmod(a.x, a.x, P), P);
        uint256 x = _subtract(mulmod(slope, slope, P), addmod(s, s, P));
        uint256 y = _subtract(mulmod(slope, _subtract(s, x), P), mulmod(8, mulmod(ySquare, ySquare, P), P));
        return Jacobian(x, y, mulmod(2, mulmod(a.y, a.z, P), P));
    }

    function _add(Jacobian memory a, Jacobian memory b) private pure returns (Jacobian memory sum) {
        if (a.z == 0) return b;
        if (b.z == 0) return a;
        uint256 aa = mulmod(a.z, a.z, P);
        uint256 bb = mulmod(b.z, b.z, P);
        uint256 u = mulmod(a.x, bb, P);
        uint256 s = mulmod(a.y, mulmod(b.z, bb, P), P);
        uint256 h = _subtract(mulmod(b.x, aa, P), u);
        uint256 r = _subtract(mulmod(b.y, mulmod(a.z, aa, P), P), s);
        if (h == 0) return r == 0 ? _double(a) : Jacobian(0, 0, 0);
        uint256 hh = mulmod(h, h, P);
        uint256 hhh = mulmod(h, hh, P);
        uint256 v = mulmod(u, hh, P);
        sum.x = _subtract(_subtract(mulmod(r, r, P), hhh), addmod(v, v, P));
        sum.y = _subtract(mulmod(r, _subtract(v, sum.x), P), mulmod(s, hhh, P));
        sum.z = mulmod(h, mulmod(a.z, b.z, P), P);
    }

    function _subtract(uint256 a, uint256 b) private pure returns (uint256) {
        return addmod(a, P - b, P);
    }
}
