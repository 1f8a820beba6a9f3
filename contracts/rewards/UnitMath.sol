// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "./IRewardPool.sol";
import {MemberWord} from "./MemberWord.sol";
import {PoolWord} from "./PoolWord.sol";

/// @title How an answer moves units between a pool and a user
library UnitMath {
    /// @notice What one answer does to the pool's units and the user's: a grant, a reclaim of everything, or nothing. `short`
    /// says that the pool lacks the units.
    function act(
        PoolWord pool,
        MemberWord member,
        IRewardPool.Answer answer
    ) internal pure returns (PoolWord, MemberWord, bool short) {
        if (answer == IRewardPool.Answer.YES) {
            uint256 grant = pool.grant();
            uint256 maxUnits = pool.maxUnits();
            // Figures of 40 and 24 bits.
            unchecked {
                if (maxUnits != 0 && member.units() + grant > maxUnits) return (pool, member, false);
            }
            if (pool.available() < grant) return (pool, member, true);
            return (pool.minusUnits(grant), member.plusUnits(grant), false);
        }
        if (answer == IRewardPool.Answer.NO) return (pool.plusUnits(member.units()), member.withoutUnits(), false);
        return (pool, member, false);
    }
}
