// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {Payment, Payments} from "../utils/Payments.sol";
import {DealHash} from "./DealHash.sol";
import {IReferralDeals} from "./IReferralDeals.sol";
import {DealTerms} from "./DealTerms.sol";
import {OfferBook} from "./OfferBook.sol";
import {Referral} from "./Referral.sol";
import {SaleBook} from "./SaleBook.sol";

/// @title Referral deals
/// @notice See {IReferralDeals}.
contract ReferralDeals is SaleBook, OfferBook {
    using MessageHashUtils for bytes32;
    using SafeERC20 for IERC20;

    /// @dev What the checks of a new deal find out about it.
    struct Draft {
        bytes32 referralId;
        bytes32 dealId;
        bytes32 buyerDigest;
        Referral referral;
    }

    mapping(bytes32 referralId => Referral referral) private _referrals;

    /// @inheritdoc IReferralDeals
    function settle(
        ReferredSale memory deal,
        bytes calldata customerSignature,
        bytes calldata buyerSignature,
        bytes calldata merchantSignature,
        Payment calldata payment
    ) external nonReentrant returns (bytes32 referralId) {
        // Check: time, parties, amounts, replay, signatures.
        Draft memory draft = _checkNewDeal(deal, customerSignature, buyerSignature);
        _requireMerchantOfDeal(deal, draft.dealId, draft.buyerDigest, merchantSignature);
        if (merchantSignature.length > 0 && _isCancelled(deal.offerId)) revert DealsOfferCancelled(deal.offerId);

        // A promotion may have reserved this referral's rebate in the bond; else it is held back from the price.
        _settle(deal, draft, draft.referral.funding(), payment);
        return draft.referralId;
    }

    /// @inheritdoc IReferralDeals
    function settleWithEvidence(
        CompleteOffer calldata evidence,
        ReferredSale memory deal,
        bytes calldata customerSignature,
        bytes calldata buyerSignature,
        bytes calldata merchantSignature,
        Payment calldata payment
    ) external nonReentrant returns (bytes32 referralId) {
        // Check: time, parties, amounts, replay, signatures, and every term of the offer.
        Draft memory draft = _checkNewDeal(deal, customerSignature, buyerSignature);
        _requireMerchantOfDeal(deal, draft.dealId, draft.buyerDigest, merchantSignature);
        Funding reserved = _useOffer(evidence, deal, draft.referral);

        _settle(deal, draft, reserved, payment);
        return draft.referralId;
    }

    /// @inheritdoc IReferralDeals
    function lodge(
        CompleteOffer calldata evidence,
        ReferredSale memory deal,
        bytes calldata customerSignature,
        bytes calldata buyerSignature,
        Payment calldata payment
    ) external nonReentrant returns (bytes32 referralId) {
        // Check: time, parties, amounts, replay, the signatures there are, and every term of the offer.
        Draft memory draft = _checkNewDeal(deal, customerSignature, buyerSignature);
        referralId = draft.referralId;
        Funding funding = _useOffer(evidence, deal, draft.referral);
        _fundingFor(deal, funding);

        // Effect: the deal waits for the merchant.
        _referrals[referralId] = draft.referral.enter(referralId, draft.dealId, DealState.LODGED, funding);
        _emitLodged(deal, draft, funding);

        // Interaction: the price goes into escrow.
        Payments.take(IERC20(deal.token), deal.buyer, deal.amount, draft.dealId, payment);
    }

    /// @inheritdoc IReferralDeals
    function countersign(ReferredSale memory deal, bytes calldata merchantSignature) external nonReentrant {
        // Check: in time, this deal is lodged, the merchant's word.
        _requireBefore(deal.rebateMoment);
        (bytes32 referralId, bytes32 dealId) = _idsOf(deal);
        Referral referral = _referrals[referralId];
        referral.requireDeal(referralId, dealId, DealState.LODGED);
        (, bytes32 buyerDigest) = _dealDigests(dealId);
        _requireMerchantOfDeal(deal, dealId, buyerDigest, merchantSignature);

        // Effect: settled, with the rebate where it is or held back from the escrow.
        Funding funding = _fundingFor(deal, referral.funding());
        _referrals[referralId] = referral.countersign(funding);
        _emitSettled(deal, referralId, dealId, funding);

        // Interaction: the merchant has the rest.
        _payMerchant(deal, funding);
    }

    /// @inheritdoc IReferralDeals
    function refundLodged(ReferredSale memory deal) external nonReentrant {
        // Check: the moment is reached and this deal is still lodged.
        _requireFrom(deal.rebateMoment);
        (bytes32 referralId, bytes32 dealId) = _idsOf(deal);
        Referral referral = _referrals[referralId];
        referral.requireDeal(referralId, dealId, DealState.LODGED);

        // Effect: the default is on record.
        _referrals[referralId] = referral.defaulted();
        emit DealDefaulted(referralId, deal.merchant, deal.buyer, deal.amount);

        // Interaction: the buyer has its money back.
        if (deal.amount > 0) IERC20(deal.token).safeTransfer(deal.buyer, deal.amount);
    }

    /// @inheritdoc IReferralDeals
    function lodgePromise(
        RebatePromise memory rebatePromise,
        address buyer,
        bytes calldata merchantSignature,
        bytes calldata buyerSignature,
        bytes calldata customerSignature
    ) external returns (bytes32 referralId) {
        // Check: in time, parties, once, three signatures.
        Referral referral;
        (referralId, referral) = _checkPromise(
            rebatePromise,
            buyer,
            merchantSignature,
            buyerSignature,
            customerSignature
        );
        if (referral.promised()) revert DealsPromiseLodged(referralId);

        // Effect: the promise was in time.
        _lodgePromise(rebatePromise, buyer, referralId, referral, referral.funding());
    }

    /// @inheritdoc IReferralDeals
    function lodgePromotion(
        Offer calldata offer,
        address buyer,
        bytes calldata merchantSignature,
        bytes calldata buyerSignature,
        bytes calldata customerSignature
    ) external returns (bytes32 referralId) {
        // Check: the rule, in time, parties, once, three signatures.
        bytes32 offerId = DealHash.offer(offer);
        if (offer.rebateRule != RebateRule.PROMOTION_ONLY) revert DealsNotPromotionOnly(offerId);
        RebatePromise memory rebatePromise = RebatePromise({
            offerId: offerId,
            merchant: offer.merchant,
            customer: offer.customer,
            rebate: offer.rebate,
            rebateMoment: offer.rebateMoment
        });
        Referral referral;
        (referralId, referral) = _checkPromise(
            rebatePromise,
            buyer,
            merchantSignature,
            buyerSignature,
            customerSignature
        );
        Funding funding = referral.funding();
        // The promise alone may have been lodged before; what counts here is that the rebate is not funded yet.
        if (referral.promised() && funding != Funding.NONE) revert DealsPromiseLodged(referralId);

        // Effect: the rebate is reserved, unless a deal funded it already.
        if (funding == Funding.NONE) funding = _takeUse(offer, offerId);
        _lodgePromise(rebatePromise, buyer, referralId, referral, funding);
    }

    /// @inheritdoc IReferralDeals
    function payRebate(ReferredSale memory deal) external nonReentrant returns (address receiver) {
        // Check: the moment is reached, and this deal's rebate is held and open.
        _requireFrom(deal.rebateMoment);
        (bytes32 referralId, bytes32 dealId) = _idsOf(deal);
        Referral referral = _referrals[referralId];
        referral.requireDeal(referralId, dealId, DealState.SETTLED);
        Referral closed = referral.close(referralId, Funding.HELD);

        receiver = _payOut(
            referralId,
            closed,
            referral.promised(),
            deal.customer,
            deal.merchant,
            deal.token,
            deal.rebate
        );
    }

    /// @inheritdoc IReferralDeals
    function payBondedRebate(Offer calldata offer, address buyer) external nonReentrant returns (address receiver) {
        // Check: the moment is reached, and this referral's rebate is reserved and open.
        _requireFrom(offer.rebateMoment);
        bytes32 referralId = DealHash.referral(
            DealHash.offer(offer),
            offer.merchant,
            offer.customer,
            buyer,
            offer.rebate,
            offer.rebateMoment
        );
        Referral referral = _referrals[referralId];
        Referral closed = referral.close(referralId, Funding.BOND);

        // A lodged deal whose moment is reached is a default, whether or not the refund was called for.
        DealState state = referral.state();
        bool earned = referral.promised() || state == DealState.LODGED || state == DealState.DEFAULTED;
        receiver = _payOut(referralId, closed, earned, offer.customer, offer.merchant, offer.token, offer.rebate);
    }

    /// @inheritdoc IReferralDeals
    function recordReferredSale(ReferredSale memory deal) external returns (bytes32 saleId) {
        bytes32 referralId;
        (referralId, saleId) = _idsOf(deal);
        _referrals[referralId].requireDeal(referralId, saleId, DealState.SETTLED);
        _recordReferred(saleId, deal);
    }

    /// @inheritdoc IReferralDeals
    function referralStatusOf(bytes32 referralId) external view returns (ReferralStatus memory) {
        Referral referral = _referrals[referralId];
        return
            ReferralStatus({
                state: referral.state(),
                promised: referral.promised(),
                funding: referral.funding(),
                closed: referral.closed()
            });
    }

    // ── Steps ──

    /// @dev Check: time, parties, amounts, replay, signatures.
    function _checkNewDeal(
        ReferredSale memory deal,
        bytes calldata customerSignature,
        bytes calldata buyerSignature
    ) private view returns (Draft memory draft) {
        _requireBefore(deal.rebateMoment);
        _requireDistinct(deal.merchant, deal.customer, deal.buyer);
        if (deal.rebate == 0) revert DealsZeroRebate();
        (draft.referralId, draft.dealId) = _idsOf(deal);
        draft.referral = _referrals[draft.referralId];
        draft.referral.requireState(draft.referralId, DealState.NONE);

        bytes32 customerDigest;
        (customerDigest, draft.buyerDigest) = _dealDigests(draft.dealId);
        _requireSignature(deal.customer, customerDigest, customerSignature);
        _requireSignature(deal.buyer, draft.buyerDigest, buyerSignature);
    }

    /// @dev The merchant comes last, over what the buyer signed.
    function _requireMerchantOfDeal(
        ReferredSale memory deal,
        bytes32 dealId,
        bytes32 buyerDigest,
        bytes calldata merchantSignature
    ) private view {
        bytes32 structHash = DealHash.next(DealHash.MERCHANT_DEAL_TYPEHASH, dealId, buyerDigest);
        _requireMerchant(deal.merchant, structHash, merchantSignature);
    }

    /// @dev Checks the deal against the complete offer, and counts the use unless a promotion counted it before.
    function _useOffer(
        CompleteOffer calldata evidence,
        ReferredSale memory deal,
        Referral referral
    ) private returns (Funding funding) {
        Offer calldata offer = evidence.offer;
        bytes32 offerId = DealHash.offer(offer);
        _requireSound(offer);
        DealTerms.requireKept(offer, offerId, DealTerms.price(offer, offerId), deal);
        _requireBaseSale(offer);
        _checkOfferSignatures(evidence, offerId, deal.buyer);

        funding = referral.funding();
        if (funding == Funding.NONE) funding = _takeUse(offer, offerId);
    }

    function _checkOfferSignatures(CompleteOffer calldata evidence, bytes32 offerId, address buyer) private view {
        bytes32 domain = _domainSeparatorV4();
        bytes32 digest = domain.toTypedDataHash(DealHash.first(DealHash.MERCHANT_OFFER_TYPEHASH, offerId));
        _requireSignature(evidence.offer.merchant, digest, evidence.merchantSignature);
        digest = domain.toTypedDataHash(DealHash.nextNaming(DealHash.CUSTOMER_OFFER_TYPEHASH, offerId, buyer, digest));
        _requireSignature(evidence.offer.customer, digest, evidence.customerSignature);
        digest = domain.toTypedDataHash(DealHash.nextNaming(DealHash.BUYER_OFFER_TYPEHASH, offerId, buyer, digest));
        _requireSignature(buyer, digest, evidence.buyerSignature);
    }

    /// @dev Check: time, parties, signatures of a rebate promise.
    function _checkPromise(
        RebatePromise memory rebatePromise,
        address buyer,
        bytes calldata merchantSignature,
        bytes calldata buyerSignature,
        bytes calldata customerSignature
    ) private view returns (bytes32 referralId, Referral referral) {
        _requireBefore(rebatePromise.rebateMoment);
        _requireDistinct(rebatePromise.merchant, rebatePromise.customer, buyer);
        if (rebatePromise.rebate == 0) revert DealsZeroRebate();
        referralId = DealHash.referral(
            rebatePromise.offerId,
            rebatePromise.merchant,
            rebatePromise.customer,
            buyer,
            rebatePromise.rebate,
            rebatePromise.rebateMoment
        );
        referral = _referrals[referralId];

        bytes32 promiseId = DealHash.rebatePromise(rebatePromise);
        bytes32 domain = _domainSeparatorV4();
        bytes32 digest = domain.toTypedDataHash(DealHash.first(DealHash.MERCHANT_PROMISE_TYPEHASH, promiseId));
        _requireSignature(rebatePromise.merchant, digest, merchantSignature);
        digest = domain.toTypedDataHash(DealHash.nextNaming(DealHash.BUYER_PROMISE_TYPEHASH, promiseId, buyer, digest));
        _requireSignature(buyer, digest, buyerSignature);
        digest = domain.toTypedDataHash(
            DealHash.nextNaming(DealHash.CUSTOMER_PROMISE_TYPEHASH, promiseId, buyer, digest)
        );
        _requireSignature(rebatePromise.customer, digest, customerSignature);
    }

    function _settle(ReferredSale memory deal, Draft memory draft, Funding reserved, Payment calldata payment) private {
        // Effect: the deal is settled.
        Funding funding = _fundingFor(deal, reserved);
        _referrals[draft.referralId] = draft.referral.enter(draft.referralId, draft.dealId, DealState.SETTLED, funding);
        _emitSettled(deal, draft.referralId, draft.dealId, funding);

        // Interaction: the buyer pays, the merchant has its part.
        Payments.take(IERC20(deal.token), deal.buyer, deal.amount, draft.dealId, payment);
        _payMerchant(deal, funding);
    }

    function _lodgePromise(
        RebatePromise memory rebatePromise,
        address buyer,
        bytes32 referralId,
        Referral referral,
        Funding funding
    ) private {
        _referrals[referralId] = referral.withPromise(funding);
        emit PromiseLodged(
            referralId,
            rebatePromise.customer,
            buyer,
            rebatePromise.offerId,
            rebatePromise.merchant,
            rebatePromise.rebate,
            rebatePromise.rebateMoment,
            funding
        );
    }

    function _payMerchant(ReferredSale memory deal, Funding funding) private {
        uint128 amount = funding == Funding.HELD ? deal.amount - deal.rebate : deal.amount;
        if (amount > 0) IERC20(deal.token).safeTransfer(deal.merchant, amount);
    }

    function _payOut(
        bytes32 referralId,
        Referral referral,
        bool earned,
        address customer,
        address merchant,
        address token,
        uint128 rebate
    ) private returns (address receiver) {
        // Effect: the rebate is closed.
        _referrals[referralId] = referral;
        if (earned) {
            receiver = customer;
            emit RebatePaid(referralId, customer, merchant, token, rebate);
        } else {
            receiver = merchant;
            emit RebateReturned(referralId, customer, merchant, token, rebate);
        }

        // Interaction: whoever is due has it.
        IERC20(token).safeTransfer(receiver, rebate);
    }

    function _emitLodged(ReferredSale memory deal, Draft memory draft, Funding funding) private {
        emit DealLodged(
            draft.referralId,
            deal.merchant,
            deal.buyer,
            deal.offerId,
            draft.dealId,
            deal.customer,
            deal.token,
            deal.amount,
            deal.rebate,
            deal.rebateMoment,
            funding,
            msg.sender
        );
    }

    function _emitSettled(ReferredSale memory deal, bytes32 referralId, bytes32 dealId, Funding funding) private {
        emit DealSettled(
            referralId,
            deal.merchant,
            deal.buyer,
            deal.offerId,
            dealId,
            deal.customer,
            deal.token,
            deal.amount,
            deal.rebate,
            deal.rebateMoment,
            funding
        );
    }

    function _dealDigests(bytes32 dealId) private view returns (bytes32 customerDigest, bytes32 buyerDigest) {
        bytes32 domain = _domainSeparatorV4();
        customerDigest = domain.toTypedDataHash(DealHash.first(DealHash.CUSTOMER_DEAL_TYPEHASH, dealId));
        buyerDigest = domain.toTypedDataHash(DealHash.next(DealHash.BUYER_DEAL_TYPEHASH, dealId, customerDigest));
    }

    /// @dev What is reserved in the bond stays there; else the rebate is held back from the price, which must cover it.
    function _fundingFor(ReferredSale memory deal, Funding reserved) private pure returns (Funding) {
        if (reserved != Funding.NONE) return reserved;
        if (deal.rebate > deal.amount) revert DealsRebateAbovePrice(deal.amount, deal.rebate);
        return Funding.HELD;
    }

    function _idsOf(ReferredSale memory deal) private pure returns (bytes32 referralId, bytes32 dealId) {
        referralId = DealHash.referral(
            deal.offerId,
            deal.merchant,
            deal.customer,
            deal.buyer,
            deal.rebate,
            deal.rebateMoment
        );
        dealId = DealHash.deal(deal);
    }

    function _requireDistinct(address merchant, address customer, address buyer) private pure {
        if (
            merchant == address(0) ||
            customer == address(0) ||
            buyer == address(0) ||
            merchant == customer ||
            merchant == buyer ||
            customer == buyer
        ) revert DealsPartiesNotDistinct(merchant, customer, buyer);
    }
}
