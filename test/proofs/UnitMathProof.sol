// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {MemberWord} from "../../contracts/rewards/MemberWord.sol";
import {PoolWord} from "../../contracts/rewards/PoolWord.sol";
import {UnitMath} from "../../contracts/rewards/UnitMath.sol";

/// @title What `npm run prove` shows of how an answer moves units, for every pool and user
/// @notice No premise but that the pool's units, the user's and all others' are at most the most there can be, which they are
/// when a pool begins, and which each step keeps: what is asserted of one step is true of every history (invariants R2, R3).
contract UnitMathProof {
    uint40 private constant MOST_UNITS = type(uint40).max;

    /// @notice Whatever the answer, units are neither made nor lost: free, held and held by others stay the total.
    function conserve(
        uint256 word,
        uint40 available,
        uint40 units,
        uint40 others,
        IRewardPool.Answer answer
    ) external pure {
        uint256 total = _total(available, units, others);
        (uint256 free, uint256 held, ) = _act(word, available, units, answer);
        assert(free <= MOST_UNITS && held <= MOST_UNITS);
        assert(free + held + others == total);
    }

    /// @notice Yes grants the preset units; or nothing, where the user would pass what one may hold, or the pool has too few.
    function grant(uint256 word, uint40 available, uint40 units) external pure {
        _total(available, units, 0);
        PoolWord pool = PoolWord.wrap(word);
        (uint256 free, uint256 held, bool short) = _act(word, available, units, IRewardPool.Answer.YES);
        uint256 granted = held - units;
        assert(granted == 0 || granted == pool.grant());
        assert(available - free == granted);
        bool limited = pool.maxUnits() != 0 && uint256(units) + pool.grant() > pool.maxUnits();
        assert(short == (!limited && available < pool.grant()));
        assert(granted == (limited || short ? 0 : pool.grant()));
    }

    /// @notice No user comes to hold more than the pool lets one hold.
    function limit(uint256 word, uint40 available, uint40 units, IRewardPool.Answer answer) external pure {
        _total(available, units, 0);
        PoolWord pool = PoolWord.wrap(word);
        require(pool.maxUnits() != 0 && units <= pool.maxUnits());
        (, uint256 held, ) = _act(word, available, units, answer);
        assert(held <= pool.maxUnits());
    }

    /// @notice No takes all the user holds back, and never falls short.
    function reclaim(uint256 word, uint40 available, uint40 units) external pure {
        _total(available, units, 0);
        (uint256 free, uint256 held, bool short) = _act(word, available, units, IRewardPool.Answer.NO);
        assert(held == 0 && free == uint256(available) + units && !short);
    }

    /// @notice Without an answer nothing moves.
    function nothing(uint256 word, uint40 available, uint40 units) external pure {
        (uint256 free, uint256 held, bool short) = _act(word, available, units, IRewardPool.Answer.NONE);
        assert(free == available && held == units && !short);
    }

    /// @notice Who falls short keeps what he has, and so does the pool.
    function shortfall(uint256 word, uint40 available, uint40 units, IRewardPool.Answer answer) external pure {
        (uint256 free, uint256 held, bool isShort) = _act(word, available, units, answer);
        require(isShort);
        assert(answer == IRewardPool.Answer.YES);
        assert(free == available && held == units);
    }

    /// @dev What an answer makes of a pool with so many free units and a user with so many.
    function _act(
        uint256 word,
        uint40 available,
        uint40 units,
        IRewardPool.Answer answer
    ) private pure returns (uint256 free, uint256 held, bool isShort) {
        PoolWord pool = PoolWord.wrap(word).withAvailable(available);
        MemberWord member = MemberWord.wrap(0).plusUnits(units);
        (pool, member, isShort) = UnitMath.act(pool, member, answer);
        return (pool.available(), member.units(), isShort);
    }

    /// @dev All units there are. Nothing is claimed where they are more than there can be.
    function _total(uint40 available, uint40 units, uint40 others) private pure returns (uint256 total) {
        // Each is of 40 bits.
        unchecked {
            total = uint256(available) + units + others;
        }
        require(total <= MOST_UNITS);
    }
}
