// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {DealHash} from "../../deals/DealHash.sol";
import {DealTerms} from "../../deals/DealTerms.sol";
import {IReferralDeals} from "../../deals/IReferralDeals.sol";

/// @title Shows what the deal libraries compute, for the golden vectors and for comparison with the SDK
contract DealHashHarness {
    function separatorOf(uint256 chainId, address deals) external pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                    keccak256("Guildhall ReferralDeals"),
                    keccak256("1"),
                    chainId,
                    deals
                )
            );
    }

    function saleId(IReferralDeals.Sale calldata sale) external pure returns (bytes32) {
        return DealHash.sale(sale);
    }

    function offerId(IReferralDeals.Offer calldata offer) external pure returns (bytes32) {
        return DealHash.offer(offer);
    }

    function promiseId(IReferralDeals.RebatePromise calldata rebatePromise) external pure returns (bytes32) {
        return DealHash.rebatePromise(rebatePromise);
    }

    function dealId(IReferralDeals.ReferredSale calldata deal) external pure returns (bytes32) {
        return DealHash.deal(deal);
    }

    function referralId(IReferralDeals.ReferredSale calldata deal) external pure returns (bytes32) {
        return
            DealHash.referral(deal.offerId, deal.merchant, deal.customer, deal.buyer, deal.rebate, deal.rebateMoment);
    }

    function saleDigests(
        bytes32 separator,
        IReferralDeals.Sale calldata sale,
        bool paidElsewhere
    ) external pure returns (bytes32 merchant, bytes32 customer) {
        bytes32 id = DealHash.sale(sale);
        merchant = _digest(separator, DealHash.saleEndorsement(DealHash.MERCHANT_SALE_TYPEHASH, id, paidElsewhere));
        customer = _digest(separator, DealHash.saleEndorsement(DealHash.CUSTOMER_SALE_TYPEHASH, id, paidElsewhere));
    }

    function offerDigests(
        bytes32 separator,
        IReferralDeals.Offer calldata offer,
        address buyer
    ) external pure returns (bytes32 opening, bytes32 merchant, bytes32 customer, bytes32 third) {
        bytes32 id = DealHash.offer(offer);
        opening = _digest(separator, DealHash.first(DealHash.OFFER_OPENING_TYPEHASH, id));
        merchant = _digest(separator, DealHash.first(DealHash.MERCHANT_OFFER_TYPEHASH, id));
        customer = _digest(separator, DealHash.nextNaming(DealHash.CUSTOMER_OFFER_TYPEHASH, id, buyer, merchant));
        third = _digest(separator, DealHash.nextNaming(DealHash.BUYER_OFFER_TYPEHASH, id, buyer, customer));
    }

    function promiseDigests(
        bytes32 separator,
        IReferralDeals.RebatePromise calldata rebatePromise,
        address buyer
    ) external pure returns (bytes32 merchant, bytes32 second, bytes32 customer) {
        bytes32 id = DealHash.rebatePromise(rebatePromise);
        merchant = _digest(separator, DealHash.first(DealHash.MERCHANT_PROMISE_TYPEHASH, id));
        second = _digest(separator, DealHash.nextNaming(DealHash.BUYER_PROMISE_TYPEHASH, id, buyer, merchant));
        customer = _digest(separator, DealHash.nextNaming(DealHash.CUSTOMER_PROMISE_TYPEHASH, id, buyer, second));
    }

    function dealDigests(
        bytes32 separator,
        IReferralDeals.ReferredSale calldata deal
    ) external pure returns (bytes32 customer, bytes32 buyer, bytes32 merchant) {
        bytes32 id = DealHash.deal(deal);
        customer = _digest(separator, DealHash.first(DealHash.CUSTOMER_DEAL_TYPEHASH, id));
        buyer = _digest(separator, DealHash.next(DealHash.BUYER_DEAL_TYPEHASH, id, customer));
        merchant = _digest(separator, DealHash.next(DealHash.MERCHANT_DEAL_TYPEHASH, id, buyer));
    }

    function price(IReferralDeals.Offer calldata offer) external pure returns (uint128) {
        return DealTerms.price(offer, DealHash.offer(offer));
    }

    function _digest(bytes32 separator, bytes32 structHash) private pure returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(separator, structHash);
    }
}
