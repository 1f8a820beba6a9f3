// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../../contracts/deals/IReferralDeals.sol";
import {DealReference} from "../../helpers/DealReference.sol";
import {SaleActions} from "./SaleActions.sol";

/// @title What is done with offers
abstract contract OfferActions is SaleActions {
    function openOffer(uint256 seed) external counted {
        _openOffer(_newOffer(seed, true, _draw(seed, "rule", 0, 1) == 1));
    }

    function cancelOffer(uint256 seed) external counted {
        uint256 index = _runningOffer(seed);
        IReferralDeals.Offer memory offer = _offers[index].offer;
        vm.prank(offer.merchant);
        deals.cancelOffer(offer);
        _offers[index].cancelled = true;
    }

    function increaseCounter(uint256 seed) external counted {
        address merchant = _pick(seed, "merchant", _merchants);
        vm.prank(merchant);
        deals.increaseCounter();
        ++_counters[merchant];
    }

    function reclaimBond(uint256 seed) external counted {
        uint256 count = _offers.length;
        uint256 index = count;
        for (uint256 i = 0; i < count; ++i) {
            uint256 candidate = addmod(seed, i, count);
            if (_offers[candidate].bonded > 0) {
                index = candidate;
                break;
            }
        }
        if (index == count) {
            index = _newOffer(seed, true, false);
            _openOffer(index);
        }
        OfferBook storage book = _offers[index];
        IReferralDeals.Offer memory offer = book.offer;
        if (_draw(seed, "cancel", 0, 1) == 0 && !book.cancelled) {
            vm.prank(offer.merchant);
            deals.cancelOffer(offer);
            book.cancelled = true;
        } else if (!book.cancelled && offer.counter == _counters[offer.merchant]) {
            _reach(offer.rebateMoment);
        }
        _reclaimBond(index);
    }

    function _reclaimBond(uint256 index) internal {
        OfferBook storage book = _offers[index];
        IReferralDeals.Offer memory offer = book.offer;
        uint256 bond = book.bonded * offer.rebate;
        uint256 before = _balanceOf(offer.token, offer.merchant);
        if (deals.reclaimBond(offer) != bond) ++wrongTransfers;
        _demandGain(offer.token, offer.merchant, before, bond);
        _sent(offer.token, bond, REBATES);
        book.bonded = 0;
    }

    function _openOffer(uint256 index) internal {
        OfferBook storage book = _offers[index];
        IReferralDeals.Offer memory offer = book.offer;
        uint256 uses = offer.maxUses - book.uses;
        _fund(offer.token, offer.merchant, uses * offer.rebate);
        bytes memory signature = _sign(offer.merchant, DealReference.openingDigest(_domain, offer), index);
        deals.openOffer(offer, signature, _payment());
        book.opened = true;
        book.bonded = uses;
        _received(offer.token, uses * offer.rebate, REBATES);
    }

    /// @dev An offer of which a use may be taken, open or not, by the buyer that the seed draws.
    function _usableOffer(uint256 seed) internal returns (uint256) {
        uint256 count = _offers.length;
        address buyer = _pick(seed, "buyer", _buyers);
        for (uint256 i = 0; i < count && i < 8; ++i) {
            uint256 index = addmod(seed, i, count);
            OfferBook storage book = _offers[index];
            if (!_runs(book) || book.uses >= book.offer.maxUses || _used(index, buyer)) continue;
            (, uint256 price) = DealReference.price(book.offer);
            bool needsBond =
                book.offer.rebateRule == IReferralDeals.RebateRule.PROMOTION_ONLY || book.offer.rebate > price;
            if (!needsBond || book.bonded > 0) return index;
        }
        uint256 fresh = _newOffer(seed, _draw(seed, "bonded", 0, 1) == 1, false);
        (, uint256 freshPrice) = DealReference.price(_offers[fresh].offer);
        if (_offers[fresh].offer.rebate > freshPrice || _draw(seed, "open", 0, 1) == 1) _openOffer(fresh);
        return fresh;
    }

    function _takeUse(Use storage use) internal {
        OfferBook storage book = _offers[use.offer];
        ++book.uses;
        if (book.bonded == 0) return;
        --book.bonded;
        use.funding = IReferralDeals.Funding.BOND;
    }
}
