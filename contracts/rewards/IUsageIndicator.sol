// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A usage total that is proved on chain
/// @notice What a reward pool in mode INDICATOR asks at each settling. It must answer the same for ever once it knows. While it
/// reverts, or answers neither true nor false, nothing is settled by it.
interface IUsageIndicator {
    /// @notice What `subject` used in `[from, to)`.
    /// @return known False while the total is not proved: that is no evidence, not a total of zero
    /// @return total In the indicator's own unit
    function usageOf(bytes32 subject, uint40 from, uint40 to) external view returns (bool known, uint256 total);
}
