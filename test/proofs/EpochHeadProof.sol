// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EpochHead, EpochHeads} from "../../contracts/committee/EpochHead.sol";

/// @title What `npm run prove` shows of an epoch's word, for every word and every argument
contract EpochHeadProof {
    uint256 private constant UNTIL_MASK = uint256(type(uint40).max) << 200;
    uint256 private constant KEY_FLAGS = (EpochHeads.GROUP_KEY_ODD | EpochHeads.GROUP_KEY_CONFIRMED) << 248;

    /// @notice Zero, the word of an epoch that never was, says so and claims nothing.
    function start() external pure {
        EpochHead head = EpochHead.wrap(0);
        assert(!head.exists());
        assert(!head.isAttributable() && !head.isGroupKeyOdd() && !head.isGroupKeyConfirmed());
    }

    /// @notice What is packed comes out again, and an epoch that has members exists.
    function pack(
        address members,
        uint40 validFrom,
        uint40 validUntil,
        uint8 threshold,
        bool attributable,
        bool odd
    ) external pure {
        uint256 flags = (attributable ? EpochHeads.ATTRIBUTABLE : 0) | (odd ? EpochHeads.GROUP_KEY_ODD : 0);
        EpochHead head = EpochHeads.pack(members, validFrom, validUntil, threshold, flags);
        assert(head.members() == members);
        assert(head.validFrom() == validFrom);
        assert(head.validUntil() == validUntil);
        assert(head.threshold() == threshold);
        assert(head.isAttributable() == attributable);
        assert(head.isGroupKeyOdd() == odd);
        assert(!head.isGroupKeyConfirmed());
        assert(head.exists() || members == address(0));
    }

    /// @notice Open or in grace -> over: the end is the one given, and nothing else changes.
    function end(uint256 word, uint40 validUntil) external pure {
        EpochHead before = EpochHead.wrap(word);
        EpochHead later = before.withValidUntil(validUntil);
        assert(later.validUntil() == validUntil);
        assert((EpochHead.unwrap(later) ^ word) & ~UNTIL_MASK == 0);
    }

    /// @notice Without a confirmed key -> with one, of the parity given; nothing else changes.
    function confirm(uint256 word, bool odd) external pure {
        EpochHead before = EpochHead.wrap(word);
        EpochHead later = before.withConfirmedGroupKey(odd);
        assert(later.isGroupKeyConfirmed());
        assert(later.isGroupKeyOdd() == odd);
        assert((EpochHead.unwrap(later) ^ word) & ~KEY_FLAGS == 0);
    }

    /// @notice A confirmed key outlives every end that is set after it.
    function confirmThenEnd(uint256 word, bool odd, uint40 validUntil) external pure {
        EpochHead later = EpochHead.wrap(word).withConfirmedGroupKey(odd).withValidUntil(validUntil);
        assert(later.isGroupKeyConfirmed() && later.isGroupKeyOdd() == odd);
        assert(later.validUntil() == validUntil);
    }
}
