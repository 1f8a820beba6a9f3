// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Payment, Payments} from "../utils/Payments.sol";
import {DealBase} from "./DealBase.sol";
import {DealHash} from "./DealHash.sol";
import {IReferralDeals} from "./IReferralDeals.sol";
import {DealTerms} from "./DealTerms.sol";

/// @title Offers as the chain knows them: uses taken, bonds, cancellations
abstract contract OfferBook is DealBase {
    using SafeERC20 for IERC20;

    mapping(bytes32 offerId => OfferStatus status) private _offers; // one slot each
    mapping(address merchant => uint32 counter) private _counters;

    /// @inheritdoc IReferralDeals
    function openOffer(
        Offer calldata offer,
        bytes calldata merchantSignature,
        Payment calldata payment
    ) external nonReentrant returns (bytes32 offerId) {
        // Check: in time, sound terms, not opened before, the merchant's word.
        _requireBefore(offer.rebateMoment);
        offerId = DealHash.offer(offer);
        _requireSound(offer);
        DealTerms.price(offer, offerId);
        OfferStatus storage status = _offers[offerId];
        _requireRunning(offer, offerId, status);
        if (status.opened) revert DealsOfferOpened(offerId);
        _requireMerchant(offer.merchant, DealHash.first(DealHash.OFFER_OPENING_TYPEHASH, offerId), merchantSignature);

        // Effect: every use that is left has its rebate locked.
        uint32 uses = offer.maxUses - status.uses;
        if (uses == 0) revert DealsUsesExhausted(offerId, offer.maxUses);
        status.opened = true;
        status.bonded = uses;
        emit OfferOpened(
            offerId,
            offer.merchant,
            offer.customer,
            offer.token,
            offer.rebate,
            offer.rebateMoment,
            offer.rebateRule,
            uses
        );

        // Interaction: the merchant locks the bond.
        Payments.take(IERC20(offer.token), offer.merchant, uint256(offer.rebate) * uses, offerId, payment);
    }

    /// @inheritdoc IReferralDeals
    function cancelOffer(Offer calldata offer) external {
        // Check: the merchant, once.
        if (msg.sender != offer.merchant) revert DealsNotMerchant(offer.merchant, msg.sender);
        bytes32 offerId = DealHash.offer(offer);
        if (_offers[offerId].cancelled) revert DealsOfferCancelled(offerId);

        // Effect: no further use counts.
        _offers[offerId].cancelled = true;
        emit OfferCancelled(offerId, offer.merchant);
    }

    /// @inheritdoc IReferralDeals
    function increaseCounter() external returns (uint32 counter) {
        counter = ++_counters[msg.sender];
        emit CounterIncreased(msg.sender, counter);
    }

    /// @inheritdoc IReferralDeals
    function reclaimBond(Offer calldata offer) external nonReentrant returns (uint256 amount) {
        // Check: the offer is over, and something is left.
        bytes32 offerId = DealHash.offer(offer);
        OfferStatus storage status = _offers[offerId];
        if (block.timestamp < offer.rebateMoment && !status.cancelled && _counters[offer.merchant] == offer.counter)
            revert DealsOfferRunning(offerId, offer.rebateMoment, block.timestamp);
        uint32 uses = status.bonded;
        if (uses == 0) revert DealsNoBond(offerId);

        // Effect: nothing is bonded any more.
        status.bonded = 0;
        amount = uint256(offer.rebate) * uses;
        emit BondReclaimed(offerId, offer.merchant, uses, amount);

        // Interaction: the merchant has the rest of its bond.
        IERC20(offer.token).safeTransfer(offer.merchant, amount);
    }

    /// @inheritdoc IReferralDeals
    function offerStatusOf(bytes32 offerId) external view returns (OfferStatus memory) {
        return _offers[offerId];
    }

    /// @inheritdoc IReferralDeals
    function counterOf(address merchant) external view returns (uint32) {
        return _counters[merchant];
    }

    /// @dev Counts a use of a running offer, and reserves its rebate in the bond where there is one.
    function _takeUse(Offer calldata offer, bytes32 offerId) internal returns (Funding funding) {
        OfferStatus storage status = _offers[offerId];
        _requireRunning(offer, offerId, status);
        uint32 uses = status.uses;
        if (uses >= offer.maxUses) revert DealsUsesExhausted(offerId, offer.maxUses);
        uint32 bonded = status.bonded;
        if (bonded == 0 && offer.rebateRule == RebateRule.PROMOTION_ONLY) revert DealsBondRequired(offerId);

        status.uses = uses + 1;
        if (bonded == 0) return Funding.NONE;
        status.bonded = bonded - 1;
        return Funding.BOND;
    }

    function _isCancelled(bytes32 offerId) internal view returns (bool) {
        return _offers[offerId].cancelled;
    }

    /// @dev What must hold of an offer whoever brings it.
    function _requireSound(Offer calldata offer) internal pure {
        if (offer.merchant == address(0) || offer.customer == address(0) || offer.merchant == offer.customer) {
            revert DealsPartiesNotDistinct(offer.merchant, offer.customer, address(0));
        }
        if (offer.rebate == 0) revert DealsZeroRebate();
        if (offer.maxUses == 0) revert DealsZeroUses();
    }

    function _requireRunning(Offer calldata offer, bytes32 offerId, OfferStatus storage status) private view {
        if (status.cancelled) revert DealsOfferCancelled(offerId);
        uint32 counter = _counters[offer.merchant];
        if (offer.counter != counter) revert DealsWrongCounter(offer.merchant, counter, offer.counter);
    }
}
