// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../../contracts/deals/IReferralDeals.sol";
import {ReferralActions} from "./ReferralActions.sol";

/// @title What is done with rebates
abstract contract RebateActions is ReferralActions {
    function lodgePromise(uint256 seed) external counted {
        uint256 index = _find(seed, _isUnpromised);
        if (index == _uses.length) index = _settle(seed, _newOffer(seed, false, false));
        Use storage use = _uses[index];
        IReferralDeals.RebatePromise memory rebatePromise = _promiseOf(_offers[use.offer]);
        (bytes memory merchant, bytes memory buyer, bytes memory customer) = _signPromise(rebatePromise, use.buyer);
        deals.lodgePromise(rebatePromise, use.buyer, merchant, buyer, customer);
        use.promised = true;
    }

    function lodgePromotion(uint256 seed) external counted {
        uint256 offerIndex = _newOffer(seed, true, true);
        _openOffer(offerIndex);
        OfferBook storage book = _offers[offerIndex];
        uint256 index = _newUse(seed, offerIndex);
        Use storage use = _uses[index];
        (bytes memory merchant, bytes memory buyer, bytes memory customer) = _signPromise(_promiseOf(book), use.buyer);
        IReferralDeals.Offer memory offer = book.offer;
        deals.lodgePromotion(offer, use.buyer, merchant, buyer, customer);
        use.promised = true;
        use.funding = IReferralDeals.Funding.BOND;
        ++book.uses;
        --book.bonded;
    }

    function payRebate(uint256 seed) external counted {
        uint256 index = _find(seed, _isHeld);
        if (index == _uses.length) index = _settle(seed, _newOffer(seed, false, false));
        _payRebate(_uses[index]);
    }

    function payBondedRebate(uint256 seed) external counted {
        uint256 index = _find(seed, _isBonded);
        if (index == _uses.length) {
            uint256 offerIndex = _newOffer(seed, true, false);
            _openOffer(offerIndex);
            index = _settleWithEvidence(seed, offerIndex);
        }
        _payBondedRebate(_uses[index]);
    }

    function _payRebate(Use storage use) internal {
        IReferralDeals.ReferredSale memory deal = use.deal;
        _reach(deal.rebateMoment);
        address due = use.promised ? deal.customer : deal.merchant;
        uint256 before = _balanceOf(deal.token, due);
        address receiver = deals.payRebate(deal);
        _paid(use, deal.token, deal.rebate, due, receiver, before);
    }

    function _payBondedRebate(Use storage use) internal {
        IReferralDeals.Offer memory offer = _offers[use.offer].offer;
        _reach(offer.rebateMoment);
        bool earned =
            use.promised ||
                use.state == IReferralDeals.DealState.LODGED ||
                use.state == IReferralDeals.DealState.DEFAULTED;
        address due = earned ? offer.customer : offer.merchant;
        uint256 before = _balanceOf(offer.token, due);
        address receiver = deals.payBondedRebate(offer, use.buyer);
        _paid(use, offer.token, offer.rebate, due, receiver, before);
    }

    function _paid(
        Use storage use,
        address token,
        uint256 rebate,
        address due,
        address receiver,
        uint256 before
    ) internal {
        if (receiver != due) ++wrongTransfers;
        _demandGain(token, due, before, rebate);
        ++use.payouts;
        _sent(token, rebate, REBATES);
    }
}
