// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "./IReferralDeals.sol";

/// @title What an offer's terms come to, and whether documents agree on them
library DealTerms {
    uint256 internal constant BASIS_POINTS = 10_000;

    /// @notice The price for the buyer. The discount rounds down; the price is below the base sale's amount, and zero only
    /// where the offer means it.
    function price(IReferralDeals.Offer calldata offer, bytes32 offerId) internal pure returns (uint128) {
        uint256 saleAmount = offer.saleAmount;
        uint256 discount = offer.discount;
        uint256 result;
        if (offer.policy == IReferralDeals.DiscountPolicy.FIXED_PRICE) {
            result = discount;
        } else if (offer.policy == IReferralDeals.DiscountPolicy.PERCENT_OFF) {
            if (discount > BASIS_POINTS) revert IReferralDeals.DealsDiscountOutOfRange(BASIS_POINTS, offer.discount);
            result = saleAmount - (saleAmount * discount) / BASIS_POINTS;
        } else {
            if (discount > saleAmount) revert IReferralDeals.DealsDiscountOutOfRange(saleAmount, offer.discount);
            result = saleAmount - discount;
        }
        if (result >= saleAmount) revert IReferralDeals.DealsPriceNotBelow(offer.saleAmount, result);
        if (result == 0 && !offer.free) revert IReferralDeals.DealsNotFree(offerId);
        return uint128(result);
    }

    /// @notice Reverts unless the deal keeps to the offer, at `expectedPrice`.
    function requireKept(
        IReferralDeals.Offer calldata offer,
        bytes32 offerId,
        uint128 expectedPrice,
        IReferralDeals.ReferredSale memory deal
    ) internal pure {
        _requireEqual("offerId", offerId, deal.offerId);
        _requireEqual("merchant", _word(offer.merchant), _word(deal.merchant));
        _requireEqual("customer", _word(offer.customer), _word(deal.customer));
        _requireEqual("token", _word(offer.token), _word(deal.token));
        _requireEqual("amount", bytes32(uint256(expectedPrice)), bytes32(uint256(deal.amount)));
        _requireEqual("rebate", bytes32(uint256(offer.rebate)), bytes32(uint256(deal.rebate)));
        _requireEqual("rebateMoment", bytes32(uint256(offer.rebateMoment)), bytes32(uint256(deal.rebateMoment)));
    }

    function _requireEqual(bytes32 term, bytes32 expected, bytes32 actual) private pure {
        if (expected != actual) revert IReferralDeals.DealsTermMismatch(term, expected, actual);
    }

    function _word(address account) private pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }
}
