// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {X509} from "../../contracts/certificates/X509.sol";
import {Der} from "../helpers/Der.sol";
import {TestBase} from "../helpers/Vm.sol";
import {X509Reference} from "../helpers/X509Reference.sol";

/// @notice Reads out of calldata, with something behind the certificate that is none of it.
contract X509Probe {
    function read(bytes calldata der, bytes calldata) external pure returns (X509.Certificate memory) {
        return X509.read(der);
    }

    function keyHash(bytes32 x, bytes32 y) external pure returns (bytes32) {
        return X509.keyHash(x, y);
    }
}

/// @notice The reader of certificates against a slow and plain one (invariants L8 and L9).
contract X509Test is TestBase {
    /// @dev What stands behind the certificate: bytes that would go on as one does.
    bytes private constant _BEHIND = hex"3000020101300a06082a8648ce3d0403020000000000000000000000000000";

    X509Probe private _probe;

    function setUp() public {
        _probe = new X509Probe();
    }

    /// @notice Any date of two-digit years, and those beside the calendar.
    function testFuzz_utcTime(uint256 seed) public view {
        bytes memory date = _date(seed);
        bytes memory text = bytes.concat(Der.digits(seed % 100, 2), date);
        _readsTime(0x17, text, 2);
    }

    /// @notice Any date of four-digit years.
    function testFuzz_generalizedTime(uint256 seed) public view {
        uint256 year = seed % 2 == 0 ? (seed >> 8) % 10_000 : 1969 + ((seed >> 8) % 500);
        _readsTime(0x18, bytes.concat(Der.digits(year, 4), _date(seed)), 4);
    }

    /// @notice A date with one byte of it another: what is no digit is refused, and what is one is read.
    function testFuzz_digits(uint256 seed, uint8 other, uint8 place) public view {
        bool general = seed % 2 == 0;
        bytes memory year = general ? Der.digits(1970 + ((seed >> 8) % 200), 4) : Der.digits((seed >> 8) % 50, 2);
        bytes memory text = bytes.concat(year, hex"3031", "15", "123456", "Z");
        text[place % text.length] = bytes1(other);
        _readsTime(general ? 0x18 : 0x17, text, general ? 4 : 2);
    }

    /// @notice Any text as a time, of any length and under any tag.
    function testFuzz_anyTime(bytes memory text, uint8 tag) public view {
        _readsTime(tag % 2 == 0 ? 0x17 : 0x18, text, tag % 2 == 0 ? 2 : 4);
    }

    /// @notice Every day from 1970 to 2199, one second before its end.
    function test_everyDay() public view {
        uint256 expected = 86_399;
        for (uint256 year = 1970; year < 2200; ++year) {
            for (uint256 month = 1; month < 13; ++month) {
                // The day after the last one is none, which the other tests demand.
                for (uint256 day = 1; day < 29; day += 27) {
                    (bool right, uint256 actual) = X509Reference.timestamp(year, month, day, 23, 59, 59);
                    vm.assertTrue(right, "the reference knows no such day");
                    if (day == 1) vm.assertEq(actual, expected, "the reference lost a day");
                    bytes memory text = bytes.concat(Der.digits(year, 4), Der.digits(month, 2), Der.digits(day, 2));
                    if (year % 10 == month % 10) _readsTime(0x18, bytes.concat(text, "235959Z"), 4);
                }
                (, uint256 first) = X509Reference.timestamp(year, month, 1, 23, 59, 59);
                uint256 nextYear = month == 12 ? year + 1 : year;
                (, uint256 next) = X509Reference.timestamp(nextYear, (month % 12) + 1, 1, 23, 59, 59);
                expected += next - first;
            }
        }
    }

    /// @notice Any bytes as a serial number, with any length in front.
    function testFuzz_serial(bytes memory content) public view {
        Der.Parts memory parts = _parts(20);
        parts.serial = Der.element(0x02, content.length > 200 ? _cut(content, 200) : content);
        _same(Der.certificate(parts, bytes32(uint256(1)), bytes32(uint256(1))));
    }

    /// @notice Numbers of every size as r and s.
    function testFuzz_signature(uint256 r, uint256 s, uint8 shiftR, uint8 shiftS) public view {
        (r, s) = (r >> shiftR, s >> shiftS);
        bytes memory der = Der.certificate(_parts(20), bytes32(r), bytes32(s));
        bool right = _same(der);
        vm.assertTrue(right == (r != 0 && s != 0), "a positive number is read, and zero is not");
    }

    /// @notice Any bytes as r.
    function testFuzz_anyNumber(bytes memory content) public view {
        bytes memory number = Der.element(0x02, content.length > 40 ? _cut(content, 40) : content);
        bytes memory numbers = Der.element(0x30, bytes.concat(number, Der.number(1)));
        bytes memory signature = Der.element(0x03, bytes.concat(hex"00", numbers));
        Der.Parts memory parts = _parts(20);
        _same(Der.element(0x30, bytes.concat(Der.tbs(parts), parts.algorithm, signature)));
    }

    /// @notice Names of every length that two bytes tell.
    function testFuzz_lengths(uint256 letters) public view {
        letters = bound(letters, 0, 1_500);
        vm.assertTrue(_same(Der.certificate(_parts(letters), bytes32(uint256(7)), bytes32(uint256(9)))), "refused");
    }

    /// @notice Names whose lengths are about where the form of the length changes, at 128 and at 256.
    function test_lengthsAtTheEdges() public view {
        for (uint256 letters = 100; letters < 260; ++letters) {
            vm.assertTrue(_same(Der.certificate(_parts(letters), bytes32(uint256(7)), bytes32(uint256(9)))), "refused");
        }
    }

    /// @notice A part of the certificate whose length is written in another form is refused.
    function testFuzz_longForms(uint256 which, uint8 form, uint256 letters) public view {
        Der.Parts memory parts = _parts(bound(letters, 0, 300));
        bytes memory part =
            which % 3 == 0
                ? parts.issuer
                : which % 3 == 1
                    ? parts.subject
                    : parts.subjectKey;
        bytes memory longer = _longer(part, form);
        if (which % 3 == 0) parts.issuer = longer;
        else if (which % 3 == 1) parts.subject = longer;
        else parts.subjectKey = longer;
        vm.assertFalse(_same(Der.certificate(parts, bytes32(uint256(7)), bytes32(uint256(9)))), "a longer form");
    }

    /// @notice One byte of a good certificate is another: it is refused, or what was signed is something else (invariant L9).
    function testFuzz_flip(uint256 letters, uint256 place, uint8 mask, uint256 r, uint256 s) public view {
        vm.assume(mask != 0 && r != 0 && s != 0);
        bytes memory der = Der.certificate(_parts(bound(letters, 0, 260)), bytes32(r), bytes32(s));
        X509.Certificate memory good = _probe.read(der, _BEHIND);
        place %= der.length;
        der[place] = der[place] ^ bytes1(mask);
        if (!_same(der)) return;
        X509.Certificate memory other = _probe.read(der, _BEHIND);
        vm.assertTrue(_signed(good) != _signed(other), "other bytes have the same signature");
        vm.assertTrue(good.contentHash != other.contentHash, "other bytes have the same content");
    }

    /// @notice Every bit of a good certificate, one after the other.
    function test_everyBit() public view {
        bytes memory der = Der.certificate(_parts(3), keccak256("r"), keccak256("s"));
        bytes32 good = _signed(_probe.read(der, _BEHIND));
        uint256 read;
        for (uint256 bit = 0; bit < 8 * der.length; ++bit) {
            bytes1 mask = bytes1(uint8(1 << (bit % 8)));
            der[bit / 8] = der[bit / 8] ^ mask;
            try _probe.read(der, _BEHIND) returns (X509.Certificate memory other) {
                vm.assertTrue(_signed(other) != good, string.concat("bit ", vm.toString(bit)));
                ++read;
            } catch {}
            der[bit / 8] = der[bit / 8] ^ mask;
        }
        vm.assertGe(read, 8 * 64, "at least what numbers and names say can be another");
    }

    /// @notice A byte put in, taken out, or put behind: refused, or signed otherwise.
    function testFuzz_lengthened(uint256 place, uint8 other, uint8 how) public view {
        bytes memory der = Der.certificate(_parts(20), keccak256("r"), keccak256("s"));
        bytes32 good = _signed(_probe.read(der, _BEHIND));
        place = how % 3 == 2 ? der.length : place % der.length;
        bytes memory changed = new bytes(how % 3 == 0 ? der.length - 1 : der.length + 1);
        for (uint256 i = 0; i < changed.length; ++i) {
            if (how % 3 == 0) changed[i] = der[i < place ? i : i + 1];
            else
                changed[i] =
                    i < place
                        ? der[i]
                        : i == place
                            ? bytes1(other)
                            : der[i - 1];
        }
        if (_same(changed)) vm.assertTrue(_signed(_probe.read(changed, _BEHIND)) != good, "the same signature");
    }

    /// @notice A certificate with up to three bytes of it another, most of them tags and lengths, read in both ways.
    function testFuzz_damaged(uint256 seed, uint256 letters) public view {
        bytes memory der = Der.certificate(_parts(bound(letters, 0, 300)), keccak256("r"), keccak256("s"));
        for (uint256 i = 0; i < 3; ++i) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            uint256 place = draw % 2 == 0 ? (draw >> 8) % der.length : (draw >> 8) % 60;
            der[place] = bytes1(uint8(draw >> 128));
        }
        _same(der);
    }

    /// @notice Any bytes at all.
    function testFuzz_anything(bytes memory der) public view {
        _same(der);
    }

    /// @notice Cut at each place, a certificate is refused: no byte is read from behind it.
    function test_everyPrefix() public view {
        bytes memory der = Der.certificate(_parts(3), keccak256("r"), keccak256("s"));
        for (uint256 length = 0; length < der.length; ++length) {
            vm.assertFalse(_same(_cut(der, length)), string.concat("of length ", vm.toString(length)));
        }
        vm.assertTrue(_same(der), "the whole");
    }

    function testFuzz_keyHash(bytes32 x, bytes32 y) public view {
        vm.assertEq(_probe.keyHash(x, y), sha256(Der.publicKey(x, y)), "key hash");
    }

    // ── How it is compared ──

    function _parts(uint256 letters) private pure returns (Der.Parts memory) {
        bytes memory start = Der.element(0x17, "270101000000Z");
        bytes memory end = Der.element(0x18, "20501231235959Z");
        return Der.parts(Der.publicKey("x", "y"), start, end, letters);
    }

    /// @dev A month, a day, a time and a Z, mostly ones that are.
    function _date(uint256 seed) private pure returns (bytes memory) {
        uint256 wild = (seed >> 16) % 7;
        bytes memory day = bytes.concat(
            Der.digits(wild == 0 ? (seed >> 24) % 100 : 1 + ((seed >> 24) % 12), 2),
            Der.digits(wild == 1 ? (seed >> 32) % 100 : 1 + ((seed >> 32) % 31), 2)
        );
        bytes memory time = bytes.concat(
            Der.digits((seed >> 40) % (wild == 2 ? 100 : 24), 2),
            Der.digits((seed >> 48) % (wild == 3 ? 100 : 60), 2),
            Der.digits((seed >> 56) % (wild == 4 ? 100 : 60), 2)
        );
        return bytes.concat(day, time, wild == 5 ? bytes("z") : bytes("Z"));
    }

    function _readsTime(uint8 tag, bytes memory text, uint256 yearDigits) private view {
        Der.Parts memory parts = _parts(0);
        parts.validity = Der.element(0x30, bytes.concat(Der.element(0x17, "700101000000Z"), Der.element(tag, text)));
        (bool right, uint256 expected) = X509Reference.time(text, yearDigits);
        bytes memory der = Der.certificate(parts, keccak256("r"), keccak256("s"));
        vm.assertTrue(_same(der) == right, "a time that one of them does not know");
        if (right) vm.assertEq(_probe.read(der, _BEHIND).notAfter, expected, "another time");
    }

    /// @dev That both readers say the same. Whether it is a certificate.
    function _same(bytes memory der) private view returns (bool) {
        (bool right, X509Reference.Fields memory told) = X509Reference.read(der);
        try _probe.read(der, _BEHIND) returns (X509.Certificate memory actual) {
            vm.assertTrue(right, "read, though it is none");
            vm.assertEq(actual.contentHash, told.contentHash, "content");
            vm.assertEq(actual.tbsHash, told.tbsHash, "to-be-signed bytes");
            vm.assertEq(actual.subjectKeyHash, told.subjectKeyHash, "subject key");
            vm.assertEq(actual.serial, told.serial, "serial");
            vm.assertEq(actual.notBefore, told.notBefore, "not before");
            vm.assertEq(actual.notAfter, told.notAfter, "not after");
            vm.assertEq(uint256(actual.r), told.r, "r");
            vm.assertEq(uint256(actual.s), told.s, "s");
        } catch (bytes memory reason) {
            vm.assertFalse(right, "refused, though it is one");
            bytes4 head = bytes4(reason);
            bool named = head == X509.X509Malformed.selector || head == X509.X509WrongTime.selector;
            vm.assertTrue(named || head == X509.X509WrongAlgorithm.selector, "an error that is not the reader's");
        }
        return right;
    }

    function _signed(X509.Certificate memory certificate) private pure returns (bytes32) {
        return keccak256(abi.encode(certificate.tbsHash, certificate.r, certificate.s));
    }

    /// @dev The same element, its length in a form that is longer than need be.
    function _longer(bytes memory part, uint8 form) private pure returns (bytes memory) {
        uint256 head = uint8(part[1]) < 0x80 ? 2 : 2 + uint8(part[1]) - 0x80;
        bytes memory content = new bytes(part.length - head);
        for (uint256 i = 0; i < content.length; ++i) content[i] = part[head + i];
        uint16 length = uint16(content.length);
        if (form % 3 == 0 && length < 0x80) return abi.encodePacked(part[0], hex"81", uint8(length), content);
        if (form % 3 == 1 && length < 0x100) return abi.encodePacked(part[0], hex"82", length, content);
        return abi.encodePacked(part[0], hex"8300", length, content);
    }

    function _cut(bytes memory text, uint256 length) private pure returns (bytes memory part) {
        part = new bytes(length);
        for (uint256 i = 0; i < length; ++i) part[i] = text[i];
    }
}
