// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Payments} from "../utils/Payments.sol";
import {IRewardPool} from "./IRewardPool.sol";
import {MemberWord} from "./MemberWord.sol";
import {PoolWord} from "./PoolWord.sol";
import {UnitBook} from "./UnitBook.sol";

/// @title Profit: reported and deposited by the operator, counted for each unit, claimed by users
abstract contract ProfitBook is UnitBook {
    using SafeERC20 for IERC20;

    uint256 private constant _ONE = 1e18;

    /// @dev One slot a report, so that who comes by after each report reads one. Both are sums of what was deposited for at
    /// least one unit, and so below 2¹²⁰.
    struct Report {
        uint128 perUnitTotal; // of this report and all before it
        uint128 perUnit;
    }

    mapping(bytes32 poolId => mapping(uint256 cycle => Report report)) private _reports;

    /// @inheritdoc IRewardPool
    function reportProfit(
        bytes32 poolId,
        uint32 cycle,
        address token,
        uint128 profit,
        bytes32 reportHash
    ) external nonReentrant {
        PoolWord word = _requireOpen(poolId);
        PoolRecord storage record = _pools[poolId];
        // Check: time.
        _requireFrom(word.endOf(cycle));
        require(cycle < record.endCycle, RewardPoolEnded(poolId, record.endCycle, cycle));
        // Check: party.
        _requireOperator(poolId);
        // Check: token.
        require(token == record.profitToken, RewardPoolWrongToken(record.profitToken, token));
        // Check: replay.
        require(cycle == word.reportCount(), RewardPoolReportOutOfOrder(word.reportCount(), cycle));

        // Effect: count for each unit; what the division leaves is carried. With no unit out, there is nobody to pay.
        uint40 outstanding = record.totalUnits - word.available();
        uint256 perUnit;
        if (outstanding != 0) {
            uint256 parts = uint256(profit) * record.share + record.carry;
            perUnit = parts / _ONE;
            record.carry = uint64(parts % _ONE);
        }
        uint256 deposit = perUnit * outstanding;
        uint256 deposited = record.deposited + deposit;
        require(deposited <= type(uint120).max, RewardPoolProfitTooLarge(type(uint120).max, deposited));
        record.deposited = uint128(deposited);
        uint128 before = cycle == 0 ? 0 : _reports[poolId][cycle - 1].perUnitTotal;
        _reports[poolId][cycle] = Report({perUnitTotal: before + uint128(perUnit), perUnit: uint128(perUnit)});
        record.word = word.withReportCount(cycle + 1);
        emit ProfitReported(poolId, cycle, profit, uint128(perUnit), outstanding, uint128(deposit), reportHash);

        // Interaction: the operator deposits.
        Payments.takeAllowed(IERC20(token), msg.sender, deposit);
    }

    /// @inheritdoc IRewardPool
    function claim(bytes32 poolId, bytes32 userId) external nonReentrant returns (uint128 amount) {
        PoolWord pool = _requirePool(poolId);
        // Check: party.
        address account = _bindings[poolId][userId].account;
        require(account != address(0), RewardPoolNotBound(poolId, userId, account));
        // Check: amount.
        MemberRecord storage record = _recordOf(poolId, userId, account);
        MemberWord member = _accrue(poolId, pool, record.word);
        amount = member.owed();
        require(amount != 0, RewardPoolNothingOwed(poolId, userId));

        // Effect: paid.
        record.word = member.withOwed(0, member.reportCount());
        emit Claimed(poolId, userId, account, msg.sender, amount);

        // Interaction: the account has its profit.
        IERC20(_pools[poolId].profitToken).safeTransfer(account, amount);
    }

    /// @inheritdoc IRewardPool
    function memberOf(bytes32 poolId, bytes32 userId) external view returns (Member memory member) {
        Binding memory binding = _bindings[poolId][userId];
        if (binding.account == address(0)) return member;
        MemberWord word = _accrue(poolId, _pools[poolId].word, _recordOf(poolId, userId, binding.account).word);
        member = Member({
            account: binding.account,
            index: word.index(),
            nonce: binding.nonce,
            nextCycle: word.nextCycle(),
            units: word.units(),
            owed: word.owed()
        });
    }

    /// @inheritdoc IRewardPool
    function perUnitOf(bytes32 poolId, uint32 reportCount) external view returns (uint128) {
        return _perUnitBefore(poolId, reportCount);
    }

    /// @dev The user's word with everything reported so far in `owed`.
    function _accrue(bytes32 poolId, PoolWord pool, MemberWord member) internal view returns (MemberWord) {
        uint256 counted = member.reportCount();
        uint32 count = pool.reportCount();
        if (counted == count) return member;
        uint256 owed = member.owed();
        uint256 units = member.units();
        if (units != 0) {
            Report memory last = _reports[poolId][uint256(count) - 1];
            uint256 perUnit = counted + 1 == count ? last.perUnit : last.perUnitTotal - _perUnitBefore(poolId, counted);
            // At most all that was ever deposited, which fits.
            unchecked {
                owed += units * perUnit;
            }
        }
        return member.withOwed(uint120(owed), count);
    }

    function _perUnitBefore(bytes32 poolId, uint256 reportCount) private view returns (uint128) {
        return reportCount == 0 ? 0 : _reports[poolId][reportCount - 1].perUnitTotal;
    }
}
