// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DateTimeLib} from "solady/src/utils/DateTimeLib.sol";

/// @title What the ledger reads of an X.509 certificate that an ECDSA P-256 key signed over SHA-256
/// @notice One certificate has one form here: DER with the shortest lengths, nothing after the end, positive numbers without
/// leading zeros. Whoever changes a byte has other bytes or is refused.
library X509 {
    /// @notice The bytes at `offset` are not what a certificate has there.
    error X509Malformed(uint256 offset);
    /// @notice The time at `offset` is no time, or one before 1970.
    error X509WrongTime(uint256 offset);
    /// @notice The signature algorithm at `offset` is another than ECDSA over SHA-256.
    error X509WrongAlgorithm(uint256 offset);

    uint256 private constant _INTEGER = 0x02;
    uint256 private constant _BIT_STRING = 0x03;
    uint256 private constant _UTC_TIME = 0x17;
    uint256 private constant _GENERALIZED_TIME = 0x18;
    uint256 private constant _SEQUENCE = 0x30;
    uint256 private constant _ZULU = 0x5a; // "Z"

    /// @dev What twelve decimal digits are read with, a byte for each: "0", and masks.
    uint256 private constant _ZEROS = uint256(bytes32("000000000000"));
    uint256 private constant _TWELVE_BYTES = uint256(type(uint96).max) << 160;
    uint256 private constant _LOWER_HALVES = uint256(0x0f0f0f0f0f0f0f0f0f0f0f0f) << 160;
    uint256 private constant _UPPER_HALVES = uint256(0xf0f0f0f0f0f0f0f0f0f0f0f0) << 160;
    uint256 private constant _SIXES = uint256(0x060606060606060606060606) << 160;
    uint256 private constant _ONES = uint256(0x00ff00ff00ff00ff00ff00ff) << 160;

    /// @dev AlgorithmIdentifier of ecdsa-with-SHA256 (RFC 5758), which has no parameters.
    uint256 private constant _ECDSA_SHA256 = 0x300a06082a8648ce3d040302;
    /// @dev The version field of a version 3 certificate.
    uint256 private constant _VERSION_3 = 0xa003020102;
    /// @dev SubjectPublicKeyInfo of an uncompressed P-256 key, up to its coordinates (RFC 5480).
    bytes27 private constant _P256_KEY = 0x3059301306072a8648ce3d020106082a8648ce3d03010703420004;

    struct Certificate {
        bytes32 contentHash; // SHA-256 of all bytes
        bytes32 tbsHash; // SHA-256 of the to-be-signed bytes
        bytes32 subjectKeyHash; // SHA-256 of the SubjectPublicKeyInfo
        uint256 serial;
        uint40 notBefore; // Unix seconds, inclusive
        uint40 notAfter; // Unix seconds, inclusive
        bytes32 r;
        bytes32 s;
    }

    function read(bytes calldata der) internal pure returns (Certificate memory certificate) {
        (uint256 tbs, uint256 end) = _enter(der, 0, der.length, _SEQUENCE);
        require(end == der.length, X509Malformed(end));
        (uint256 fields, uint256 algorithm) = _enter(der, tbs, end, _SEQUENCE);
        certificate.contentHash = sha256(der);
        certificate.tbsHash = sha256(der[tbs:algorithm]);
        _readFields(der, fields, algorithm, certificate);
        _readSignature(der, _skipAlgorithm(der, algorithm, end), end, certificate);
    }

    /// @notice SHA-256 of a P-256 key's SubjectPublicKeyInfo.
    function keyHash(bytes32 x, bytes32 y) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(_P256_KEY, x, y));
    }

    /// @dev The fields of the to-be-signed bytes: version, serial, algorithm, issuer, validity, subject, key, and what follows.
    function _readFields(bytes calldata der, uint256 start, uint256 end, Certificate memory certificate) private pure {
        require(_word(der, start) >> 216 == _VERSION_3, X509Malformed(start));
        (certificate.serial, start) = _readNumber(der, start + 5, end, 20);
        (, start) = _enter(der, _skipAlgorithm(der, start, end), end, _SEQUENCE);

        (uint256 time, uint256 subject) = _enter(der, start, end, _SEQUENCE);
        (certificate.notBefore, time) = _readTime(der, time, subject);
        (certificate.notAfter, time) = _readTime(der, time, subject);
        require(time == subject, X509Malformed(time));

        (, uint256 key) = _enter(der, subject, end, _SEQUENCE);
        (, uint256 rest) = _enter(der, key, end, _SEQUENCE);
        certificate.subjectKeyHash = sha256(der[key:rest]);
    }

    function _readSignature(
        bytes calldata der,
        uint256 start,
        uint256 end,
        Certificate memory certificate
    ) private pure {
        (uint256 content, uint256 next) = _enter(der, start, end, _BIT_STRING);
        // No bit of the last byte is unused.
        require(next == end && _word(der, content) >> 248 == 0, X509Malformed(start));
        (content, next) = _enter(der, content + 1, end, _SEQUENCE);
        uint256 number;
        (number, content) = _readNumber(der, content, next, 33);
        certificate.r = bytes32(number);
        (number, content) = _readNumber(der, content, next, 33);
        certificate.s = bytes32(number);
        require(content == end, X509Malformed(content));
    }

    /// @dev Where the element after the algorithm begins.
    function _skipAlgorithm(bytes calldata der, uint256 start, uint256 end) private pure returns (uint256 next) {
        next = start + 12;
        require(next <= end && _word(der, start) >> 160 == _ECDSA_SHA256, X509WrongAlgorithm(start));
    }

    /// @dev A positive number of at most 32 bytes, whose content takes at most `most`, in its shortest form.
    function _readNumber(
        bytes calldata der,
        uint256 start,
        uint256 end,
        uint256 most
    ) private pure returns (uint256 number, uint256 next) {
        uint256 content;
        (content, next) = _enter(der, start, end, _INTEGER);
        // Does not underflow: `content` is at most `next`, and `size` is 1 to 32 where it is used.
        unchecked {
            uint256 size = next - content;
            uint256 word = _word(der, content);
            bool valid = size != 0 && size <= most && word >> 255 == 0;
            // A zero stands before a number whose first bit is set, and nowhere else.
            if (word >> 248 == 0) {
                word = _word(der, content + 1);
                valid = valid && size != 1 && word >> 255 == 1;
                --size;
            }
            require(valid && size <= 32, X509Malformed(start));
            number = word >> (8 * (32 - size));
        }
    }

    function _readTime(
        bytes calldata der,
        uint256 start,
        uint256 end
    ) private pure returns (uint40 time, uint256 next) {
        bool general = _word(der, start) >> 248 == _GENERALIZED_TIME;
        uint256 content;
        (content, next) = _enter(der, start, end, general ? _GENERALIZED_TIME : _UTC_TIME);
        // Does not overflow: years have four digits, and offsets end within calldata.
        unchecked {
            require(next - content == (general ? 15 : 13), X509WrongTime(start));
            uint256 text = _word(der, content);
            uint256 century = general ? _pairs(text, start) >> 240 : 0;
            if (general) text <<= 16;
            uint256 pairs = _pairs(text, start);
            uint256 year = pairs >> 240;
            if (general) year += century * 100;
            else year += year < 50 ? 2000 : 1900;
            uint256 month = (pairs >> 224) & 0xff;
            uint256 day = (pairs >> 208) & 0xff;
            uint256 hour = (pairs >> 192) & 0xff;
            uint256 minute = (pairs >> 176) & 0xff;
            uint256 second = (pairs >> 160) & 0xff;
            require(
                (text >> 152) & 0xff == _ZULU &&
                    DateTimeLib.isSupportedDateTime(year, month, day, hour, minute, second),
                X509WrongTime(start)
            );
            time = uint40(DateTimeLib.dateTimeToTimestamp(year, month, day, hour, minute, second));
        }
    }

    /// @dev The six numbers of two digits that the first twelve bytes of `text` write, each in 16 bits, highest first.
    function _pairs(uint256 text, uint256 start) private pure returns (uint256) {
        // Does not overflow: each byte is at most 15 where it is added to, and each pair at most 99.
        unchecked {
            uint256 digits = (text ^ _ZEROS) & _TWELVE_BYTES;
            // No byte is above 9: neither it nor itself plus 6 reaches its upper half.
            require((digits | ((digits & _LOWER_HALVES) + _SIXES)) & _UPPER_HALVES == 0, X509WrongTime(start));
            return ((digits >> 8) & _ONES) * 10 + (digits & _ONES);
        }
    }

    /// @dev The content of the element at `start`, which must have this tag and end by `end`: where it begins and where the next
    /// element does.
    function _enter(
        bytes calldata der,
        uint256 start,
        uint256 end,
        uint256 tag
    ) private pure returns (uint256 content, uint256 next) {
        // Does not overflow: offsets are below `end`, and lengths below 2^16.
        unchecked {
            uint256 head = _word(der, start);
            uint256 length = (head >> 240) & 0xff;
            content = start + 2;
            bool shortest = true;
            if (length >= 0x80) {
                // One or two bytes of length, and only where fewer would not do.
                if (length == 0x81) {
                    length = (head >> 232) & 0xff;
                    shortest = length >= 0x80;
                    content = start + 3;
                } else {
                    shortest = length == 0x82;
                    length = (head >> 224) & 0xffff;
                    shortest = shortest && length >= 0x100;
                    content = start + 4;
                }
            }
            next = content + length;
            require(head >> 248 == tag && shortest && next <= end, X509Malformed(start));
        }
    }

    /// @dev The word at `start`. What lies beyond calldata reads as zero, and no element may end beyond `der`.
    function _word(bytes calldata der, uint256 start) private pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := calldataload(add(der.offset, start))
        }
    }
}
