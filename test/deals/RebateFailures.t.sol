// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {DealReference} from "../helpers/DealReference.sol";
import {Call} from "../helpers/Failures.sol";
import {DealPapers} from "./DealPapers.sol";

/// @notice The table of what is refused about rebates: promising them, and paying them.
contract RebateFailuresTest is DealPapers {
    IReferralDeals.Funding private constant NOT_FUNDED = IReferralDeals.Funding.NONE;
    IReferralDeals.Funding private constant HELD = IReferralDeals.Funding.HELD;
    IReferralDeals.Funding private constant BOND = IReferralDeals.Funding.BOND;

    // ── lodgePromise ──

    function test_lodgePromise() public {
        Papers memory p = _papers();
        Call memory honest = _lodgePromise(p);

        _row("at the rebate moment", honest, _at(honest, MOMENT), _tooLate(MOMENT, MOMENT));
        _rowAfter("it was lodged before", honest, honest, _ofReferral(IReferralDeals.DealsPromiseLodged.selector, p));
        _signatures(honest, _papers, _lodgePromise);
        p.rebatePromise.rebate = 0;
        _row("no rebate", honest, _lodgePromise(_signed(p)), _zeroRebate());

        address[3] memory two = [_merchant, _customer, _buyer];
        for (uint256 i = 0; i < 3; ++i) {
            two[i] = address(0);
            _row("a party that is nobody", honest, _promiseOf(two), _notDistinct(two[0], two[1], two[2]));
            two[i] = two[(i + 1) % 3];
            _row("two parties that are one", honest, _promiseOf(two), _notDistinct(two[0], two[1], two[2]));
            two = [_merchant, _customer, _buyer];
        }
    }

    // ── lodgePromotion ──

    function test_lodgePromotion() public {
        Papers memory p = _promotion();
        _do(_openOffer(p));
        Call memory honest = _lodgePromotion(p);

        _row("at the rebate moment", honest, _at(honest, MOMENT), _tooLate(MOMENT, MOMENT));
        _rowAfter("it was lodged before", honest, honest, _ofReferral(IReferralDeals.DealsPromiseLodged.selector, p));
        _rowAfter(
            "the offer was cancelled",
            honest,
            _cancelOffer(p),
            abi.encodeWithSelector(IReferralDeals.DealsOfferCancelled.selector, p.deal.offerId)
        );
        _rowAfter("the merchant's counter moved on", honest, _increaseCounter(), _wrongCounter(1, 0));
        _signatures(honest, _promotion, _lodgePromotion);

        p = _papers();
        _row(
            "an offer that needs a deal",
            honest,
            _lodgePromotion(p),
            abi.encodeWithSelector(IReferralDeals.DealsNotPromotionOnly.selector, p.deal.offerId)
        );
        IReferralDeals.Offer memory offer = _promotion().offer;
        offer.salt = "other";
        p = _papersOf(offer);
        _row(
            "an offer that was not opened",
            honest,
            _lodgePromotion(p),
            abi.encodeWithSelector(IReferralDeals.DealsBondRequired.selector, p.deal.offerId)
        );
        offer = _promotion().offer;
        offer.rebate = 0;
        _row("no rebate", honest, _lodgePromotion(_papersOf(offer)), _zeroRebate());
        offer = _promotion().offer;
        offer.customer = _merchant;
        _row(
            "the merchant is the customer",
            honest,
            _lodgePromotion(_papersOf(offer)),
            _notDistinct(_merchant, _merchant, _buyer)
        );
    }

    function test_lodgePromotion_uses() public {
        IReferralDeals.Offer memory offer = _promotion().offer;
        offer.maxUses = 1;
        Papers memory p = _papersOf(offer);
        Papers memory last = _papersOf(offer);
        last.buyer = _otherBuyer;
        _do(_openOffer(p));
        _rowAfter(
            "another buyer has the only use",
            _lodgePromotion(p),
            _lodgePromotion(_signed(last)),
            abi.encodeWithSelector(IReferralDeals.DealsUsesExhausted.selector, p.deal.offerId, 1)
        );
    }

    /// @dev The deal took the use; the promise takes none, and only once.
    function test_lodgePromotion_afterTheDeal() public {
        Papers memory p = _promotion();
        Call memory honest = _lodgePromotion(p);
        _do(_openOffer(p));
        _do(_settleWithEvidence(p));
        _rowAfter("it was lodged before", honest, honest, _ofReferral(IReferralDeals.DealsPromiseLodged.selector, p));
    }

    /// @dev The promise alone reserves nothing, so that the promotion may still be lodged.
    function test_lodgePromotion_afterThePromise() public {
        Papers memory p = _promotion();
        Call memory honest = _lodgePromotion(p);
        _do(_openOffer(p));
        _do(_lodgePromise(p));
        _rowAfter("it was lodged before", honest, honest, _ofReferral(IReferralDeals.DealsPromiseLodged.selector, p));
    }

    // ── payRebate ──

    function test_payRebate() public {
        Papers memory p = _papers();
        Call memory honest = _payRebate(p);
        _do(_settle(p));

        _row("before the rebate moment", honest, _at(honest, MOMENT - 1), _tooEarly(MOMENT, MOMENT - 1));
        _rowAfter("it went back to the merchant before", honest, honest, _closed(p));
        p.deal.salt = "other";
        _row("another deal settled under this referral", honest, _payRebate(p), _otherDeal(p));
        p = _papers();
        p.deal.buyer = _otherBuyer;
        _row(
            "no deal of this buyer",
            honest,
            _payRebate(p),
            _wrongState(p, IReferralDeals.DealState.SETTLED, IReferralDeals.DealState.NONE)
        );
        p.deal.salt = "lodged";
        p.buyer = _otherBuyer;
        _do(_lodge(_signed(p)));
        _row(
            "the deal is lodged, not settled",
            honest,
            _payRebate(p),
            _wrongState(p, IReferralDeals.DealState.SETTLED, IReferralDeals.DealState.LODGED)
        );

        p = _promotion();
        _do(_openOffer(p));
        _do(_settleWithEvidence(p));
        _row("the rebate is in the bond", honest, _payRebate(p), _nothingHeld(p, HELD, BOND));
    }

    function test_payRebate_promised() public {
        Papers memory p = _papers();
        _do(_settle(p));
        _do(_lodgePromise(p));
        _rowAfter("the customer had it before", _payRebate(p), _payRebate(p), _closed(p));
    }

    // ── payBondedRebate ──

    function test_payBondedRebate() public {
        Papers memory p = _promotion();
        Call memory honest = _payBondedRebate(p);
        _do(_openOffer(p));
        _do(_lodgePromotion(p));

        _row("before the rebate moment", honest, _at(honest, MOMENT - 1), _tooEarly(MOMENT, MOMENT - 1));
        _rowAfter("the customer had it before", honest, honest, _closed(p));
        (p.buyer, p.deal.buyer) = (_otherBuyer, _otherBuyer);
        _row("nothing was promised to this buyer", honest, _payBondedRebate(p), _nothingHeld(p, BOND, NOT_FUNDED));
        p = _papers();
        _do(_settle(p));
        _row("the rebate was held back from the price", honest, _payBondedRebate(p), _nothingHeld(p, BOND, HELD));
    }

    /// @dev Whatever closed it, it stays closed.
    function test_payBondedRebate_closed() public {
        Papers memory p = _papers();
        Call memory honest = _payBondedRebate(p);
        _do(_openOffer(p));
        uint256 state = vm.snapshotState();

        _do(_settleWithEvidence(p));
        _rowAfter("it went back to the merchant before", honest, honest, _closed(p));
        vm.revertToState(state);
        state = vm.snapshotState();
        _do(_lodge(p));
        _rowAfter("a lodged deal earned it before", honest, honest, _closed(p));
        vm.revertToState(state);
        _do(_lodge(p));
        _do(_refundLodged(p));
        _rowAfter("a default earned it before", honest, honest, _closed(p));
    }

    // ── Rows that calls share ──

    /// @dev The three signatures of a promise.
    function _signatures(
        Call memory honest,
        function() internal view returns (Papers memory) papers,
        function(Papers memory) internal view returns (Call memory) call
    ) private {
        Papers memory p = papers();
        (bytes32 first, bytes32 second, bytes32 third) = DealReference.promiseDigests(_domain, p.rebatePromise, _buyer);
        p.ofPromise.merchant = p.ofOffer.merchant;
        _row("the merchant signed the offer alone", honest, call(p), _wrongSignature(_merchant, first));
        p = papers();
        p.ofPromise.buyer = _sign(_buyer, first);
        _row("the buyer signed what the merchant signs", honest, call(p), _wrongSignature(_buyer, second));
        p = papers();
        p.ofPromise.customer = p.ofPromise.buyer;
        _row("the buyer's signature for the customer's", honest, call(p), _wrongSignature(_customer, third));
    }

    function _promiseOf(address[3] memory parties) private view returns (Call memory) {
        Papers memory p = _papers();
        (p.rebatePromise.merchant, p.rebatePromise.customer, p.buyer) = (parties[0], parties[1], parties[2]);
        return _lodgePromise(_signed(p));
    }

    function _ofReferral(bytes4 selector, Papers memory p) private pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, DealReference.referralId(p.deal));
    }

    function _closed(Papers memory p) private pure returns (bytes memory) {
        return _ofReferral(IReferralDeals.DealsRebateClosed.selector, p);
    }

    function _zeroRebate() private pure returns (bytes memory) {
        return abi.encodeWithSelector(IReferralDeals.DealsZeroRebate.selector);
    }

    function _nothingHeld(
        Papers memory p,
        IReferralDeals.Funding expected,
        IReferralDeals.Funding actual
    ) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IReferralDeals.DealsNothingHeld.selector,
                DealReference.referralId(p.deal),
                expected,
                actual
            );
    }
}
