// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A user's whole state in one word:
/// `units (40) | nextCycle (32) | reportCount (32) | place (32) | owed (120)`, lowest bits first.
///
/// `reportCount` is how many profit reports are in `owed`; `place` is the user's index plus one, so that a bound user's word is
/// never zero.
type MemberWord is uint256;

using MemberWords for MemberWord global;

library MemberWords {
    uint256 private constant UNITS_MASK = type(uint40).max;
    uint256 private constant CYCLE_MASK = uint256(type(uint32).max) << 40;
    uint256 private constant REPORTS_MASK = uint256(type(uint32).max) << 72;

    function pack(uint32 index_, uint32 nextCycle_, uint32 reportCount_) internal pure returns (MemberWord) {
        return
            MemberWord.wrap(
                (uint256(nextCycle_) << 40) | (uint256(reportCount_) << 72) | ((uint256(index_) + 1) << 104)
            );
    }

    function units(MemberWord word) internal pure returns (uint40) {
        return uint40(MemberWord.unwrap(word));
    }

    function nextCycle(MemberWord word) internal pure returns (uint32) {
        return uint32(MemberWord.unwrap(word) >> 40);
    }

    function reportCount(MemberWord word) internal pure returns (uint32) {
        return uint32(MemberWord.unwrap(word) >> 72);
    }

    function index(MemberWord word) internal pure returns (uint32) {
        // A bound user's place is at least 1.
        unchecked {
            return uint32(MemberWord.unwrap(word) >> 104) - 1;
        }
    }

    function owed(MemberWord word) internal pure returns (uint120) {
        return uint120(MemberWord.unwrap(word) >> 136);
    }

    function exists(MemberWord word) internal pure returns (bool) {
        return MemberWord.unwrap(word) != 0;
    }

    /// @dev All units of a pool together fit the 40 bits.
    function plusUnits(MemberWord word, uint256 units_) internal pure returns (MemberWord) {
        unchecked {
            return MemberWord.wrap(MemberWord.unwrap(word) + units_);
        }
    }

    function withoutUnits(MemberWord word) internal pure returns (MemberWord) {
        return MemberWord.wrap(MemberWord.unwrap(word) & ~UNITS_MASK);
    }

    function withNextCycle(MemberWord word, uint32 nextCycle_) internal pure returns (MemberWord) {
        return MemberWord.wrap((MemberWord.unwrap(word) & ~CYCLE_MASK) | (uint256(nextCycle_) << 40));
    }

    function withOwed(MemberWord word, uint120 owed_, uint32 reportCount_) internal pure returns (MemberWord) {
        uint256 kept = (MemberWord.unwrap(word) << 120) >> 120;
        return MemberWord.wrap((kept & ~REPORTS_MASK) | (uint256(reportCount_) << 72) | (uint256(owed_) << 136));
    }
}
