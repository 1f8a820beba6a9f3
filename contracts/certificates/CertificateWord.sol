// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccountType, Requester} from "./CertificateMoves.sol";

/// @notice A certificate's state in one word, so that a verdict reads it once:
/// `account (40) | sequence (32) | notBefore (40) | notAfter (40) | movedAt (40) | freezeEnds (40) | reason (8) | frozenBy (8)`,
/// lowest bits first.
///
/// `account` is `centre << 8 | type`: the type is part of the number, so that no account can change it. `freezeEnds` stays when a
/// centre's freeze was undone, for {CertificateMoves} to tell when the centre may freeze again. A word of zero is no certificate.
type CertificateWord is uint256;

using CertificateWords for CertificateWord global;

library CertificateWords {
    uint256 private constant VALIDITY_MASK = ((1 << 80) - 1) << 72;

    /// @dev A certificate that was just issued to `account_`.
    function pack(
        uint40 account_,
        uint40 notBefore_,
        uint40 notAfter_,
        uint40 movedAt_
    ) internal pure returns (CertificateWord) {
        return
            CertificateWord.wrap(
                uint256(account_) |
                    (1 << 40) |
                    (uint256(notBefore_) << 72) |
                    (uint256(notAfter_) << 112) |
                    (uint256(movedAt_) << 152)
            );
    }

    function exists(CertificateWord word) internal pure returns (bool) {
        return CertificateWord.unwrap(word) != 0;
    }

    function account(CertificateWord word) internal pure returns (uint40) {
        return uint40(CertificateWord.unwrap(word));
    }

    function accountType(CertificateWord word) internal pure returns (AccountType) {
        return AccountType(uint8(CertificateWord.unwrap(word)));
    }

    function centre(CertificateWord word) internal pure returns (uint32) {
        return uint32(CertificateWord.unwrap(word) >> 8);
    }

    /// @dev How many records there are.
    function sequence(CertificateWord word) internal pure returns (uint32) {
        return uint32(CertificateWord.unwrap(word) >> 40);
    }

    function notBefore(CertificateWord word) internal pure returns (uint40) {
        return uint40(CertificateWord.unwrap(word) >> 72);
    }

    function notAfter(CertificateWord word) internal pure returns (uint40) {
        return uint40(CertificateWord.unwrap(word) >> 112);
    }

    function movedAt(CertificateWord word) internal pure returns (uint40) {
        return uint40(CertificateWord.unwrap(word) >> 152);
    }

    function freezeEnds(CertificateWord word) internal pure returns (uint40) {
        return uint40(CertificateWord.unwrap(word) >> 192);
    }

    function reason(CertificateWord word) internal pure returns (uint8) {
        return uint8(CertificateWord.unwrap(word) >> 232);
    }

    function frozenBy(CertificateWord word) internal pure returns (Requester) {
        return Requester(uint8(CertificateWord.unwrap(word) >> 240));
    }

    /// @dev The certificate one record later.
    function moved(
        CertificateWord word,
        uint40 account_,
        uint40 movedAt_,
        uint40 freezeEnds_,
        uint8 reason_,
        Requester frozenBy_
    ) internal pure returns (CertificateWord) {
        // The sequence does not overflow: 2^32 records take more blocks than a chain will have.
        unchecked {
            return
                CertificateWord.wrap(
                    (CertificateWord.unwrap(word) & VALIDITY_MASK) |
                        uint256(account_) |
                        (uint256(word.sequence() + 1) << 40) |
                        (uint256(movedAt_) << 152) |
                        (uint256(freezeEnds_) << 192) |
                        (uint256(reason_) << 232) |
                        (uint256(uint8(frozenBy_)) << 240)
                );
        }
    }
}
