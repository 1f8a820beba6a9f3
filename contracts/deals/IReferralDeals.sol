// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Payment} from "../utils/Payments.sol";

/// @title Referral deals: a discount for a third party, a rebate for the customer who brought it
/// @notice A merchant has sold something to a customer and offers a third party (the buyer) a lower price if the customer
/// brings it, and the customer a rebate at a set moment. Every promise is a document that collects signatures in a fixed
/// order; only what reaches the chain complete before the rebate moment has effect.
///
/// | Document | Signed in the order |
/// | --- | --- |
/// | Sale | merchant and customer, either first |
/// | Offer | merchant, customer, buyer |
/// | RebatePromise | merchant, buyer, customer |
/// | ReferredSale | customer, buyer, merchant |
///
/// A party signs an endorsement (see {DealHash}): the document and the digest of the endorsement before it. Signatures are
/// 65 bytes, 64 bytes (ERC-2098), or whatever an ERC-1271 wallet accepts; high s is refused. Where a merchant's signature
/// may be empty, the merchant consents by being the caller.
///
/// Amounts are base units of the document's ERC-20 token. Times are Unix seconds: "before t" is `< t`, "from t" is `>= t`.
interface IReferralDeals {
    /// @notice How an offer's price follows from the amount of the base sale.
    enum DiscountPolicy {
        FIXED_PRICE, // price = discount
        PERCENT_OFF, // price = saleAmount - floor(saleAmount * discount / 10_000), discount in basis points
        AMOUNT_OFF // price = saleAmount - discount
    }

    /// @notice What a rebate depends on.
    enum RebateRule {
        DEAL_REQUIRED, // the referred sale settled, and the rebate promise was in time
        PROMOTION_ONLY // the rebate promise was in time; needs a bond
    }

    /// @notice The first deal between merchant and customer.
    struct Sale {
        address merchant;
        address customer;
        address token;
        uint128 amount;
        bytes32 itemHash;
        uint40 refundableUntil;
        bytes32 salt;
    }

    /// @notice The merchant's offer to whomever the customer brings.
    struct Offer {
        bytes32 saleId; // the base sale: a Sale's id, or a settled ReferredSale's
        address merchant;
        address customer;
        address token;
        uint128 saleAmount; // of the base sale
        DiscountPolicy policy;
        uint128 discount; // by policy: a price, basis points, or an amount
        bool free; // whether a price of 0 is meant
        uint40 rebateMoment; // t
        uint128 rebate; // R, for each use
        RebateRule rebateRule;
        uint32 maxUses;
        uint32 counter; // the merchant's counter at signing; see {increaseCounter}
        bytes32 salt;
    }

    /// @notice The merchant's promise of a rebate. The buyer is named by the endorsements.
    struct RebatePromise {
        bytes32 offerId;
        address merchant;
        address customer;
        uint128 rebate;
        uint40 rebateMoment;
    }

    /// @notice The new deal between merchant and buyer.
    struct ReferredSale {
        bytes32 offerId;
        address merchant;
        address customer;
        address buyer;
        address token;
        uint128 amount; // the price the buyer pays
        uint128 rebate;
        uint40 rebateMoment;
        bytes32 itemHash;
        bytes32 salt;
    }

    /// @notice An offer with the endorsements of all three parties.
    struct CompleteOffer {
        Offer offer;
        bytes merchantSignature;
        bytes customerSignature;
        bytes buyerSignature;
    }

    /// @notice What became of a sale.
    enum SaleState {
        NONE,
        RECORDED, // paid: elsewhere, or through this contract and out of it
        ESCROWED, // paid into this contract and refundable
        REFUNDED
    }

    /// @notice What became of a referred sale.
    enum DealState {
        NONE,
        LODGED, // complete but for the merchant; the price is in escrow
        SETTLED,
        DEFAULTED // the merchant stayed silent; the price went back to the buyer
    }

    /// @notice Where a referral's rebate is.
    enum Funding {
        NONE,
        HELD, // held back from the price
        BOND // reserved in the offer's bond
    }

    /// @notice One use of an offer by one buyer.
    struct ReferralStatus {
        DealState state;
        bool promised; // the rebate promise was lodged in time
        Funding funding;
        bool closed; // the rebate was paid or returned
    }

    /// @notice An offer as the chain knows it.
    struct OfferStatus {
        uint32 uses; // taken on the evidence of the complete offer
        uint32 bonded; // uses whose rebate is still locked and not reserved
        bool opened;
        bool cancelled; // by id; see also {counterOf}
    }

    event SaleRecorded(
        bytes32 indexed saleId,
        address indexed merchant,
        address indexed customer,
        address token,
        uint128 amount,
        uint40 refundableUntil,
        SaleState state
    );
    event SaleRefunded(bytes32 indexed saleId, address indexed merchant, address indexed customer);
    event SaleReleased(bytes32 indexed saleId, address indexed merchant, address indexed customer);
    event OfferOpened(
        bytes32 indexed offerId,
        address indexed merchant,
        address indexed customer,
        address token,
        uint128 rebate,
        uint40 rebateMoment,
        RebateRule rebateRule,
        uint32 uses
    );
    event OfferCancelled(bytes32 indexed offerId, address indexed merchant);
    event CounterIncreased(address indexed merchant, uint32 counter);
    event BondReclaimed(bytes32 indexed offerId, address indexed merchant, uint32 uses, uint256 amount);
    event DealSettled(
        bytes32 indexed referralId,
        address indexed merchant,
        address indexed buyer,
        bytes32 offerId,
        bytes32 dealId,
        address customer,
        address token,
        uint128 amount,
        uint128 rebate,
        uint40 rebateMoment,
        Funding funding
    );
    event DealLodged(
        bytes32 indexed referralId,
        address indexed merchant,
        address indexed buyer,
        bytes32 offerId,
        bytes32 dealId,
        address customer,
        address token,
        uint128 amount,
        uint128 rebate,
        uint40 rebateMoment,
        Funding funding,
        address caller
    );
    event DealDefaulted(bytes32 indexed referralId, address indexed merchant, address indexed buyer, uint128 refund);
    event PromiseLodged(
        bytes32 indexed referralId,
        address indexed customer,
        address indexed buyer,
        bytes32 offerId,
        address merchant,
        uint128 rebate,
        uint40 rebateMoment,
        Funding funding
    );
    event RebatePaid(
        bytes32 indexed referralId,
        address indexed customer,
        address indexed merchant,
        address token,
        uint128 rebate
    );
    event RebateReturned(
        bytes32 indexed referralId,
        address indexed customer,
        address indexed merchant,
        address token,
        uint128 rebate
    );

    /// @notice The moment is reached: this had to happen before it.
    error DealsTooLate(uint40 before, uint256 timestamp);
    /// @notice The moment is not reached: this can happen from it on.
    error DealsTooEarly(uint40 from, uint256 timestamp);
    /// @notice Merchant, customer and buyer must be three different accounts, none of them zero.
    error DealsPartiesNotDistinct(address merchant, address customer, address buyer);
    /// @notice Without the merchant's signature only the merchant can do this.
    error DealsNotMerchant(address merchant, address caller);
    /// @notice The signature is not `account`'s for this digest.
    error DealsWrongSignature(address account, bytes32 digest);
    /// @notice Two documents disagree on a term (its name in ASCII).
    error DealsTermMismatch(bytes32 term, bytes32 expected, bytes32 actual);
    /// @notice A rebate must be above zero.
    error DealsZeroRebate();
    /// @notice An amount must be above zero.
    error DealsZeroAmount();
    /// @notice An offer must allow at least one use.
    error DealsZeroUses();
    /// @notice The discounted price must be below the base sale's amount.
    error DealsPriceNotBelow(uint128 saleAmount, uint256 price);
    /// @notice The price comes to zero, and the offer does not say that free is meant.
    error DealsNotFree(bytes32 offerId);
    /// @notice The discount is more than the base sale's amount (or than 10,000 basis points).
    error DealsDiscountOutOfRange(uint256 max, uint128 discount);
    /// @notice The rebate is more than the price, so the offer needs a bond.
    error DealsRebateAbovePrice(uint128 price, uint128 rebate);
    /// @notice The offer's rule pays without a deal, so it needs a bond.
    error DealsBondRequired(bytes32 offerId);
    /// @notice The offer does not pay by promotion alone.
    error DealsNotPromotionOnly(bytes32 offerId);
    /// @notice The sale is not in the state that this needs.
    error DealsWrongSaleState(bytes32 saleId, SaleState expected, SaleState actual);
    /// @notice The recorded sale has other parties, another token or another amount than the offer says.
    error DealsSaleTermsDiffer(bytes32 saleId);
    /// @notice The referral is not in the state that this needs.
    error DealsWrongState(bytes32 referralId, DealState expected, DealState actual);
    /// @notice Another referred sale stands under this referral.
    error DealsOtherDeal(bytes32 referralId, bytes32 dealId);
    /// @notice The rebate promise was lodged before.
    error DealsPromiseLodged(bytes32 referralId);
    /// @notice No rebate of this kind is held for the referral.
    error DealsNothingHeld(bytes32 referralId, Funding expected, Funding actual);
    /// @notice The rebate was paid or returned before.
    error DealsRebateClosed(bytes32 referralId);
    /// @notice All uses are taken.
    error DealsUsesExhausted(bytes32 offerId, uint32 maxUses);
    /// @notice The offer was opened before.
    error DealsOfferOpened(bytes32 offerId);
    /// @notice The merchant cancelled the offer.
    error DealsOfferCancelled(bytes32 offerId);
    /// @notice The merchant cancelled all offers signed under an earlier counter.
    error DealsWrongCounter(address merchant, uint32 expected, uint32 actual);
    /// @notice The offer still runs; cancel it, or wait for its rebate moment.
    error DealsOfferRunning(bytes32 offerId, uint40 rebateMoment, uint256 timestamp);
    /// @notice No bond is left to reclaim.
    error DealsNoBond(bytes32 offerId);

    // ── Sales ──

    /// @notice Records a sale that was paid elsewhere.
    /// @param merchantSignature Of `MerchantSaleEndorsement(sale, paidElsewhere = true)`
    /// @param customerSignature Of `CustomerSaleEndorsement(sale, paidElsewhere = true)`
    /// Requirements: the parties differ; the amount is above zero; the sale was not recorded before
    function recordSale(
        Sale calldata sale,
        bytes calldata merchantSignature,
        bytes calldata customerSignature
    ) external returns (bytes32 saleId);

    /// @notice Records a sale and takes its price from the customer: on to the merchant, or into escrow while refundable.
    /// @param merchantSignature Of `MerchantSaleEndorsement(sale, paidElsewhere = false)`
    /// @param customerSignature Of `CustomerSaleEndorsement(sale, paidElsewhere = false)`
    /// @param payment How the customer pays `sale.amount`; its nonce is the sale's id
    function paySale(
        Sale calldata sale,
        bytes calldata merchantSignature,
        bytes calldata customerSignature,
        Payment calldata payment
    ) external returns (bytes32 saleId);

    /// @notice Gives an escrowed price back to the customer. The merchant only, before `refundableUntil`.
    function refundSale(Sale calldata sale) external;

    /// @notice Pays an escrowed price out to the merchant. Anyone, from `refundableUntil` on.
    function releaseSale(Sale calldata sale) external;

    /// @notice Records a settled referred sale as a sale, so that it can be the base of the next offer. Anyone may.
    function recordReferredSale(ReferredSale calldata deal) external returns (bytes32 saleId);

    // ── Offers ──

    /// @notice Opens an offer on chain and locks `rebate * maxUses` of the merchant's as its bond.
    /// @param merchantSignature Of `OfferOpening(offer)`, or empty where the caller is the merchant
    /// @param payment How the merchant pays; its nonce is the offer's id
    function openOffer(
        Offer calldata offer,
        bytes calldata merchantSignature,
        Payment calldata payment
    ) external returns (bytes32 offerId);

    /// @notice Cancels the uses of an offer that are not yet lodged. The merchant only.
    function cancelOffer(Offer calldata offer) external;

    /// @notice Cancels all offers of the caller that are signed under its present counter, but for uses already lodged.
    /// A merchant's signature of a referred sale that a relayer already holds stays good: it carries no counter. {cancelOffer}
    /// ends that too.
    function increaseCounter() external returns (uint32 counter);

    /// @notice Returns the unreserved bond to the merchant, once the offer is cancelled or its rebate moment is reached.
    function reclaimBond(Offer calldata offer) external returns (uint256 amount);

    // ── Deals ──

    /// @notice Settles a referred sale, before its rebate moment: takes the price from the buyer, holds the rebate back and
    /// pays the rest to the merchant. The offer stays off chain, as the merchant's evidence.
    /// @param customerSignature Of `CustomerDealEndorsement(deal)`
    /// @param buyerSignature Of `BuyerDealEndorsement(deal, previous)`
    /// @param merchantSignature Of `MerchantDealEndorsement(deal, previous)`, or empty where the caller is the merchant
    /// @param payment How the buyer pays `deal.amount`; its nonce is the deal's id
    function settle(
        ReferredSale calldata deal,
        bytes calldata customerSignature,
        bytes calldata buyerSignature,
        bytes calldata merchantSignature,
        Payment calldata payment
    ) external returns (bytes32 referralId);

    /// @notice As {settle}, on the evidence of the complete offer: the contract checks every term of it, counts the use,
    /// and takes the rebate from the bond where there is one (then the whole price goes to the merchant).
    function settleWithEvidence(
        CompleteOffer calldata evidence,
        ReferredSale calldata deal,
        bytes calldata customerSignature,
        bytes calldata buyerSignature,
        bytes calldata merchantSignature,
        Payment calldata payment
    ) external returns (bytes32 referralId);

    /// @notice Lodges a deal that lacks only the merchant's signature, with the price in escrow, before the rebate moment.
    function lodge(
        CompleteOffer calldata evidence,
        ReferredSale calldata deal,
        bytes calldata customerSignature,
        bytes calldata buyerSignature,
        Payment calldata payment
    ) external returns (bytes32 referralId);

    /// @notice Settles a lodged deal, before its rebate moment.
    /// @param merchantSignature Of `MerchantDealEndorsement(deal, previous)`, or empty where the caller is the merchant
    function countersign(ReferredSale calldata deal, bytes calldata merchantSignature) external;

    /// @notice Records the merchant's default on a lodged deal and gives the price back to the buyer. Anyone, from the
    /// rebate moment on.
    function refundLodged(ReferredSale calldata deal) external;

    // ── Rebates ──

    /// @notice Lodges a complete rebate promise before its rebate moment.
    /// @param merchantSignature Of `MerchantPromiseEndorsement(promise)`
    /// @param buyerSignature Of `BuyerPromiseEndorsement(promise, buyer, previous)`
    /// @param customerSignature Of `CustomerPromiseEndorsement(promise, buyer, previous)`
    function lodgePromise(
        RebatePromise calldata rebatePromise,
        address buyer,
        bytes calldata merchantSignature,
        bytes calldata buyerSignature,
        bytes calldata customerSignature
    ) external returns (bytes32 referralId);

    /// @notice As {lodgePromise} for an opened PROMOTION_ONLY offer: also counts the use and reserves the rebate in the bond.
    function lodgePromotion(
        Offer calldata offer,
        address buyer,
        bytes calldata merchantSignature,
        bytes calldata buyerSignature,
        bytes calldata customerSignature
    ) external returns (bytes32 referralId);

    /// @notice From the rebate moment on, pays a rebate that was held back from the price: to the customer where the promise
    /// was lodged in time, else back to the merchant. Anyone may.
    /// @return receiver Who was paid
    function payRebate(ReferredSale calldata deal) external returns (address receiver);

    /// @notice From the rebate moment on, pays a rebate reserved in the bond: to the customer where the promise was lodged in
    /// time or the merchant defaulted, else back to the merchant. Anyone may.
    /// @return receiver Who was paid
    function payBondedRebate(Offer calldata offer, address buyer) external returns (address receiver);

    // ── Views ──

    /// @notice What became of a sale.
    function saleStateOf(bytes32 saleId) external view returns (SaleState);

    /// @notice An offer as the chain knows it.
    function offerStatusOf(bytes32 offerId) external view returns (OfferStatus memory);

    /// @notice One use of an offer. A lodged deal whose moment is reached reads LODGED until {refundLodged}.
    function referralStatusOf(bytes32 referralId) external view returns (ReferralStatus memory);

    /// @notice The counter that an offer of this merchant must carry.
    function counterOf(address merchant) external view returns (uint32);
}
