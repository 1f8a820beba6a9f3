// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MemberWord, MemberWords} from "../../contracts/rewards/MemberWord.sol";

/// @title What `npm run prove` shows of a user's word, for every word and every argument
contract MemberWordProof {
    uint256 private constant UNITS_MASK = type(uint40).max;
    uint256 private constant CYCLE_MASK = uint256(type(uint32).max) << 40;
    uint256 private constant OWED_MASK = (uint256(type(uint32).max) << 72) | (uint256(type(uint120).max) << 136);
    uint256 private constant PLACE_MASK = uint256(type(uint32).max) << 104;

    /// @notice Zero is the word of nobody.
    function start() external pure {
        assert(!MemberWord.wrap(0).exists());
    }

    /// @notice A word exists exactly when it is not zero.
    function exists(uint256 word) external pure {
        assert(MemberWord.wrap(word).exists() == (word != 0));
    }

    /// @notice Unbound -> bound: what is packed comes out again, with no units and nothing owed, and the user exists. The last
    /// index is left out, as no pool binds 2³² users.
    function pack(uint32 index, uint32 nextCycle, uint32 reportCount) external pure {
        require(index < type(uint32).max);
        MemberWord word = MemberWords.pack(index, nextCycle, reportCount);
        assert(word.index() == index);
        assert(word.nextCycle() == nextCycle);
        assert(word.reportCount() == reportCount);
        assert(word.units() == 0);
        assert(word.owed() == 0);
        assert(word.exists());
    }

    /// @notice The five fields are the whole word: none shares a bit with another, and no bit is left.
    function fields(uint256 word) external pure {
        MemberWord member = MemberWord.wrap(word);
        uint256 place = (word & PLACE_MASK) >> 104;
        require(place != 0);
        assert(uint256(member.index()) + 1 == place);
        assert(
            word ==
                uint256(member.units()) |
                    (uint256(member.nextCycle()) << 40) |
                    (uint256(member.reportCount()) << 72) |
                    (place << 104) |
                    (uint256(member.owed()) << 136)
        );
    }

    /// @notice Units are the ones given, and nothing else changes.
    function withUnits(uint256 word, uint40 units) external pure {
        MemberWord later = MemberWord.wrap(word).withoutUnits().plusUnits(units);
        assert(later.units() == units);
        _assertKept(word, later, UNITS_MASK);
    }

    /// @notice The next cycle is the one given, and nothing else changes.
    function withNextCycle(uint256 word, uint32 nextCycle) external pure {
        MemberWord later = MemberWord.wrap(word).withNextCycle(nextCycle);
        assert(later.nextCycle() == nextCycle);
        _assertKept(word, later, CYCLE_MASK);
    }

    /// @notice What is owed and how many reports are in it are the ones given, and nothing else changes.
    function withOwed(uint256 word, uint120 owed, uint32 reportCount) external pure {
        MemberWord later = MemberWord.wrap(word).withOwed(owed, reportCount);
        assert(later.owed() == owed);
        assert(later.reportCount() == reportCount);
        _assertKept(word, later, OWED_MASK);
    }

    /// @notice Bound -> bound: who is bound stays so, at the same place, whatever settling and claiming write.
    function settleThenClaim(
        uint32 index,
        uint32 firstCycle,
        uint40 units,
        uint32 nextCycle,
        uint120 owed,
        uint32 reportCount
    ) external pure {
        require(index < type(uint32).max);
        MemberWord settled = MemberWords
            .pack(index, firstCycle, 0)
            .withOwed(owed, reportCount)
            .withoutUnits()
            .plusUnits(units)
            .withNextCycle(nextCycle);
        assert(settled.index() == index && settled.exists());
        MemberWord claimed = settled.withOwed(0, reportCount);
        assert(claimed.exists() && claimed.index() == index);
        assert(claimed.units() == units);
        assert(claimed.nextCycle() == nextCycle);
        assert(claimed.owed() == 0);
        assert(claimed.reportCount() == reportCount);
    }

    /// @dev No bit but those of `mask` differs.
    function _assertKept(uint256 before, MemberWord later, uint256 mask) private pure {
        assert((MemberWord.unwrap(later) ^ before) & ~mask == 0);
    }
}
