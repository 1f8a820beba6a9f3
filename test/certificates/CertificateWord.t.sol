// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccountType, Requester} from "../../contracts/certificates/CertificateMoves.sol";
import {CertificateWord, CertificateWords} from "../../contracts/certificates/CertificateWord.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice Holds the packed word against a plain struct: what is put into one place is found there, and in no other.
contract CertificateWordTest is TestBase {
    struct Plain {
        uint32 centre;
        uint8 accountType;
        uint32 sequence;
        uint40 notBefore;
        uint40 notAfter;
        uint40 movedAt;
        uint40 freezeEnds;
        uint8 reason;
        uint8 frozenBy;
    }

    uint256 private constant STEPS = 6;

    function test_zeroIsNoCertificate() public pure {
        CertificateWord word = CertificateWord.wrap(0);
        vm.assertFalse(word.exists(), "zero exists");
        _require(word, Plain(0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    /// @notice A certificate's word after any moves.
    function testFuzz_moves(Plain memory plain, Plain[STEPS] memory steps) public pure {
        plain.accountType %= 6;
        (plain.sequence, plain.freezeEnds, plain.reason, plain.frozenBy) = (1, 0, 0, 0);
        CertificateWord word = CertificateWords.pack(_account(plain), plain.notBefore, plain.notAfter, plain.movedAt);
        vm.assertTrue(word.exists(), "a record is no certificate");
        _require(word, plain);
        for (uint256 i = 0; i < STEPS; ++i) {
            Plain memory step = steps[i];
            (step.accountType, step.frozenBy) = (step.accountType % 6, step.frozenBy % 4);
            (step.sequence, step.notBefore, step.notAfter) = (plain.sequence + 1, plain.notBefore, plain.notAfter);
            word = word.moved(_account(step), step.movedAt, step.freezeEnds, step.reason, Requester(step.frozenBy));
            plain = step;
            _require(word, plain);
        }
    }

    /// @notice Two words are the same only where every part is, and no bit beyond the parts is set.
    function testFuzz_noBitIsLost(Plain memory plain, Plain memory step) public pure {
        CertificateWord word = CertificateWords.pack(_account(plain), plain.notBefore, plain.notAfter, plain.movedAt);
        step.frozenBy %= 4;
        word = word.moved(_account(step), step.movedAt, step.freezeEnds, step.reason, Requester(step.frozenBy));
        bytes memory packed = abi.encodePacked(
            step.frozenBy,
            step.reason,
            step.freezeEnds,
            step.movedAt,
            plain.notAfter,
            plain.notBefore,
            uint32(2),
            step.centre,
            step.accountType
        );
        vm.assertEq(CertificateWord.unwrap(word), uint256(bytes32(packed)) >> 8, "another word");
    }

    function _account(Plain memory plain) private pure returns (uint40) {
        return uint40(plain.centre) * 256 + plain.accountType;
    }

    function _require(CertificateWord word, Plain memory plain) private pure {
        vm.assertEq(word.account(), _account(plain), "account");
        vm.assertEq(word.centre(), plain.centre, "centre");
        vm.assertTrue(word.accountType() == AccountType(plain.accountType), "type");
        vm.assertEq(word.sequence(), plain.sequence, "sequence");
        vm.assertEq(word.notBefore(), plain.notBefore, "notBefore");
        vm.assertEq(word.notAfter(), plain.notAfter, "notAfter");
        vm.assertEq(word.movedAt(), plain.movedAt, "movedAt");
        vm.assertEq(word.freezeEnds(), plain.freezeEnds, "freezeEnds");
        vm.assertEq(word.reason(), plain.reason, "reason");
        vm.assertTrue(word.frozenBy() == Requester(plain.frozenBy), "frozenBy");
    }
}
