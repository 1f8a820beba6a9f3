// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What a certificate says, read byte by byte
/// @notice Written from RFC 5280 and X.690 without the contract. It answers instead of reverting, and is in no hurry.
library X509Reference {
    struct Fields {
        bytes32 contentHash;
        bytes32 tbsHash;
        bytes32 subjectKeyHash;
        uint256 serial;
        uint256 notBefore;
        uint256 notAfter;
        uint256 r;
        uint256 s;
    }

    /// @dev Where the reading stands. Once something is wrong nothing more is read.
    struct Reader {
        bytes der;
        uint256 offset;
        bool wrong;
    }

    function read(bytes memory der) internal pure returns (bool, Fields memory fields) {
        Reader memory reader = Reader(der, 0, false);
        uint256 end = _open(reader, 0x30, der.length);
        if (reader.wrong || end != der.length) return (false, fields);
        uint256 tbs = reader.offset;
        uint256 tbsEnd = _open(reader, 0x30, end);
        _fields(reader, tbsEnd, fields);
        reader.offset = tbsEnd;
        _exactly(reader, hex"300a06082a8648ce3d040302", end);
        uint256 bitsEnd = _open(reader, 0x03, end);
        if (bitsEnd != end) reader.wrong = true;
        _exactly(reader, hex"00", end);
        uint256 numbersEnd = _open(reader, 0x30, end);
        fields.r = _number(reader, numbersEnd, 33);
        fields.s = _number(reader, numbersEnd, 33);
        if (reader.offset != end || reader.wrong) return (false, fields);
        fields.contentHash = sha256(der);
        fields.tbsHash = sha256(_cut(der, tbs, tbsEnd));
        return (true, fields);
    }

    /// @notice The Unix time of a date, by counting days; false for what is no date, or one before 1970.
    function timestamp(
        uint256 year,
        uint256 month,
        uint256 day,
        uint256 hour,
        uint256 minute,
        uint256 second
    ) internal pure returns (bool, uint256) {
        if (year < 1970 || month == 0 || month > 12 || hour > 23 || minute > 59 || second > 59) return (false, 0);
        if (day == 0 || day > _daysOf(year, month)) return (false, 0);
        uint256 count = day - 1;
        for (uint256 i = 1970; i < year; ++i) count += _isLeap(i) ? 366 : 365;
        for (uint256 i = 1; i < month; ++i) count += _daysOf(year, i);
        return (true, ((count * 24 + hour) * 60 + minute) * 60 + second);
    }

    /// @notice Digits and a Z, of a year of two digits or of four.
    function time(bytes memory text, uint256 yearDigits) internal pure returns (bool, uint256) {
        if (text.length != yearDigits + 11 || text[text.length - 1] != "Z") return (false, 0);
        for (uint256 i = 0; i + 1 < text.length; ++i) if (text[i] < "0" || text[i] > "9") return (false, 0);
        uint256 year = _decimal(text, 0, yearDigits);
        if (yearDigits == 2) year += year >= 50 ? 1900 : 2000;
        uint256 place = yearDigits;
        return
            timestamp(
                year,
                _decimal(text, place, 2),
                _decimal(text, place + 2, 2),
                _decimal(text, place + 4, 2),
                _decimal(text, place + 6, 2),
                _decimal(text, place + 8, 2)
            );
    }

    function _fields(Reader memory reader, uint256 end, Fields memory fields) private pure {
        _exactly(reader, hex"a003020102", end);
        fields.serial = _number(reader, end, 20);
        _exactly(reader, hex"300a06082a8648ce3d040302", end);
        _skip(reader, 0x30, end);
        uint256 validityEnd = _open(reader, 0x30, end);
        fields.notBefore = _time(reader, validityEnd);
        fields.notAfter = _time(reader, validityEnd);
        if (reader.offset != validityEnd) reader.wrong = true;
        _skip(reader, 0x30, end);
        uint256 key = reader.offset;
        _skip(reader, 0x30, end);
        if (!reader.wrong) fields.subjectKeyHash = sha256(_cut(reader.der, key, reader.offset));
    }

    function _time(Reader memory reader, uint256 end) private pure returns (uint256 result) {
        if (reader.wrong || reader.offset >= end) {
            reader.wrong = true;
            return 0;
        }
        bool general = reader.der[reader.offset] == 0x18;
        uint256 next = _open(reader, general ? 0x18 : 0x17, end);
        if (reader.wrong) return 0;
        bool right;
        (right, result) = time(_cut(reader.der, reader.offset, next), general ? 4 : 2);
        if (!right) reader.wrong = true;
        reader.offset = next;
    }

    /// @dev A positive number in its shortest form: at most `most` bytes of content and 32 of value.
    function _number(Reader memory reader, uint256 end, uint256 most) private pure returns (uint256 value) {
        uint256 next = _open(reader, 0x02, end);
        if (reader.wrong) return 0;
        bytes memory content = _cut(reader.der, reader.offset, next);
        reader.offset = next;
        bool signed = content.length > 0 && uint8(content[0]) >= 0x80;
        bool padded = content.length > 0 && content[0] == 0;
        bool needed = content.length > 1 && uint8(content[1]) >= 0x80;
        uint256 size = padded ? content.length - 1 : content.length;
        if (content.length == 0 || content.length > most || signed || (padded && !needed) || size > 32) {
            reader.wrong = true;
            return 0;
        }
        for (uint256 i = 0; i < content.length; ++i) value = value * 256 + uint8(content[i]);
    }

    function _exactly(Reader memory reader, bytes memory expected, uint256 end) private pure {
        if (reader.wrong || reader.offset + expected.length > end) {
            reader.wrong = true;
            return;
        }
        bytes memory actual = _cut(reader.der, reader.offset, reader.offset + expected.length);
        if (keccak256(actual) != keccak256(expected)) reader.wrong = true;
        reader.offset += expected.length;
    }

    function _skip(Reader memory reader, uint8 tag, uint256 end) private pure {
        reader.offset = _open(reader, tag, end);
    }

    /// @dev Goes to an element's content, and says where that ends.
    function _open(Reader memory reader, uint8 tag, uint256 end) private pure returns (uint256) {
        bytes memory der = reader.der;
        uint256 place = reader.offset;
        reader.wrong = reader.wrong || place + 2 > end || uint8(der[place]) != tag;
        if (reader.wrong) return end;
        uint256 length = uint8(der[place + 1]);
        uint256 more;
        if (length >= 0x80) {
            more = length - 0x80;
            if (more == 0 || more > 2 || place + 2 + more > end) {
                reader.wrong = true;
                return end;
            }
            length = 0;
            for (uint256 i = 0; i < more; ++i) length = length * 256 + uint8(der[place + 2 + i]);
            if (length < (more == 1 ? 0x80 : 0x100)) reader.wrong = true;
        }
        reader.offset = place + 2 + more;
        if (reader.offset + length > end) reader.wrong = true;
        return reader.wrong ? end : reader.offset + length;
    }

    function _cut(bytes memory text, uint256 start, uint256 end) private pure returns (bytes memory part) {
        part = new bytes(end - start);
        for (uint256 i = 0; i < part.length; ++i) part[i] = text[start + i];
    }

    function _decimal(bytes memory text, uint256 start, uint256 count) private pure returns (uint256 value) {
        for (uint256 i = 0; i < count; ++i) value = value * 10 + uint8(text[start + i]) - 48;
    }

    function _daysOf(uint256 year, uint256 month) private pure returns (uint256) {
        if (month == 2) return _isLeap(year) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    function _isLeap(uint256 year) private pure returns (bool) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
