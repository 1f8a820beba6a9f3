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

    /// @dev A price is below the sale's amount, and zero only where the offer says so.
    function _assertBelow(IReferralDeals.Offer calldata offer, uint256 result) private pure {
        assert(result < offer.saleAmount);
        assert(result > 0 || offer.free);
    }
}
