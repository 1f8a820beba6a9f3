// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../../contracts/deals/IReferralDeals.sol";
import {RebateActions} from "./RebateActions.sol";

/// @title What must not go through
abstract contract TrespassActions is RebateActions {
    /// @notice Tries what must not go through. A use that exists is asked for what its state does not allow; a new deal lacks
    /// one of its three signatures, or comes at its rebate moment.
    function trespass(uint256 seed) external counted {
        if (_uses.length > 0) _trespassOn(_uses[seed % _uses.length], _draw(seed, "what", 0, 6));

        IReferralDeals.Offer memory offer = _draftOffer(seed, _token(seed), false, false);
        IReferralDeals.ReferredSale memory deal = _draftDeal(seed, offer);
        _fund(deal.token, deal.buyer, deal.amount);
        (bytes memory customer, bytes memory buyer, bytes memory merchant) = _signDeal(deal, seed);
        uint256 missing = _draw(seed, "missing", 0, 3);
        if (missing == 0) customer = merchant;
        else if (missing == 1) buyer = customer;
        else if (missing == 2) merchant = seed % 2 == 0 ? buyer : bytes("");
        else _reach(deal.rebateMoment);
        _demandRefusal(address(deals), abi.encodeCall(deals.settle, (deal, customer, buyer, merchant, _payment())));
    }

    function _trespassOn(Use storage use, uint256 what) internal {
        IReferralDeals.ReferredSale memory deal = use.deal;
        IReferralDeals.Offer memory offer = _offers[use.offer].offer;
        bool passed = block.timestamp >= deal.rebateMoment;
        if (what == 0 && !(_isHeld(use) && passed)) {
            _demandRefusal(address(deals), abi.encodeCall(deals.payRebate, (deal)));
        } else if (what == 1 && !(_isBonded(use) && passed)) {
            _demandRefusal(address(deals), abi.encodeCall(deals.payBondedRebate, (offer, use.buyer)));
        } else if (what == 2 && !(use.state == IReferralDeals.DealState.LODGED && passed)) {
            _demandRefusal(address(deals), abi.encodeCall(deals.refundLodged, (deal)));
        } else if (what == 3 && !(use.state == IReferralDeals.DealState.LODGED && !passed)) {
            vm.prank(deal.merchant);
            _demandRefusal(address(deals), abi.encodeCall(deals.countersign, (deal, "")));
        } else if (what == 4 && (use.promised || passed)) {
            IReferralDeals.RebatePromise memory rebatePromise = _promiseOf(_offers[use.offer]);
            (bytes memory merchant, bytes memory buyer, bytes memory customer) = _signPromise(rebatePromise, use.buyer);
            _demandRefusal(
                address(deals),
                abi.encodeCall(deals.lodgePromise, (rebatePromise, use.buyer, merchant, buyer, customer))
            );
        } else if (what == 5 && (use.state != IReferralDeals.DealState.NONE || passed)) {
            _fund(deal.token, deal.buyer, deal.amount);
            (bytes memory customer, bytes memory buyer, bytes memory merchant) = _signDeal(deal, what);
            _demandRefusal(address(deals), abi.encodeCall(deals.settle, (deal, customer, buyer, merchant, _payment())));
        } else {
            // At one unit more or less than the policy's price, with every signature there is.
            deal.amount = use.payouts % 2 == 0 ? deal.amount + 1 : deal.amount - 1;
            _fund(deal.token, deal.buyer, deal.amount);
            (bytes memory customer, bytes memory buyer, ) = _signDeal(deal, what);
            _demandRefusal(
                address(deals),
                abi.encodeCall(deals.lodge, (_signOffer(offer, deal.buyer, what), deal, customer, buyer, _payment()))
            );
        }
    }
}
