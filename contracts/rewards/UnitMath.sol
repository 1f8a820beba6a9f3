// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "./IRewardPool.sol";
import {PoolWord} from "./PoolWord.sol";

/// @title How an answer moves units between a pool and a user
library UnitMath {
    /// @notice What one answer does to the pool's units and the user's: a grant, a reclaim of everything, or nothing. `short`
    /// says that the pool lacks the units. Sums are at most the pool's total, which fits 40 bits.
    function act(
        PoolWord pool,
        uint256 available,
        uint256 units,
        IRewardPool.Answer answer
    ) internal pure returns (uint256, uint256, bool short) {
        unchecked {
            if (answer == IRewardPool.Answer.YES) {
                uint256 grant = pool.grant();
                uint256 maxUnits = pool.maxUnits();
                if (maxUnits != 0 && units + grant > maxUnits) return (available, units, false);
                if (available < grant) return (available, units, true);
                return (available - grant, units + grant, false);
            }
            return answer == IRewardPool.Answer.NO ? (available + units, 0, false) : (available, units, false);
        }
    }
}
