// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {StandardToken} from "../../contracts/mocks/tokens/StandardToken.sol";
import {Payment, PaymentMethod} from "../../contracts/utils/Payments.sol";
import {DealReference} from "../helpers/DealReference.sol";
import {Deployed} from "../helpers/Deployed.sol";
import {Call, Failures} from "../helpers/Failures.sol";

/// @title One offer with all that can be signed about it, and the calls that it serves for
/// @notice Papers are made whole and right. A test changes a field or a signature of its own copy; `_signed` signs anew.
abstract contract DealPapers is Failures {
    /// @notice An offer, a deal and a promise, with the parties' signatures.
    struct Papers {
        IReferralDeals.Offer offer;
        address buyer; // whom offer and promise name
        IReferralDeals.ReferredSale deal;
        IReferralDeals.RebatePromise rebatePromise;
        Signatures ofOffer;
        Signatures ofDeal;
        Signatures ofPromise;
        bytes opening;
        Payment payment;
    }

    struct Signatures {
        bytes merchant;
        bytes customer;
        bytes buyer;
    }

    uint256 internal constant MERCHANT_KEY = 0xA11CE;
    uint256 internal constant CUSTOMER_KEY = 0xB0B;
    uint256 internal constant BUYER_KEY = 0xCA401;
    uint256 internal constant OTHER_BUYER_KEY = 0xDA7E;

    uint256 internal constant NOW = 1_800_000_000;
    uint40 internal constant REFUNDABLE_UNTIL = uint40(NOW + 7 days);
    uint40 internal constant MOMENT = uint40(NOW + 30 days);
    uint128 internal constant AMOUNT = 1_000e6;
    uint128 internal constant PRICE = 800e6;
    uint128 internal constant REBATE = 50e6;

    address internal immutable _merchant = vm.addr(MERCHANT_KEY);
    address internal immutable _customer = vm.addr(CUSTOMER_KEY);
    address internal immutable _buyer = vm.addr(BUYER_KEY);
    address internal immutable _otherBuyer = vm.addr(OTHER_BUYER_KEY);
    /// @dev Somebody who signs nothing and may submit everything.
    address internal constant ANYBODY = address(0xA17B0D1);

    IReferralDeals internal immutable _deals = Deployed.referralDeals();
    address internal immutable _token = Deployed.create("StandardToken.sol:StandardToken", "");
    bytes32 internal immutable _domain = DealReference.domain(address(_deals));

    mapping(address account => uint256 key) private _keys;

    constructor() {
        vm.warp(NOW);
        _keys[_merchant] = MERCHANT_KEY;
        _keys[_customer] = CUSTOMER_KEY;
        _keys[_buyer] = BUYER_KEY;
        _keys[_otherBuyer] = OTHER_BUYER_KEY;
        _fund(_token);
        _do(_recordSale(_baseSale(_token)));
    }

    /// @dev Each party has tokens, and approved the contract for all of them.
    function _fund(address token) internal {
        address[4] memory parties = [_merchant, _customer, _buyer, _otherBuyer];
        for (uint256 i = 0; i < parties.length; ++i) {
            StandardToken(token).mint(parties[i], 10 * AMOUNT);
            vm.prank(parties[i]);
            IERC20(token).approve(address(_deals), type(uint256).max);
        }
    }

    // ── Documents ──

    /// @dev The sale that offers stand on.
    function _baseSale(address token) internal view returns (IReferralDeals.Sale memory sale) {
        sale = _newSale(token);
        sale.salt = "base";
    }

    /// @dev A sale that is not known yet, refundable for some time.
    function _newSale(address token) internal view returns (IReferralDeals.Sale memory) {
        return
            IReferralDeals.Sale({
                merchant: _merchant,
                customer: _customer,
                token: token,
                amount: AMOUNT,
                itemHash: "item",
                refundableUntil: REFUNDABLE_UNTIL,
                salt: "new"
            });
    }

    /// @dev 20 % off, a rebate within the price, for three buyers.
    function _offer(address token) internal view returns (IReferralDeals.Offer memory) {
        return
            IReferralDeals.Offer({
                saleId: DealReference.saleId(_baseSale(token)),
                merchant: _merchant,
                customer: _customer,
                token: token,
                saleAmount: AMOUNT,
                policy: IReferralDeals.DiscountPolicy.PERCENT_OFF,
                discount: 2_000,
                free: false,
                rebateMoment: MOMENT,
                rebate: REBATE,
                rebateRule: IReferralDeals.RebateRule.DEAL_REQUIRED,
                maxUses: 3,
                counter: 0,
                salt: "offer"
            });
    }

    function _papers() internal view returns (Papers memory) {
        return _papersOf(_offer(_token));
    }

    /// @dev As `_papers`, for an offer that pays by promotion alone.
    function _promotion() internal view returns (Papers memory) {
        IReferralDeals.Offer memory offer = _offer(_token);
        offer.rebateRule = IReferralDeals.RebateRule.PROMOTION_ONLY;
        return _papersOf(offer);
    }

    /// @dev Papers of that offer, whatever it says, with the deal and the promise that keep to it.
    function _papersOf(IReferralDeals.Offer memory offer) internal view returns (Papers memory p) {
        p.offer = offer;
        p.buyer = _buyer;
        p.payment = _allowance();
        p.deal.offerId = DealReference.offerId(offer);
        p.deal.merchant = offer.merchant;
        p.deal.customer = offer.customer;
        p.deal.buyer = _buyer;
        p.deal.token = offer.token;
        (, uint256 price) = DealReference.price(offer);
        p.deal.amount = uint128(price);
        p.deal.rebate = offer.rebate;
        p.deal.rebateMoment = offer.rebateMoment;
        p.deal.itemHash = "item";
        p.deal.salt = "deal";
        p.rebatePromise = IReferralDeals.RebatePromise(
            p.deal.offerId,
            offer.merchant,
            offer.customer,
            offer.rebate,
            offer.rebateMoment
        );
        return _signed(p);
    }

    /// @dev All papers signed anew, as they are now.
    function _signed(Papers memory p) internal view returns (Papers memory) {
        p.opening = _sign(p.offer.merchant, DealReference.openingDigest(_domain, p.offer));
        (bytes32 first, bytes32 second, bytes32 third) = DealReference.offerDigests(_domain, p.offer, p.buyer);
        p.ofOffer = Signatures(_sign(p.offer.merchant, first), _sign(p.offer.customer, second), _sign(p.buyer, third));
        (first, second, third) = DealReference.dealDigests(_domain, p.deal);
        p.ofDeal = Signatures(
            _sign(p.deal.merchant, third),
            _sign(p.deal.customer, first),
            _sign(p.deal.buyer, second)
        );
        (first, second, third) = DealReference.promiseDigests(_domain, p.rebatePromise, p.buyer);
        p.ofPromise = Signatures(
            _sign(p.rebatePromise.merchant, first),
            _sign(p.rebatePromise.customer, third),
            _sign(p.buyer, second)
        );
        return p;
    }

    // ── Calls ──

    function _recordSale(IReferralDeals.Sale memory sale) internal view returns (Call memory) {
        (bytes32 merchant, bytes32 customer) = DealReference.saleDigests(_domain, sale, true);
        return _recordSaleSigned(sale, _sign(sale.merchant, merchant), _sign(sale.customer, customer));
    }

    function _recordSaleSigned(
        IReferralDeals.Sale memory sale,
        bytes memory merchant,
        bytes memory customer
    ) internal view returns (Call memory) {
        return _call(abi.encodeCall(IReferralDeals.recordSale, (sale, merchant, customer)));
    }

    function _paySale(IReferralDeals.Sale memory sale) internal view returns (Call memory) {
        return _paySaleBy(sale, _allowance());
    }

    function _paySaleBy(IReferralDeals.Sale memory sale, Payment memory payment) internal view returns (Call memory) {
        (bytes32 merchant, bytes32 customer) = DealReference.saleDigests(_domain, sale, false);
        return _paySaleSigned(sale, _sign(sale.merchant, merchant), _sign(sale.customer, customer), payment);
    }

    function _paySaleSigned(
        IReferralDeals.Sale memory sale,
        bytes memory merchant,
        bytes memory customer,
        Payment memory payment
    ) internal view returns (Call memory) {
        return _call(abi.encodeCall(IReferralDeals.paySale, (sale, merchant, customer, payment)));
    }

    function _refundSale(IReferralDeals.Sale memory sale) internal view returns (Call memory) {
        return _by(_call(abi.encodeCall(IReferralDeals.refundSale, (sale))), sale.merchant);
    }

    function _releaseSale(IReferralDeals.Sale memory sale) internal view returns (Call memory) {
        return _at(_call(abi.encodeCall(IReferralDeals.releaseSale, (sale))), sale.refundableUntil);
    }

    function _recordReferredSale(Papers memory p) internal view returns (Call memory) {
        return _call(abi.encodeCall(IReferralDeals.recordReferredSale, (p.deal)));
    }

    function _openOffer(Papers memory p) internal view returns (Call memory) {
        return _call(abi.encodeCall(IReferralDeals.openOffer, (p.offer, p.opening, p.payment)));
    }

    function _cancelOffer(Papers memory p) internal view returns (Call memory) {
        return _by(_call(abi.encodeCall(IReferralDeals.cancelOffer, (p.offer))), p.offer.merchant);
    }

    function _increaseCounter() internal view returns (Call memory) {
        return _by(_call(abi.encodeCall(IReferralDeals.increaseCounter, ())), _merchant);
    }

    function _reclaimBond(Papers memory p) internal view returns (Call memory) {
        return _at(_call(abi.encodeCall(IReferralDeals.reclaimBond, (p.offer))), p.offer.rebateMoment);
    }

    function _settle(Papers memory p) internal view returns (Call memory) {
        return
            _call(
                abi.encodeCall(
                    IReferralDeals.settle,
                    (p.deal, p.ofDeal.customer, p.ofDeal.buyer, p.ofDeal.merchant, p.payment)
                )
            );
    }

    function _settleWithEvidence(Papers memory p) internal view returns (Call memory) {
        return
            _call(
                abi.encodeCall(
                    IReferralDeals.settleWithEvidence,
                    (_evidence(p), p.deal, p.ofDeal.customer, p.ofDeal.buyer, p.ofDeal.merchant, p.payment)
                )
            );
    }

    function _lodge(Papers memory p) internal view returns (Call memory) {
        return
            _call(
                abi.encodeCall(
                    IReferralDeals.lodge,
                    (_evidence(p), p.deal, p.ofDeal.customer, p.ofDeal.buyer, p.payment)
                )
            );
    }

    function _countersign(Papers memory p) internal view returns (Call memory) {
        return _call(abi.encodeCall(IReferralDeals.countersign, (p.deal, p.ofDeal.merchant)));
    }

    function _refundLodged(Papers memory p) internal view returns (Call memory) {
        return _at(_call(abi.encodeCall(IReferralDeals.refundLodged, (p.deal))), p.deal.rebateMoment);
    }

    function _lodgePromise(Papers memory p) internal view returns (Call memory) {
        return
            _call(
                abi.encodeCall(
                    IReferralDeals.lodgePromise,
                    (p.rebatePromise, p.buyer, p.ofPromise.merchant, p.ofPromise.buyer, p.ofPromise.customer)
                )
            );
    }

    function _lodgePromotion(Papers memory p) internal view returns (Call memory) {
        return
            _call(
                abi.encodeCall(
                    IReferralDeals.lodgePromotion,
                    (p.offer, p.buyer, p.ofPromise.merchant, p.ofPromise.buyer, p.ofPromise.customer)
                )
            );
    }

    function _payRebate(Papers memory p) internal view returns (Call memory) {
        return _at(_call(abi.encodeCall(IReferralDeals.payRebate, (p.deal))), p.deal.rebateMoment);
    }

    function _payBondedRebate(Papers memory p) internal view returns (Call memory) {
        return _at(_call(abi.encodeCall(IReferralDeals.payBondedRebate, (p.offer, p.buyer))), p.offer.rebateMoment);
    }

    // ── Refusals that many calls share ──

    function _tooLate(uint40 before, uint256 timestamp) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IReferralDeals.DealsTooLate.selector, before, timestamp);
    }

    function _tooEarly(uint40 from, uint256 timestamp) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IReferralDeals.DealsTooEarly.selector, from, timestamp);
    }

    function _notMerchant(address caller) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IReferralDeals.DealsNotMerchant.selector, _merchant, caller);
    }

    function _wrongCounter(uint32 expected, uint32 actual) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IReferralDeals.DealsWrongCounter.selector, _merchant, expected, actual);
    }

    function _notDistinct(address merchant, address customer, address buyer) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IReferralDeals.DealsPartiesNotDistinct.selector, merchant, customer, buyer);
    }

    function _wrongState(
        Papers memory p,
        IReferralDeals.DealState expected,
        IReferralDeals.DealState actual
    ) internal pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IReferralDeals.DealsWrongState.selector,
                DealReference.referralId(p.deal),
                expected,
                actual
            );
    }

    function _otherDeal(Papers memory p) internal pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IReferralDeals.DealsOtherDeal.selector,
                DealReference.referralId(p.deal),
                DealReference.dealId(p.deal)
            );
    }

    function _wrongSignature(address account, bytes32 digest) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IReferralDeals.DealsWrongSignature.selector, account, digest);
    }

    // ── Parts ──

    function _allowance() internal pure returns (Payment memory) {
        return Payment({method: PaymentMethod.ALLOWANCE, deadline: 0, signature: ""});
    }

    /// @dev 65 bytes; of an account without a known key, 65 bytes that are nobody's.
    function _sign(address account, bytes32 digest) internal view returns (bytes memory) {
        if (_keys[account] == 0) return new bytes(65);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keys[account], digest);
        return abi.encodePacked(r, s, v);
    }

    function _call(bytes memory data) internal view returns (Call memory) {
        return Call(address(_deals), ANYBODY, NOW, ALL_GAS, data, false);
    }

    function _evidence(Papers memory p) private pure returns (IReferralDeals.CompleteOffer memory) {
        return IReferralDeals.CompleteOffer(p.offer, p.ofOffer.merchant, p.ofOffer.customer, p.ofOffer.buyer);
    }
}
