// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What `npm run prove` shows of how profit is reckoned, for every report and every holding
/// @notice `ProfitBook` reckons among its storage, so its expressions stand here once more. The units that are out are those of
/// all holders, and `share` is at most 1e18 for all of them together (invariant R5).
contract ProfitProof {
    uint256 private constant ONE = 1e18;

    /// @notice A report's parts are paid and carried, with nothing made or lost; what is carried is less than one base unit for
    /// each unit. So a unit is paid what it is due, rounded down, and over all reports never more.
    function report(uint128 profit, uint64 share, uint64 carry) external pure {
        require(carry < ONE);
        uint256 parts = uint256(profit) * share + carry;
        uint256 perUnit = parts / ONE;
        uint64 rest = uint64(parts % ONE);
        assert(rest < ONE);
        // No overflow: a quotient times its divisor is at most the dividend.
        unchecked {
            assert(perUnit * ONE + rest == parts);
        }
    }

    /// @notice What two holders are owed of a report is what was deposited for their units together; and so for any number of
    /// them, taken one by one. The sum of all claims is the deposit, never more.
    function claims(uint128 perUnit, uint40 units, uint40 others) external pure {
        uint256 outstanding = uint256(units) + others;
        uint256 deposit = perUnit * outstanding;
        // At most all that was ever deposited, as in `ProfitBook`.
        unchecked {
            assert(units * uint256(perUnit) + others * uint256(perUnit) == deposit);
            assert(units * uint256(perUnit) <= deposit);
        }
    }

    /// @notice Who comes by after several reports is owed what he would be had he come by after each.
    function accrue(uint128 first, uint128 second, uint40 units) external pure {
        uint256 perUnitTotal = uint256(first) + second;
        unchecked {
            assert(units * perUnitTotal == units * uint256(first) + units * uint256(second));
        }
    }
}
