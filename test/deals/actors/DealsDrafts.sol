// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../../contracts/deals/IReferralDeals.sol";
import {Payment, PaymentMethod} from "../../../contracts/utils/Payments.sol";
import {DealReference} from "../../helpers/DealReference.sol";
import {HostileTokens} from "../../helpers/HostileTokens.sol";

/// @title The documents that actors draw up, what should have become of them, and how they are signed
abstract contract DealsDrafts is HostileTokens {
    /// @notice One use of an offer by one buyer.
    struct Use {
        uint256 offer; // its index
        address buyer;
        bytes32 referralId;
        IReferralDeals.ReferredSale deal;
        bytes32 dealId;
        // What should be.
        IReferralDeals.DealState state;
        bool promised;
        IReferralDeals.Funding funding;
        bool recorded;
        uint256 payouts;
        uint256 settledAt;
        uint256 defaultedAt;
        uint256 signers; // of the deal, when it settled
    }

    struct OfferBook {
        IReferralDeals.Offer offer;
        bytes32 id;
        uint256 uses;
        uint256 bonded;
        bool opened;
        bool cancelled;
    }

    struct SaleBook {
        IReferralDeals.Sale sale;
        bytes32 id;
        IReferralDeals.SaleState state;
    }

    bytes32 internal constant ESCROW = "escrow";
    bytes32 internal constant REBATES = "rebates";

    IReferralDeals public immutable deals;
    bytes32 internal immutable _domain;
    address[] internal _merchants;
    address[] internal _customers;
    address[] internal _buyers;

    SaleBook[] internal _sales;
    OfferBook[] internal _offers;
    Use[] internal _uses;
    mapping(address merchant => uint32 counter) internal _counters;
    uint256 private _salt;

    constructor(IReferralDeals deals_) {
        deals = deals_;
        _domain = DealReference.domain(address(deals_));
        _merchants = _hire(2);
        _customers = _hire(2);
        _buyers = _hire(4);
        _approveAll(_merchants);
        _approveAll(_customers);
        _approveAll(_buyers);
    }

    // ── Drafting ──

    function _draftSale(
        uint256 seed,
        address token,
        uint256 refundable
    ) internal returns (IReferralDeals.Sale memory sale) {
        sale.merchant = _pick(seed, "merchant", _merchants);
        sale.customer = _pick(seed, "customer", _customers);
        sale.token = token;
        sale.amount = uint128(_draw(seed, "amount", 10_000, 1e30));
        sale.refundableUntil = uint40(refundable == 0 ? 0 : block.timestamp + refundable);
        sale.salt = _nextSalt();
    }

    /// @dev Of a sale that is recorded. With `bonded` the rebate may be above the price; without, it is within it.
    function _draftOffer(
        uint256 seed,
        address token,
        bool bonded,
        bool promotion
    ) internal returns (IReferralDeals.Offer memory offer) {
        IReferralDeals.Sale memory sale = _draftSale(seed, token, 0);
        offer.saleId = _recordSale(sale);
        offer.merchant = sale.merchant;
        offer.customer = sale.customer;
        offer.token = sale.token;
        offer.saleAmount = sale.amount;
        offer.policy = IReferralDeals.DiscountPolicy(_draw(seed, "policy", 0, 2));
        bool percent = offer.policy == IReferralDeals.DiscountPolicy.PERCENT_OFF;
        offer.discount = uint128(_draw(seed, "discount", 1, percent ? 9_999 : sale.amount - 1));
        offer.rebateMoment = uint40(block.timestamp + _draw(seed, "moment", 1, 30 days));
        (, uint256 price) = DealReference.price(offer);
        offer.rebate = uint128(_draw(seed, "rebate", 1, bonded ? uint256(sale.amount) * 2 : price));
        if (promotion) offer.rebateRule = IReferralDeals.RebateRule.PROMOTION_ONLY;
        offer.maxUses = uint32(_draw(seed, "uses", 1, 4));
        offer.counter = _counters[offer.merchant];
        offer.salt = _nextSalt();
    }

    function _draftDeal(
        uint256 seed,
        IReferralDeals.Offer memory offer
    ) internal returns (IReferralDeals.ReferredSale memory deal) {
        (, uint256 price) = DealReference.price(offer);
        deal.offerId = DealReference.offerId(offer);
        deal.merchant = offer.merchant;
        deal.customer = offer.customer;
        deal.buyer = _pick(seed, "buyer", _buyers);
        deal.token = offer.token;
        deal.amount = uint128(price);
        deal.rebate = offer.rebate;
        deal.rebateMoment = offer.rebateMoment;
        deal.itemHash = keccak256(abi.encode(seed));
        deal.salt = _nextSalt();
    }

    function _newOffer(uint256 seed, bool bonded, bool promotion) internal returns (uint256 index) {
        return _newOfferIn(seed, _token(seed), bonded, promotion);
    }

    function _newOfferIn(uint256 seed, address token, bool bonded, bool promotion) internal returns (uint256 index) {
        IReferralDeals.Offer memory offer = _draftOffer(seed, token, bonded, promotion);
        index = _offers.length;
        _offers.push();
        _offers[index].offer = offer;
        _offers[index].id = DealReference.offerId(offer);
    }

    function _newUse(uint256 seed, uint256 offerIndex) internal returns (uint256 index) {
        IReferralDeals.ReferredSale memory deal = _draftDeal(seed, _offers[offerIndex].offer);
        index = _uses.length;
        _uses.push();
        Use storage use = _uses[index];
        use.offer = offerIndex;
        use.buyer = deal.buyer;
        use.deal = deal;
        use.dealId = DealReference.dealId(deal);
        use.referralId = DealReference.referralId(deal);
    }

    function _promiseOf(OfferBook storage book) internal view returns (IReferralDeals.RebatePromise memory) {
        return
            IReferralDeals.RebatePromise({
                offerId: book.id,
                merchant: book.offer.merchant,
                customer: book.offer.customer,
                rebate: book.offer.rebate,
                rebateMoment: book.offer.rebateMoment
            });
    }

    /// @dev Every offer starts from a sale that the contract knows.
    function _recordSale(IReferralDeals.Sale memory sale) internal returns (bytes32 id) {
        (bytes32 merchant, bytes32 customer) = DealReference.saleDigests(_domain, sale, true);
        id = deals.recordSale(sale, _sign(sale.merchant, merchant, 0), _sign(sale.customer, customer, 1));
        _sales.push(SaleBook({sale: sale, id: id, state: IReferralDeals.SaleState.RECORDED}));
    }

    // ── Signing ──

    function _signDeal(
        IReferralDeals.ReferredSale memory deal,
        uint256 salt
    ) internal view returns (bytes memory customer, bytes memory buyer, bytes memory merchant) {
        (bytes32 first, bytes32 second, bytes32 third) = DealReference.dealDigests(_domain, deal);
        customer = _sign(deal.customer, first, salt);
        buyer = _sign(deal.buyer, second, salt >> 1);
        merchant = _sign(deal.merchant, third, salt >> 2);
    }

    function _signOffer(
        IReferralDeals.Offer memory offer,
        address buyer,
        uint256 salt
    ) internal view returns (IReferralDeals.CompleteOffer memory) {
        (bytes32 first, bytes32 second, bytes32 third) = DealReference.offerDigests(_domain, offer, buyer);
        return
            IReferralDeals.CompleteOffer({
                offer: offer,
                merchantSignature: _sign(offer.merchant, first, salt),
                customerSignature: _sign(offer.customer, second, salt >> 1),
                buyerSignature: _sign(buyer, third, salt >> 2)
            });
    }

    function _signPromise(
        IReferralDeals.RebatePromise memory rebatePromise,
        address named
    ) internal view returns (bytes memory merchant, bytes memory buyer, bytes memory customer) {
        (bytes32 first, bytes32 second, bytes32 third) = DealReference.promiseDigests(_domain, rebatePromise, named);
        merchant = _sign(rebatePromise.merchant, first, 0);
        buyer = _sign(named, second, 1);
        customer = _sign(rebatePromise.customer, third, 0);
    }

    // ── Finding ──

    function _escrowed(uint256 seed, bool inTime) internal view returns (bool found, uint256 index) {
        uint256 count = _sales.length;
        for (uint256 i = 0; i < count; ++i) {
            index = addmod(seed, i, count);
            SaleBook storage book = _sales[index];
            if (book.state != IReferralDeals.SaleState.ESCROWED) continue;
            if (!inTime || block.timestamp < book.sale.refundableUntil) return (true, index);
        }
    }

    /// @dev The first use from a random one on that fits, or their number.
    function _find(
        uint256 seed,
        function(Use storage) internal view returns (bool) fits
    ) internal view returns (uint256) {
        uint256 count = _uses.length;
        for (uint256 i = 0; i < count; ++i) {
            uint256 index = addmod(seed, i, count);
            if (fits(_uses[index])) return index;
        }
        return count;
    }

    function _isLodged(Use storage use) internal view returns (bool) {
        return use.state == IReferralDeals.DealState.LODGED;
    }

    function _isLodgedInTime(Use storage use) internal view returns (bool) {
        return _isLodged(use) && block.timestamp < use.deal.rebateMoment;
    }

    function _isUnpromised(Use storage use) internal view returns (bool) {
        return !use.promised && block.timestamp < use.deal.rebateMoment;
    }

    function _isHeld(Use storage use) internal view returns (bool) {
        bool settled = use.state == IReferralDeals.DealState.SETTLED;
        return settled && use.funding == IReferralDeals.Funding.HELD && use.payouts == 0;
    }

    function _isBonded(Use storage use) internal view returns (bool) {
        return use.funding == IReferralDeals.Funding.BOND && use.payouts == 0;
    }

    function _isUnrecorded(Use storage use) internal view returns (bool) {
        return use.state == IReferralDeals.DealState.SETTLED && !use.recorded;
    }

    function _runs(OfferBook storage book) internal view returns (bool) {
        return
            !book.cancelled &&
            book.offer.counter == _counters[book.offer.merchant] &&
            block.timestamp < book.offer.rebateMoment;
    }

    function _runningOffer(uint256 seed) internal returns (uint256) {
        uint256 count = _offers.length;
        for (uint256 i = 0; i < count; ++i) {
            uint256 index = addmod(seed, i, count);
            if (_runs(_offers[index])) return index;
        }
        return _newOffer(seed, false, false);
    }

    function _used(uint256 offerIndex, address buyer) internal view returns (bool) {
        for (uint256 i = 0; i < _uses.length; ++i) {
            if (_uses[i].offer == offerIndex && _uses[i].buyer == buyer) return true;
        }
        return false;
    }

    function _payment() internal pure returns (Payment memory) {
        return Payment({method: PaymentMethod.ALLOWANCE, deadline: 0, signature: ""});
    }

    function _nextSalt() internal returns (bytes32) {
        return bytes32(++_salt);
    }
}
