// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../../contracts/deals/IReferralDeals.sol";
import {DealReference} from "../../helpers/DealReference.sol";
import {OfferActions} from "./OfferActions.sol";

/// @title What is done with referred sales
abstract contract ReferralActions is OfferActions {
    /// @notice Deals with evidence whose buyer did not pay the policy's price, below the sale's.
    uint256 public wrongPrices;

    function settle(uint256 seed) external counted {
        _settle(seed, _newOffer(seed, false, false));
    }

    function settleWithEvidence(uint256 seed) external counted {
        _settleWithEvidence(seed, _usableOffer(seed));
    }

    function lodge(uint256 seed) external counted {
        _lodge(seed, _usableOffer(seed));
    }

    function countersign(uint256 seed) external counted {
        uint256 index = _find(seed, _isLodgedInTime);
        if (index == _uses.length) index = _lodge(seed, _usableOffer(seed));
        Use storage use = _uses[index];
        IReferralDeals.ReferredSale memory deal = use.deal;
        (, , bytes32 digest) = DealReference.dealDigests(_domain, deal);
        bytes memory signature = _sign(deal.merchant, digest, seed);

        uint256 before = _balanceOf(deal.token, deal.merchant);
        deals.countersign(deal, signature);
        _sent(deal.token, deal.amount, ESCROW);
        _settled(use);
        uint256 heldBack = use.funding == IReferralDeals.Funding.HELD ? deal.rebate : 0;
        _demandGain(deal.token, deal.merchant, before, deal.amount - heldBack);
    }

    function refundLodged(uint256 seed) external counted {
        uint256 index = _find(seed, _isLodged);
        if (index == _uses.length) index = _lodge(seed, _usableOffer(seed));
        _refundLodged(index);
    }

    function recordReferredSale(uint256 seed) external counted {
        uint256 index = _find(seed, _isUnrecorded);
        if (index == _uses.length) index = _settle(seed, _newOffer(seed, false, false));
        deals.recordReferredSale(_uses[index].deal);
        _uses[index].recorded = true;
    }

    function _settle(uint256 seed, uint256 offerIndex) internal returns (uint256 index) {
        index = _newUse(seed, offerIndex);
        Use storage use = _uses[index];
        IReferralDeals.ReferredSale memory deal = use.deal;
        _fund(deal.token, deal.buyer, deal.amount);
        (bytes memory customer, bytes memory buyer, bytes memory merchant) = _signDeal(deal, seed);
        if (seed % 3 == 0) {
            merchant = "";
            vm.prank(deal.merchant);
        }
        deals.settle(deal, customer, buyer, merchant, _payment());
        _settled(use);
    }

    function _settleWithEvidence(uint256 seed, uint256 offerIndex) internal returns (uint256 index) {
        index = _newUse(seed, offerIndex);
        Use storage use = _uses[index];
        IReferralDeals.ReferredSale memory deal = use.deal;
        _fund(deal.token, deal.buyer, deal.amount);
        IReferralDeals.CompleteOffer memory evidence = _signOffer(_offers[offerIndex].offer, deal.buyer, seed);
        (bytes memory customer, bytes memory buyer, bytes memory merchant) = _signDeal(deal, seed);

        uint256 before = _balanceOf(deal.token, deal.buyer);
        deals.settleWithEvidence(evidence, deal, customer, buyer, merchant, _payment());
        _checkPrice(evidence.offer, before - _balanceOf(deal.token, deal.buyer));
        _takeUse(use);
        _settled(use);
    }

    function _lodge(uint256 seed, uint256 offerIndex) internal returns (uint256 index) {
        index = _newUse(seed, offerIndex);
        Use storage use = _uses[index];
        IReferralDeals.ReferredSale memory deal = use.deal;
        _fund(deal.token, deal.buyer, deal.amount);
        IReferralDeals.CompleteOffer memory evidence = _signOffer(_offers[offerIndex].offer, deal.buyer, seed);
        (bytes memory customer, bytes memory buyer, ) = _signDeal(deal, seed);

        uint256 before = _balanceOf(deal.token, deal.buyer);
        deals.lodge(evidence, deal, customer, buyer, _payment());
        _checkPrice(evidence.offer, before - _balanceOf(deal.token, deal.buyer));
        _takeUse(use);
        use.state = IReferralDeals.DealState.LODGED;
        _received(deal.token, deal.amount, ESCROW);
    }

    function _refundLodged(uint256 index) internal {
        Use storage use = _uses[index];
        IReferralDeals.ReferredSale memory deal = use.deal;
        _reach(deal.rebateMoment);
        uint256 before = _balanceOf(deal.token, deal.buyer);
        deals.refundLodged(deal);
        _demandGain(deal.token, deal.buyer, before, deal.amount);
        use.state = IReferralDeals.DealState.DEFAULTED;
        use.defaultedAt = block.timestamp;
        _sent(deal.token, deal.amount, ESCROW);
    }

    function _settled(Use storage use) internal {
        use.state = IReferralDeals.DealState.SETTLED;
        use.settledAt = block.timestamp;
        use.signers = 3;
        if (use.funding != IReferralDeals.Funding.NONE) return;
        use.funding = IReferralDeals.Funding.HELD;
        _received(use.deal.token, use.deal.rebate, REBATES);
    }

    function _checkPrice(IReferralDeals.Offer memory offer, uint256 paid) internal {
        (bool defined, uint256 price) = DealReference.price(offer);
        if (!defined || paid != price || paid >= offer.saleAmount) ++wrongPrices;
    }
}
