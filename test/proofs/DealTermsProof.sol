// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DealTerms} from "../../contracts/deals/DealTerms.sol";
import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";

/// @title What `npm run prove` shows of an offer's price, for every offer
contract DealTermsProof {
    /// @notice A fixed price is what the offer says.
    function fixedPrice(IReferralDeals.Offer calldata offer, bytes32 offerId) external pure {
        require(offer.policy == IReferralDeals.DiscountPolicy.FIXED_PRICE);
        uint256 result = DealTerms.price(offer, offerId);
        assert(result == offer.discount);
        _assertBelow(offer, result);
    }

    /// @notice An amount comes off whole.
    function amountOff(IReferralDeals.Offer calldata offer, bytes32 offerId) external pure {
        require(offer.policy == IReferralDeals.DiscountPolicy.AMOUNT_OFF);
        uint256 result = DealTerms.price(offer, offerId);
        assert(result + offer.discount == offer.saleAmount);
        _assertBelow(offer, result);
    }

    /// @notice The discount of a percentage is its share of the sale's amount, rounded down: never more, and less than one
    /// unit less. Nothing overflows, and the discount is no more than the amount.
    function percentOff(IReferralDeals.Offer calldata offer, bytes32 offerId) external pure {
        require(offer.policy == IReferralDeals.DiscountPolicy.PERCENT_OFF);
        uint256 result = DealTerms.price(offer, offerId);
        uint256 amount = offer.saleAmount;
        uint256 share = amount * offer.discount;
        uint256 rounded = share / DealTerms.BASIS_POINTS;
        assert(rounded <= amount);
        assert(result == amount - rounded);
        // Does not overflow: a quotient times its divisor is no more than the dividend.
        unchecked {
            assert(rounded * DealTerms.BASIS_POINTS <= share);
            assert(share - rounded * DealTerms.BASIS_POINTS < DealTerms.BASIS_POINTS);
        }
        _assertBelow(offer, result);
    }

    /// @dev A price is below the sale's amount, and zero only where the offer says so.
    function _assertBelow(IReferralDeals.Offer calldata offer, uint256 result) private pure {
        assert(result < offer.saleAmount);
        assert(result > 0 || offer.free);
    }
}
