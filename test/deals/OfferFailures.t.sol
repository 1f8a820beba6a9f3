// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {DealReference} from "../helpers/DealReference.sol";
import {Call} from "../helpers/Failures.sol";
import {DealPapers} from "./DealPapers.sol";

/// @notice The table of what is refused about offers.
contract OfferFailuresTest is DealPapers {
    function test_openOffer() public {
        Papers memory p = _papers();
        Call memory honest = _openOffer(p);

        _row("at the rebate moment", honest, _at(honest, MOMENT), _tooLate(MOMENT, MOMENT));
        _rowAfter("it was opened before", honest, honest, _ofOffer(IReferralDeals.DealsOfferOpened.selector, p));
        _rowAfter(
            "it was cancelled",
            honest,
            _cancelOffer(p),
            _ofOffer(IReferralDeals.DealsOfferCancelled.selector, p)
        );
        _rowAfter("the merchant's counter moved on", honest, _increaseCounter(), _wrongCounter(1, 0));

        p.opening = p.ofOffer.merchant;
        _row(
            "the merchant signed the offer, not its opening",
            honest,
            _openOffer(p),
            _wrongSignature(_merchant, DealReference.openingDigest(_domain, p.offer))
        );
        p.opening = "";
        _row("nothing signed, by another", _by(_openOffer(p), _merchant), _openOffer(p), _notMerchant(ANYBODY));
    }

    function test_openOffer_terms() public {
        Call memory honest = _openOffer(_papers());

        IReferralDeals.Offer memory offer = _offer(_token);
        offer.merchant = address(0);
        _row("no merchant", honest, _open(offer), _notDistinct(address(0), _customer));
        offer = _offer(_token);
        offer.customer = address(0);
        _row("no customer", honest, _open(offer), _notDistinct(_merchant, address(0)));
        offer = _offer(_token);
        offer.customer = _merchant;
        _row("the merchant is the customer", honest, _open(offer), _notDistinct(_merchant, _merchant));
        offer = _offer(_token);
        offer.rebate = 0;
        _row("no rebate", honest, _open(offer), abi.encodeWithSelector(IReferralDeals.DealsZeroRebate.selector));
        offer = _offer(_token);
        offer.maxUses = 0;
        _row("no uses", honest, _open(offer), abi.encodeWithSelector(IReferralDeals.DealsZeroUses.selector));
        offer = _offer(_token);
        offer.counter = 1;
        _row("a counter that is not reached", honest, _open(offer), _wrongCounter(0, 1));
        offer = _offer(_token);
        offer.rebateMoment = uint40(NOW);
        _row("a moment that is reached", honest, _open(offer), _tooLate(uint40(NOW), NOW));
    }

    function test_openOffer_price() public {
        Call memory honest = _openOffer(_papers());

        IReferralDeals.Offer memory offer = _offer(_token);
        offer.discount = 10_001;
        _row("more than all off", honest, _open(offer), _discountOutOfRange(10_000, 10_001));
        offer.discount = 0;
        _row("nothing off", honest, _open(offer), _priceNotBelow(AMOUNT));
        offer.discount = 10_000;
        _row("all off, and not meant", honest, _open(offer), _notFree(offer));

        offer.policy = IReferralDeals.DiscountPolicy.AMOUNT_OFF;
        offer.discount = 200e6;
        honest = _open(offer);
        offer.discount = AMOUNT + 1;
        _row("a larger amount off than there is", honest, _open(offer), _discountOutOfRange(AMOUNT, AMOUNT + 1));
        offer.discount = AMOUNT;
        _row("the whole amount off, and not meant", honest, _open(offer), _notFree(offer));

        offer.policy = IReferralDeals.DiscountPolicy.FIXED_PRICE;
        offer.discount = PRICE;
        honest = _open(offer);
        offer.discount = AMOUNT;
        _row("the price is the old one", honest, _open(offer), _priceNotBelow(AMOUNT));
        offer.discount = 0;
        _row("the price is nothing, and not meant", honest, _open(offer), _notFree(offer));
    }

    function test_openOffer_uses() public {
        IReferralDeals.Offer memory offer = _offer(_token);
        offer.maxUses = 1;
        Papers memory p = _papersOf(offer);
        _rowAfter(
            "the only use is taken",
            _openOffer(p),
            _settleWithEvidence(p),
            abi.encodeWithSelector(IReferralDeals.DealsUsesExhausted.selector, p.deal.offerId, 1)
        );
    }

    function test_cancelOffer() public {
        Papers memory p = _papers();
        Call memory honest = _cancelOffer(p);

        _row("by the customer", honest, _by(honest, _customer), _notMerchant(_customer));
        _rowAfter("it was cancelled before", honest, honest, _ofOffer(IReferralDeals.DealsOfferCancelled.selector, p));
    }

    function test_reclaimBond() public {
        Papers memory p = _papers();
        Papers memory other = _papers();
        other.offer.salt = "other";
        _do(_openOffer(p));
        Call memory honest = _reclaimBond(p);

        _row(
            "the offer runs",
            honest,
            _at(honest, MOMENT - 1),
            abi.encodeWithSelector(IReferralDeals.DealsOfferRunning.selector, p.deal.offerId, MOMENT, MOMENT - 1)
        );
        _rowAfter("it was reclaimed before", honest, honest, _ofOffer(IReferralDeals.DealsNoBond.selector, p));
        _row(
            "the offer was not opened",
            honest,
            _reclaimBond(other),
            abi.encodeWithSelector(IReferralDeals.DealsNoBond.selector, DealReference.offerId(other.offer))
        );
    }

    /// @dev An offer that is over before its moment gives its bond back at once.
    function test_reclaimBond_early() public {
        Papers memory p = _papers();
        Call memory honest = _at(_reclaimBond(p), NOW);
        bytes memory noBond = _ofOffer(IReferralDeals.DealsNoBond.selector, p);
        _do(_openOffer(p));
        uint256 state = vm.snapshotState();
        _do(_cancelOffer(p));
        _rowAfter("cancelled, and reclaimed before", honest, honest, noBond);
        vm.revertToState(state);
        _do(_increaseCounter());
        _rowAfter("under an old counter, and reclaimed before", honest, honest, noBond);
    }

    function _open(IReferralDeals.Offer memory offer) private view returns (Call memory) {
        return _openOffer(_papersOf(offer));
    }

    function _ofOffer(bytes4 selector, Papers memory p) private pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, p.deal.offerId);
    }

    function _notFree(IReferralDeals.Offer memory offer) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IReferralDeals.DealsNotFree.selector, DealReference.offerId(offer));
    }

    function _priceNotBelow(uint256 price) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IReferralDeals.DealsPriceNotBelow.selector, AMOUNT, price);
    }

    function _discountOutOfRange(uint256 max, uint128 discount) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IReferralDeals.DealsDiscountOutOfRange.selector, max, discount);
    }

    function _notDistinct(address merchant, address customer) private pure returns (bytes memory) {
        return _notDistinct(merchant, customer, address(0));
    }
}
