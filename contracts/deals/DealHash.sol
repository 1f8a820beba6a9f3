// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EfficientHashLib} from "solady/src/utils/EfficientHashLib.sol";

import {StructHash} from "../utils/StructHash.sol";
import {IReferralDeals} from "./IReferralDeals.sol";

/// @title Type strings, type hashes and struct hashes of referral deals
/// @notice A document's id is its struct hash. What a party signs is an endorsement: a struct of its own for each role and
/// document, which nests the document (so that a wallet shows its fields) and names the digest of the endorsement before it.
library DealHash {
    bytes32 internal constant SALE_TYPEHASH = keccak256(
        "Sale(address merchant,address customer,address token,uint128 amount,bytes32 itemHash,uint40 refundableUntil,bytes32 salt)"
    );
    bytes32 internal constant OFFER_TYPEHASH = keccak256(
        "Offer(bytes32 saleId,address merchant,address customer,address token,uint128 saleAmount,uint8 policy,uint128 discount,bool free,uint40 rebateMoment,uint128 rebate,uint8 rebateRule,uint32 maxUses,uint32 counter,bytes32 salt)"
    );
    bytes32 internal constant PROMISE_TYPEHASH = keccak256(
        "RebatePromise(bytes32 offerId,address merchant,address customer,uint128 rebate,uint40 rebateMoment)"
    );
    bytes32 internal constant DEAL_TYPEHASH = keccak256(
        "ReferredSale(bytes32 offerId,address merchant,address customer,address buyer,address token,uint128 amount,uint128 rebate,uint40 rebateMoment,bytes32 itemHash,bytes32 salt)"
    );
    bytes32 internal constant REFERRAL_TYPEHASH = keccak256(
        "Referral(bytes32 offerId,address merchant,address customer,address buyer,uint128 rebate,uint40 rebateMoment)"
    );

    bytes32 internal constant MERCHANT_SALE_TYPEHASH = keccak256(
        "MerchantSaleEndorsement(Sale sale,bool paidElsewhere)"
        "Sale(address merchant,address customer,address token,uint128 amount,bytes32 itemHash,uint40 refundableUntil,bytes32 salt)"
    );
    bytes32 internal constant CUSTOMER_SALE_TYPEHASH = keccak256(
        "CustomerSaleEndorsement(Sale sale,bool paidElsewhere)"
        "Sale(address merchant,address customer,address token,uint128 amount,bytes32 itemHash,uint40 refundableUntil,bytes32 salt)"
    );
    bytes32 internal constant OFFER_OPENING_TYPEHASH = keccak256(
        "OfferOpening(Offer offer)"
        "Offer(bytes32 saleId,address merchant,address customer,address token,uint128 saleAmount,uint8 policy,uint128 discount,bool free,uint40 rebateMoment,uint128 rebate,uint8 rebateRule,uint32 maxUses,uint32 counter,bytes32 salt)"
    );
    bytes32 internal constant MERCHANT_OFFER_TYPEHASH = keccak256(
        "MerchantOfferEndorsement(Offer offer)"
        "Offer(bytes32 saleId,address merchant,address customer,address token,uint128 saleAmount,uint8 policy,uint128 discount,bool free,uint40 rebateMoment,uint128 rebate,uint8 rebateRule,uint32 maxUses,uint32 counter,bytes32 salt)"
    );
    bytes32 internal constant CUSTOMER_OFFER_TYPEHASH = keccak256(
        "CustomerOfferEndorsement(Offer offer,address buyer,bytes32 previous)"
        "Offer(bytes32 saleId,address merchant,address customer,address token,uint128 saleAmount,uint8 policy,uint128 discount,bool free,uint40 rebateMoment,uint128 rebate,uint8 rebateRule,uint32 maxUses,uint32 counter,bytes32 salt)"
    );
    bytes32 internal constant BUYER_OFFER_TYPEHASH = keccak256(
        "BuyerOfferEndorsement(Offer offer,address buyer,bytes32 previous)"
        "Offer(bytes32 saleId,address merchant,address customer,address token,uint128 saleAmount,uint8 policy,uint128 discount,bool free,uint40 rebateMoment,uint128 rebate,uint8 rebateRule,uint32 maxUses,uint32 counter,bytes32 salt)"
    );
    bytes32 internal constant MERCHANT_PROMISE_TYPEHASH = keccak256(
        "MerchantPromiseEndorsement(RebatePromise rebatePromise)"
        "RebatePromise(bytes32 offerId,address merchant,address customer,uint128 rebate,uint40 rebateMoment)"
    );
    bytes32 internal constant BUYER_PROMISE_TYPEHASH = keccak256(
        "BuyerPromiseEndorsement(RebatePromise rebatePromise,address buyer,bytes32 previous)"
        "RebatePromise(bytes32 offerId,address merchant,address customer,uint128 rebate,uint40 rebateMoment)"
    );
    bytes32 internal constant CUSTOMER_PROMISE_TYPEHASH = keccak256(
        "CustomerPromiseEndorsement(RebatePromise rebatePromise,address buyer,bytes32 previous)"
        "RebatePromise(bytes32 offerId,address merchant,address customer,uint128 rebate,uint40 rebateMoment)"
    );
    bytes32 internal constant CUSTOMER_DEAL_TYPEHASH = keccak256(
        "CustomerDealEndorsement(ReferredSale deal)"
        "ReferredSale(bytes32 offerId,address merchant,address customer,address buyer,address token,uint128 amount,uint128 rebate,uint40 rebateMoment,bytes32 itemHash,bytes32 salt)"
    );
    bytes32 internal constant BUYER_DEAL_TYPEHASH = keccak256(
        "BuyerDealEndorsement(ReferredSale deal,bytes32 previous)"
        "ReferredSale(bytes32 offerId,address merchant,address customer,address buyer,address token,uint128 amount,uint128 rebate,uint40 rebateMoment,bytes32 itemHash,bytes32 salt)"
    );
    bytes32 internal constant MERCHANT_DEAL_TYPEHASH = keccak256(
        "MerchantDealEndorsement(ReferredSale deal,bytes32 previous)"
        "ReferredSale(bytes32 offerId,address merchant,address customer,address buyer,address token,uint128 amount,uint128 rebate,uint40 rebateMoment,bytes32 itemHash,bytes32 salt)"
    );

    function sale(IReferralDeals.Sale calldata document) internal pure returns (bytes32) {
        uint256 offset;
        assembly {
            offset := document
        }
        return StructHash.ofCalldata(SALE_TYPEHASH, offset, 7);
    }

    function offer(IReferralDeals.Offer calldata document) internal pure returns (bytes32) {
        uint256 offset;
        assembly {
            offset := document
        }
        return StructHash.ofCalldata(OFFER_TYPEHASH, offset, 14);
    }

    function rebatePromise(IReferralDeals.RebatePromise memory document) internal pure returns (bytes32) {
        return
            EfficientHashLib.hash(
                PROMISE_TYPEHASH,
                document.offerId,
                _word(document.merchant),
                _word(document.customer),
                bytes32(uint256(document.rebate)),
                bytes32(uint256(document.rebateMoment))
            );
    }

    function deal(IReferralDeals.ReferredSale memory document) internal pure returns (bytes32 result) {
        bytes32 typeHash = DEAL_TYPEHASH;
        // Memory holds the struct's ten static fields exactly as EIP-712 encodes them.
        assembly ("memory-safe") {
            let pointer := mload(0x40)
            mstore(pointer, typeHash)
            mcopy(add(pointer, 0x20), document, 0x140)
            result := keccak256(pointer, 0x160)
        }
    }

    /// @notice The id of one use of an offer by one buyer: the terms on which all three documents agree.
    function referral(
        bytes32 offerId,
        address merchant,
        address customer,
        address buyer,
        uint128 rebate,
        uint40 rebateMoment
    ) internal pure returns (bytes32) {
        return
            EfficientHashLib.hash(
                REFERRAL_TYPEHASH,
                offerId,
                _word(merchant),
                _word(customer),
                _word(buyer),
                bytes32(uint256(rebate)),
                bytes32(uint256(rebateMoment))
            );
    }

    /// @notice An endorsement of a sale.
    function saleEndorsement(bytes32 typeHash, bytes32 saleId, bool paidElsewhere) internal pure returns (bytes32) {
        return EfficientHashLib.hash(typeHash, saleId, bytes32(uint256(paidElsewhere ? 1 : 0)));
    }

    /// @notice The first endorsement of a document.
    function first(bytes32 typeHash, bytes32 documentId) internal pure returns (bytes32) {
        return EfficientHashLib.hash(typeHash, documentId);
    }

    /// @notice A later endorsement of a document that names all its parties.
    function next(bytes32 typeHash, bytes32 documentId, bytes32 previous) internal pure returns (bytes32) {
        return EfficientHashLib.hash(typeHash, documentId, previous);
    }

    /// @notice A later endorsement of a document that leaves the buyer open.
    function nextNaming(
        bytes32 typeHash,
        bytes32 documentId,
        address buyer,
        bytes32 previous
    ) internal pure returns (bytes32) {
        return EfficientHashLib.hash(typeHash, documentId, _word(buyer), previous);
    }

    function _word(address account) private pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }
}
