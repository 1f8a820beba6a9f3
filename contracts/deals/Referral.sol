// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "./IReferralDeals.sol";

/// @notice One use of an offer by one buyer, in one word:
/// bits 0-1 deal state, 2 promised, 3-4 funding, 5 closed, 16-255 the upper 240 bits of the referred sale's id.
type Referral is uint256;

using ReferralLib for Referral global;

/// @title The states of a referral and the only ways between them
/// @notice Deal: NONE -> SETTLED, NONE -> LODGED -> SETTLED | DEFAULTED. The rebate: funded once, promised once, closed once.
library ReferralLib {
    uint256 private constant STATE_MASK = 3;
    uint256 private constant PROMISED = 1 << 2;
    uint256 private constant FUNDING_SHIFT = 3;
    uint256 private constant FUNDING_MASK = 3 << FUNDING_SHIFT;
    uint256 private constant CLOSED = 1 << 5;
    uint256 private constant DEAL_MASK = ~uint256(type(uint16).max);

    function state(Referral self) internal pure returns (IReferralDeals.DealState) {
        return IReferralDeals.DealState(Referral.unwrap(self) & STATE_MASK);
    }

    function promised(Referral self) internal pure returns (bool) {
        return Referral.unwrap(self) & PROMISED != 0;
    }

    function funding(Referral self) internal pure returns (IReferralDeals.Funding) {
        return IReferralDeals.Funding((Referral.unwrap(self) & FUNDING_MASK) >> FUNDING_SHIFT);
    }

    function closed(Referral self) internal pure returns (bool) {
        return Referral.unwrap(self) & CLOSED != 0;
    }

    /// @notice Reverts unless the deal is in `expected`.
    function requireState(Referral self, bytes32 referralId, IReferralDeals.DealState expected) internal pure {
        if (Referral.unwrap(self) & STATE_MASK != uint256(expected)) {
            revert IReferralDeals.DealsWrongState(referralId, expected, self.state());
        }
    }

    /// @notice Reverts unless this referral's deal is `dealId`, in state `expected`.
    function requireDeal(
        Referral self,
        bytes32 referralId,
        bytes32 dealId,
        IReferralDeals.DealState expected
    ) internal pure {
        self.requireState(referralId, expected);
        if ((Referral.unwrap(self) ^ uint256(dealId)) & DEAL_MASK != 0) {
            revert IReferralDeals.DealsOtherDeal(referralId, dealId);
        }
    }

    /// @notice NONE -> SETTLED or LODGED, under a deal. The funding is set, or stays what it is.
    function enter(
        Referral self,
        bytes32 referralId,
        bytes32 dealId,
        IReferralDeals.DealState to,
        IReferralDeals.Funding by
    ) internal pure returns (Referral) {
        self.requireState(referralId, IReferralDeals.DealState.NONE);
        uint256 flags = Referral.unwrap(self) & (PROMISED | CLOSED);
        return Referral.wrap((uint256(dealId) & DEAL_MASK) | flags | (uint256(by) << FUNDING_SHIFT) | uint256(to));
    }

    /// @notice LODGED -> SETTLED, with the funding that results.
    function countersign(Referral self, IReferralDeals.Funding by) internal pure returns (Referral) {
        uint256 kept = Referral.unwrap(self) & ~(STATE_MASK | FUNDING_MASK);
        return Referral.wrap(kept | (uint256(by) << FUNDING_SHIFT) | uint256(IReferralDeals.DealState.SETTLED));
    }

    /// @notice LODGED -> DEFAULTED.
    function defaulted(Referral self) internal pure returns (Referral) {
        uint256 kept = Referral.unwrap(self) & ~STATE_MASK;
        return Referral.wrap(kept | uint256(IReferralDeals.DealState.DEFAULTED));
    }

    /// @notice Marks the rebate promise as lodged; with BOND also where the rebate is.
    function withPromise(Referral self, IReferralDeals.Funding by) internal pure returns (Referral) {
        uint256 kept = Referral.unwrap(self) & ~FUNDING_MASK;
        return Referral.wrap(kept | PROMISED | (uint256(by) << FUNDING_SHIFT));
    }

    /// @notice Marks the rebate as paid or returned. Reverts unless it is funded as `expected` and still open.
    function close(
        Referral self,
        bytes32 referralId,
        IReferralDeals.Funding expected
    ) internal pure returns (Referral) {
        IReferralDeals.Funding actual = self.funding();
        if (actual != expected) revert IReferralDeals.DealsNothingHeld(referralId, expected, actual);
        if (self.closed()) revert IReferralDeals.DealsRebateClosed(referralId);
        return Referral.wrap(Referral.unwrap(self) | CLOSED);
    }
}
