// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICertificateLedger} from "../../contracts/certificates/ICertificateLedger.sol";
import {X509} from "../../contracts/certificates/X509.sol";
import {CertificatePapers} from "../helpers/CertificatePapers.sol";
import {Der} from "../helpers/Der.sol";
import {Call} from "../helpers/Failures.sol";

/// @notice The table of failures of issuing with a checked signature: each part of a certificate, wrong by itself. The issuer signs
/// whatever is wrong, and the committee approves it.
contract X509FailuresTest is CertificatePapers {
    uint256 private constant _ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551;

    /// @dev Where the parts of the sound certificate begin.
    uint256 private constant _VERSION = 7;
    uint256 private constant _SERIAL = _VERSION + 5;
    uint256 private constant _ALGORITHM = _SERIAL + 18;
    uint256 private constant _ISSUER = _ALGORITHM + 12;
    uint256 private constant _VALIDITY = _ISSUER + 33;
    uint256 private constant _SUBJECT = _VALIDITY + 32;
    uint256 private constant _KEY = _SUBJECT + 33;

    Call private _honest;

    function setUp() public {
        _honest = _issueWith(_parts());
    }

    function test_applicationMismatch() public {
        ICertificateLedger.Application memory application = _checkedApplication();
        bytes32 actual = application.subjectKeyHash;
        application.subjectKeyHash = KEY;
        bytes memory expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerSubjectKeyMismatch.selector,
            bytes32(KEY),
            actual
        );
        _row("for another key", _honest, _issueFor(application), expected);
        application = _checkedApplication();
        application.notBefore += 1;
        _row("it begins earlier", _honest, _issueFor(application), _validity(application));
        application = _checkedApplication();
        application.notAfter -= 1;
        _row("it ends later", _honest, _issueFor(application), _validity(application));
    }

    function test_centre() public {
        ICertificateLedger.Application memory application = _checkedApplication();
        application.centre = CENTRE;
        bytes4 selector = ICertificateLedger.CertificateLedgerWrongIssuer.selector;
        bytes32 keyHash = _issuerKeyHash();
        bytes memory expected = abi.encodeWithSelector(selector, CENTRE, _committee, bytes32(0), _committee, keyHash);
        _row("a centre whose signatures are not checked", _honest, _issueFor(application), expected);
    }

    function test_signature() public {
        Der.Parts memory parts = _parts();
        bytes memory tbs = Der.tbs(parts);
        (bytes32 r, bytes32 s) = _sign(tbs);
        bytes32 high = bytes32(_ORDER - uint256(s));
        _wrongSignature("a high s", Der.certificate(parts, r, high), tbs);
        _wrongSignature("r is another", Der.certificate(parts, bytes32(uint256(r) ^ 1), s), tbs);
        _wrongSignature("s is another", Der.certificate(parts, r, bytes32(uint256(s) ^ 1)), tbs);
        _wrongSignature("r and s in each other's place", Der.certificate(parts, s, r), tbs);
        (r, s) = vm.signP256(ISSUER_SECRET + 1, sha256(tbs));
        if (uint256(s) > _ORDER / 2) s = bytes32(_ORDER - uint256(s));
        _wrongSignature("another issuer's", Der.certificate(parts, r, s), tbs);
        (r, s) = _sign("something else");
        _wrongSignature("of something else", Der.certificate(parts, r, s), tbs);
    }

    function test_frame() public {
        Der.Parts memory parts = _parts();
        bytes memory tbs = Der.tbs(parts);
        (bytes32 r, bytes32 s) = _sign(tbs);
        bytes memory signature = Der.signature(r, s);
        bytes memory der = Der.certificate(parts, r, s);
        _malformed("nothing", "", 0);
        _malformed("one byte behind it", bytes.concat(der, hex"00"), der.length);
        _malformed("no sequence", bytes.concat(hex"31", _tail(der, 1)), 0);
        _malformed("a longer length than need be", bytes.concat(hex"308300", _tail(der, 2)), 0);
        _malformed("no length", bytes.concat(hex"3080", _tail(der, 4), hex"0000"), 0);
        uint256 signatureAt = 4 + tbs.length + 12;
        bytes memory whole = bytes.concat(tbs, parts.algorithm, signature, hex"0500");
        _malformed("something after the signature", Der.element(0x30, whole), signatureAt);
        bytes memory bits = bytes.concat(hex"01", _tail(signature, 3));
        whole = bytes.concat(tbs, parts.algorithm, Der.element(0x03, bits));
        _malformed("an unused bit", Der.element(0x30, whole), signatureAt);
        whole = bytes.concat(tbs, parts.algorithm, hex"04", _tail(signature, 1));
        _malformed("no bit string", Der.element(0x30, whole), signatureAt);
        bytes memory numbers = bytes.concat(Der.number(uint256(r)), Der.number(uint256(s)), hex"0500");
        whole = bytes.concat(
            tbs,
            parts.algorithm,
            Der.element(0x03, bytes.concat(hex"00", Der.element(0x30, numbers)))
        );
        _malformed("something after s", Der.element(0x30, whole), 4 + whole.length - 2);
    }

    function test_numbers() public {
        Der.Parts memory parts = _parts();
        bytes memory tbs = Der.tbs(parts);
        (, bytes32 s) = _sign(tbs);
        uint256 start = 4 + tbs.length + 12 + 5;
        bytes[5] memory wrong = [
            bytes(hex"0200"), // no content
            hex"020100", // zero
            hex"0201ff", // negative
            hex"02020001", // a zero that is not needed
            hex"022100ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" // one byte too many
        ];
        wrong[4] = Der.element(0x02, bytes.concat(hex"01", bytes32(s)));
        for (uint256 i = 0; i < wrong.length; ++i) {
            bytes memory numbers = Der.element(0x30, bytes.concat(wrong[i], Der.number(uint256(s))));
            bytes memory bits = Der.element(0x03, bytes.concat(hex"00", numbers));
            bytes memory der = Der.element(0x30, bytes.concat(tbs, parts.algorithm, bits));
            _malformed(string.concat("r, number ", vm.toString(i)), der, start);
            parts = _parts();
            parts.serial = i == 4 ? Der.element(0x02, hex"0102030405060708090a0b0c0d0e0f101112131415") : wrong[i];
            _defect(string.concat("serial, number ", vm.toString(i)), parts, X509.X509Malformed.selector, _SERIAL);
        }
    }

    function test_fields() public {
        bytes4 malformed = X509.X509Malformed.selector;
        Der.Parts memory parts = _parts();
        parts.version = hex"a003020101";
        _defect("version 2", parts, malformed, _VERSION);
        parts = _parts();
        parts.version = "";
        _defect("version 1, which is not written", parts, malformed, _VERSION);
        parts = _parts();
        parts.issuer[0] = 0x31;
        _defect("an issuer that is no name", parts, malformed, _ISSUER);
        parts = _parts();
        parts.subject[0] = 0x31;
        _defect("a subject that is no name", parts, malformed, _SUBJECT);
        parts = _parts();
        parts.subjectKey[0] = 0x31;
        _defect("a key that is none", parts, malformed, _KEY);
        parts = _parts();
        parts.validity[0] = 0x31;
        _defect("a validity that is none", parts, malformed, _VALIDITY);
        parts = _parts();
        bytes memory times = bytes.concat(Der.element(0x17, "270101000000Z"), Der.element(0x17, "280101000000Z"));
        parts.validity = Der.element(0x30, bytes.concat(times, hex"0500"));
        _defect("something after the times", parts, malformed, _VALIDITY + 32);
        parts = _parts();
        parts.validity = Der.element(0x30, bytes.concat(hex"1617", _tail(times, 2)));
        _defect("a time of another tag", parts, malformed, _VALIDITY + 2);
    }

    function test_algorithms() public {
        bytes4 wrong = X509.X509WrongAlgorithm.selector;
        Der.Parts memory parts = _parts();
        parts.tbsAlgorithm = hex"300a06082a8648ce3d040303";
        _defect("SHA-384 in the to-be-signed bytes", parts, wrong, _ALGORITHM);
        parts = _parts();
        parts.tbsAlgorithm = hex"300c06082a8648ce3d0403020500";
        _defect("with parameters", parts, wrong, _ALGORITHM);
        parts = _parts();
        parts.tbsAlgorithm = hex"300d06092a864886f70d01010b0500";
        _defect("RSA", parts, wrong, _ALGORITHM);
        parts = _parts();
        parts.algorithm = hex"300a06082a8648ce3d040303";
        _defect("SHA-384 beside the signature", parts, wrong, 4 + Der.tbs(parts).length);
    }

    function test_times() public {
        bytes[18] memory wrong = [
            bytes("270230000000Z"), // no such day
            "270229000000Z", // no leap year
            "271301000000Z", // no such month
            "270001000000Z",
            "270100000000Z",
            "270132000000Z",
            "270101240000Z",
            "270101006000Z",
            "270101000060Z",
            "270101000000z",
            "2701010000Z", // without seconds
            "270101000000+", // another zone
            "2701010000000Z", // a digit too many
            "27010100000:Z", // no digit
            "27010/000000Z",
            "691231235959Z", // 1969
            "500101000000Z", // 1950, not 2050
            "270101000000Z0" // what follows the end
        ];
        for (uint256 i = 0; i < wrong.length; ++i) {
            _wrongTime(0x17, wrong[i]);
        }
        _wrongTime(0x18, "19691231235959Z");
        _wrongTime(0x18, "21000229000000Z");
        _wrongTime(0x18, "2027010100000Z");
        _wrongTime(0x18, "270101000000Z");
        _wrongTime(0x17, "20270101000000Z");
        _wrongTime(0x18, "20270101000000.0Z");
        _wrongTime(0x18, "20270101000000Z0");
    }

    // ── How a row is made ──

    function _checkedApplication() private view returns (ICertificateLedger.Application memory) {
        return _application(P256_CENTRE, sha256(_parts().subjectKey));
    }

    function _issueWith(Der.Parts memory parts) private view returns (Call memory) {
        return _issueChecked(_checkedApplication(), _certify(parts), Der.tbs(parts));
    }

    function _issueFor(ICertificateLedger.Application memory application) private view returns (Call memory) {
        return _issueChecked(application, _certify(_parts()), Der.tbs(_parts()));
    }

    function _defect(string memory what, Der.Parts memory parts, bytes4 selector, uint256 offset) private {
        _row(what, _honest, _issueWith(parts), abi.encodeWithSelector(selector, offset));
    }

    function _malformed(string memory what, bytes memory der, uint256 offset) private {
        bytes memory expected = abi.encodeWithSelector(X509.X509Malformed.selector, offset);
        _row(what, _honest, _issueChecked(_checkedApplication(), der, Der.tbs(_parts())), expected);
    }

    function _wrongTime(uint8 tag, bytes memory text) private {
        Der.Parts memory parts = _parts();
        bytes memory times = bytes.concat(Der.element(0x17, "270101000000Z"), Der.element(tag, text));
        parts.validity = Der.element(0x30, times);
        _defect(string(text), parts, X509.X509WrongTime.selector, _VALIDITY + 17);
    }

    function _wrongSignature(string memory what, bytes memory der, bytes memory tbs) private {
        bytes memory expected = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerWrongIssuerSignature.selector,
            P256_CENTRE,
            sha256(tbs)
        );
        _row(what, _honest, _issueChecked(_checkedApplication(), der, tbs), expected);
    }

    function _validity(ICertificateLedger.Application memory application) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                ICertificateLedger.CertificateLedgerValidityMismatch.selector,
                application.notBefore,
                application.notAfter,
                NOT_BEFORE,
                NOT_AFTER
            );
    }

    function _tail(bytes memory text, uint256 start) private pure returns (bytes memory part) {
        part = new bytes(text.length - start);
        for (uint256 i = 0; i < part.length; ++i) part[i] = text[start + i];
    }
}
