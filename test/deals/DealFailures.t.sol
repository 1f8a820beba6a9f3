// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {DealReference} from "../helpers/DealReference.sol";
import {Call} from "../helpers/Failures.sol";
import {DealPapers} from "./DealPapers.sol";

/// @notice The table of what is refused about referred sales: settling, lodging, and what follows a lodging.
contract DealFailuresTest is DealPapers {
    IReferralDeals.DealState private constant NONE = IReferralDeals.DealState.NONE;
    IReferralDeals.DealState private constant LODGED = IReferralDeals.DealState.LODGED;
    IReferralDeals.DealState private constant SETTLED = IReferralDeals.DealState.SETTLED;
    IReferralDeals.DealState private constant DEFAULTED = IReferralDeals.DealState.DEFAULTED;

    // ── settle ──

    function test_settle() public {
        Papers memory p = _papers();
        Call memory honest = _settle(p);
        _newDeal(honest, _settle);
        _merchantsWord(honest, _settle);

        _rowAfter(
            "the offer was cancelled",
            honest,
            _cancelOffer(p),
            abi.encodeWithSelector(IReferralDeals.DealsOfferCancelled.selector, p.deal.offerId)
        );
        p.deal.rebate = PRICE + 1;
        _row("a rebate above the price", honest, _settle(_signed(p)), _rebateAbovePrice(PRICE + 1));
    }

    // ── settleWithEvidence ──

    function test_settleWithEvidence() public {
        Call memory honest = _settleWithEvidence(_papers());
        _newDeal(honest, _settleWithEvidence);
        _merchantsWord(honest, _settleWithEvidence);
    }

    function test_settleWithEvidence_offer() public {
        _offerAsEvidence(_settleWithEvidence);
    }

    function test_settleWithEvidence_terms() public {
        _termsOfOffer(_settleWithEvidence);
    }

    // ── lodge ──

    function test_lodge() public {
        _newDeal(_lodge(_papers()), _lodge);
    }

    function test_lodge_offer() public {
        _offerAsEvidence(_lodge);
    }

    function test_lodge_terms() public {
        _termsOfOffer(_lodge);
    }

    // ── countersign ──

    function test_countersign() public {
        Papers memory p = _papers();
        _do(_lodge(p));
        Call memory honest = _countersign(p);
        _merchantsWord(honest, _countersign);

        _row("at the rebate moment", honest, _at(honest, MOMENT), _tooLate(MOMENT, MOMENT));
        _rowAfter("it was countersigned before", honest, honest, _wrongState(p, LODGED, SETTLED));
        p.deal.salt = "other";
        _row("another deal is lodged", honest, _countersign(_signed(p)), _otherDeal(p));
        p.deal.buyer = ANYBODY;
        _row("no deal of this buyer is lodged", honest, _countersign(_signed(p)), _wrongState(p, LODGED, NONE));
    }

    // ── refundLodged ──

    function test_refundLodged() public {
        Papers memory p = _papers();
        _do(_lodge(p));
        Call memory honest = _refundLodged(p);

        _row("before the rebate moment", honest, _at(honest, MOMENT - 1), _tooEarly(MOMENT, MOMENT - 1));
        _rowAfter("it was refunded before", honest, honest, _wrongState(p, LODGED, DEFAULTED));
        _rowAfter("it was countersigned", honest, _countersign(p), _wrongState(p, LODGED, SETTLED));
        p.deal.salt = "other";
        _row("another deal is lodged", honest, _refundLodged(p), _otherDeal(p));
        p.deal.buyer = ANYBODY;
        _row("no deal of this buyer is lodged", honest, _refundLodged(p), _wrongState(p, LODGED, NONE));
    }

    // ── Rows that calls share ──

    /// @dev Of each call that brings a new deal: time, parties, rebate, replay, the signatures of customer and buyer.
    function _newDeal(Call memory honest, function(Papers memory) internal view returns (Call memory) call) private {
        Papers memory p = _papers();
        _row("at the rebate moment", honest, _at(honest, MOMENT), _tooLate(MOMENT, MOMENT));
        _rowAfter("it was settled before", honest, _settle(p), _wrongState(p, NONE, SETTLED));
        _rowAfter("it was lodged before", honest, _lodge(p), _wrongState(p, NONE, LODGED));

        p.ofDeal.customer = p.ofDeal.merchant;
        (bytes32 customer, bytes32 buyer, ) = DealReference.dealDigests(_domain, p.deal);
        _row("another's signature for the customer's", honest, call(p), _wrongSignature(_customer, customer));
        p = _papers();
        p.ofDeal.buyer = _sign(_buyer, customer);
        _row("the buyer signed what the customer signs", honest, call(p), _wrongSignature(_buyer, buyer));
        p = _papers();
        p.deal.rebate = 0;
        _row("no rebate", honest, call(_signed(p)), abi.encodeWithSelector(IReferralDeals.DealsZeroRebate.selector));

        address[3] memory two = [_merchant, _customer, _buyer];
        for (uint256 i = 0; i < 3; ++i) {
            two[i] = address(0);
            _row("a party that is nobody", honest, call(_between(two)), _notDistinct(two[0], two[1], two[2]));
            two[i] = two[(i + 1) % 3];
            _row("two parties that are one", honest, call(_between(two)), _notDistinct(two[0], two[1], two[2]));
            two = [_merchant, _customer, _buyer];
        }
    }

    /// @dev Of each call that the merchant signs or makes.
    function _merchantsWord(
        Call memory honest,
        function(Papers memory) internal view returns (Call memory) call
    ) private {
        Papers memory p = _papers();
        (, bytes32 buyer, bytes32 merchant) = DealReference.dealDigests(_domain, p.deal);
        p.ofDeal.merchant = _sign(_merchant, buyer);
        _row("the merchant signed what the buyer signs", honest, call(p), _wrongSignature(_merchant, merchant));
        p.ofDeal.merchant = "";
        _row("nothing signed, by another", _by(call(p), _merchant), call(p), _notMerchant(ANYBODY));
    }

    /// @dev Of each call that brings the complete offer: what must hold of the offer itself.
    function _offerAsEvidence(function(Papers memory) internal view returns (Call memory) call) private {
        Papers memory p = _papers();
        Call memory honest = call(p);
        _rowAfter(
            "the offer was cancelled",
            honest,
            _cancelOffer(p),
            abi.encodeWithSelector(IReferralDeals.DealsOfferCancelled.selector, p.deal.offerId)
        );
        _rowAfter("the merchant's counter moved on", honest, _increaseCounter(), _wrongCounter(1, 0));

        (bytes32 first, bytes32 second, bytes32 third) = DealReference.offerDigests(_domain, p.offer, _buyer);
        p.ofOffer.merchant = p.opening;
        _row("the merchant signed the opening alone", honest, call(p), _wrongSignature(_merchant, first));
        p = _papers();
        p.ofOffer.customer = p.ofOffer.merchant;
        _row("another's signature for the customer's", honest, call(p), _wrongSignature(_customer, second));
        p = _papers();
        p.ofOffer.buyer = p.ofOffer.merchant;
        _row("another's signature for the buyer's", honest, call(p), _wrongSignature(_buyer, third));

        IReferralDeals.Offer memory offer = _offer(_token);
        offer.rebateRule = IReferralDeals.RebateRule.PROMOTION_ONLY;
        p = _papersOf(offer);
        _row(
            "an offer that needs a bond and has none",
            honest,
            call(p),
            abi.encodeWithSelector(IReferralDeals.DealsBondRequired.selector, p.deal.offerId)
        );
        offer = _offer(_token);
        offer.rebate = PRICE + 1;
        _row("a rebate above the price, without a bond", honest, call(_papersOf(offer)), _rebateAbovePrice(PRICE + 1));
        offer = _offer(_token);
        offer.maxUses = 0;
        p = _papersOf(offer);
        _row("no uses", honest, call(p), abi.encodeWithSelector(IReferralDeals.DealsZeroUses.selector));

        offer = _offer(_token);
        offer.maxUses = 1;
        p = _papersOf(offer);
        Papers memory last = _papersOf(offer);
        (last.buyer, last.deal.buyer) = (_otherBuyer, _otherBuyer);
        _rowAfter(
            "another buyer has the only use",
            call(p),
            call(_signed(last)),
            abi.encodeWithSelector(IReferralDeals.DealsUsesExhausted.selector, p.deal.offerId, 1)
        );
    }

    /// @dev Of each call that brings the complete offer: deal and base sale must say what it says.
    function _termsOfOffer(function(Papers memory) internal view returns (Call memory) call) private {
        Call memory honest = call(_papers());

        Papers memory p = _papers();
        p.deal.offerId = "another";
        _row("of another offer", honest, call(_signed(p)), _mismatch("offerId", _papers().deal.offerId, "another"));
        p = _papers();
        p.deal.merchant = _otherBuyer;
        _row(
            "of another merchant",
            honest,
            call(_signed(p)),
            _mismatch("merchant", _word(_merchant), _word(_otherBuyer))
        );
        p = _papers();
        p.deal.customer = _otherBuyer;
        _row(
            "of another customer",
            honest,
            call(_signed(p)),
            _mismatch("customer", _word(_customer), _word(_otherBuyer))
        );
        p = _papers();
        p.deal.token = ANYBODY;
        _row("in another token", honest, call(_signed(p)), _mismatch("token", _word(_token), _word(ANYBODY)));
        p = _papers();
        p.deal.amount = PRICE - 1;
        _row(
            "at a lower price",
            honest,
            call(_signed(p)),
            _mismatch("amount", bytes32(uint256(PRICE)), bytes32(uint256(PRICE - 1)))
        );
        p = _papers();
        p.deal.rebate = REBATE + 1;
        _row(
            "for a higher rebate",
            honest,
            call(_signed(p)),
            _mismatch("rebate", bytes32(uint256(REBATE)), bytes32(uint256(REBATE + 1)))
        );
        p = _papers();
        p.deal.rebateMoment = MOMENT + 1;
        _row(
            "at a later moment",
            honest,
            call(_signed(p)),
            _mismatch("rebateMoment", bytes32(uint256(MOMENT)), bytes32(uint256(MOMENT + 1)))
        );

        IReferralDeals.Offer memory offer = _offer(_token);
        offer.saleId = "unknown";
        _row(
            "a base sale that is not known",
            honest,
            call(_papersOf(offer)),
            _wrongSale("unknown", IReferralDeals.SaleState.NONE)
        );
        offer = _offer(_token);
        offer.saleAmount = AMOUNT + 1;
        _row(
            "a base sale of another amount",
            honest,
            call(_papersOf(offer)),
            abi.encodeWithSelector(IReferralDeals.DealsSaleTermsDiffer.selector, offer.saleId)
        );

        IReferralDeals.Sale memory sale = _newSale(_token);
        offer = _offer(_token);
        offer.saleId = DealReference.saleId(sale);
        _do(_paySale(sale));
        _rowAfter(
            "the base sale was refunded",
            call(_papersOf(offer)),
            _refundSale(sale),
            _wrongSale(offer.saleId, IReferralDeals.SaleState.REFUNDED)
        );
    }

    function _between(address[3] memory parties) private view returns (Papers memory p) {
        p = _papers();
        (p.deal.merchant, p.deal.customer, p.deal.buyer) = (parties[0], parties[1], parties[2]);
        return _signed(p);
    }

    function _wrongSale(bytes32 id, IReferralDeals.SaleState actual) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IReferralDeals.DealsWrongSaleState.selector,
                id,
                IReferralDeals.SaleState.RECORDED,
                actual
            );
    }

    function _rebateAbovePrice(uint128 rebate) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IReferralDeals.DealsRebateAbovePrice.selector, PRICE, rebate);
    }

    function _mismatch(bytes32 term, bytes32 expected, bytes32 actual) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IReferralDeals.DealsTermMismatch.selector, term, expected, actual);
    }

    function _word(address account) private pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }
}
