// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Certificates in DER, put together from their parts
library Der {
    struct Parts {
        bytes version;
        bytes serial;
        bytes tbsAlgorithm;
        bytes issuer;
        bytes validity;
        bytes subject;
        bytes subjectKey;
        bytes rest;
        bytes algorithm;
    }

    bytes internal constant ECDSA_SHA256 = hex"300a06082a8648ce3d040302";

    /// @notice Sound parts. The names take so many letters.
    function parts(
        bytes memory subjectKey,
        bytes memory notBefore,
        bytes memory notAfter,
        uint256 letters
    ) internal pure returns (Parts memory) {
        return
            Parts({
                version: hex"a003020102",
                serial: hex"02105eed0000000000000000000000000001",
                tbsAlgorithm: ECDSA_SHA256,
                issuer: name(letters),
                validity: element(0x30, bytes.concat(notBefore, notAfter)),
                subject: name(letters),
                subjectKey: subjectKey,
                rest: element(0xa3, hex"3010300e0603551d130101ff040430020500"),
                algorithm: ECDSA_SHA256
            });
    }

    /// @notice The to-be-signed bytes.
    function tbs(Parts memory given) internal pure returns (bytes memory) {
        bytes memory head = bytes.concat(given.version, given.serial, given.tbsAlgorithm, given.issuer);
        return element(0x30, bytes.concat(head, given.validity, given.subject, given.subjectKey, given.rest));
    }

    function certificate(Parts memory given, bytes32 r, bytes32 s) internal pure returns (bytes memory) {
        return element(0x30, bytes.concat(tbs(given), given.algorithm, signature(r, s)));
    }

    function signature(bytes32 r, bytes32 s) internal pure returns (bytes memory) {
        bytes memory numbers = element(0x30, bytes.concat(number(uint256(r)), number(uint256(s))));
        return element(0x03, bytes.concat(hex"00", numbers));
    }

    /// @notice A name of one common name.
    function name(uint256 letters) internal pure returns (bytes memory) {
        bytes memory text = new bytes(letters);
        for (uint256 i = 0; i < letters; ++i) text[i] = "n";
        bytes memory attribute = element(0x30, bytes.concat(hex"0603550403", element(0x0c, text)));
        return element(0x30, element(0x31, attribute));
    }

    /// @notice SubjectPublicKeyInfo of a P-256 key.
    function publicKey(bytes32 x, bytes32 y) internal pure returns (bytes memory) {
        return bytes.concat(hex"3059301306072a8648ce3d020106082a8648ce3d03010703420004", x, y);
    }

    /// @notice An element, its length in the shortest form.
    function element(uint8 tag, bytes memory content) internal pure returns (bytes memory) {
        uint256 length = content.length;
        if (length < 0x80) return abi.encodePacked(tag, uint8(length), content);
        if (length < 0x100) return abi.encodePacked(tag, hex"81", uint8(length), content);
        return abi.encodePacked(tag, hex"82", uint16(length), content);
    }

    /// @notice A number that is not negative.
    function number(uint256 value) internal pure returns (bytes memory) {
        uint256 size = 1;
        while (size < 32 && value >> (8 * size) != 0) ++size;
        bytes memory content = new bytes(size);
        for (uint256 i = 0; i < size; ++i) content[i] = bytes1(uint8(value >> (8 * (size - 1 - i))));
        return element(0x02, uint8(content[0]) < 0x80 ? content : bytes.concat(hex"00", content));
    }

    /// @notice Decimal digits, so many.
    function digits(uint256 value, uint256 count) internal pure returns (bytes memory text) {
        text = new bytes(count);
        for (uint256 i = count; i > 0; --i) {
            text[i - 1] = bytes1(uint8(48 + (value % 10)));
            value /= 10;
        }
    }
}
