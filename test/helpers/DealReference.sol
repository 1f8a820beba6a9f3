// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";

/// @title Documents, endorsements and prices of referral deals, written out by hand from the specification
/// @notice Shares nothing with the libraries that it is compared with: no type string, no encoding, no arithmetic.
library DealReference {
    string internal constant SALE =
        "Sale(address merchant,address customer,address token,uint128 amount,bytes32 itemHash,uint40 refundableUntil,bytes32 salt)";
    string internal constant OFFER =
        "Offer(bytes32 saleId,address merchant,address customer,address token,uint128 saleAmount,uint8 policy,uint128 discount,bool free,uint40 rebateMoment,uint128 rebate,uint8 rebateRule,uint32 maxUses,uint32 counter,bytes32 salt)";
    string internal constant PROMISE =
        "RebatePromise(bytes32 offerId,address merchant,address customer,uint128 rebate,uint40 rebateMoment)";
    string internal constant DEAL =
        "ReferredSale(bytes32 offerId,address merchant,address customer,address buyer,address token,uint128 amount,uint128 rebate,uint40 rebateMoment,bytes32 itemHash,bytes32 salt)";
    string internal constant REFERRAL =
        "Referral(bytes32 offerId,address merchant,address customer,address buyer,uint128 rebate,uint40 rebateMoment)";

    function domain(address deals) internal view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                    keccak256("Guildhall ReferralDeals"),
                    keccak256("1"),
                    block.chainid,
                    deals
                )
            );
    }

    function typed(bytes32 separator, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", separator, structHash));
    }

    // ── Ids ──

    function saleId(IReferralDeals.Sale memory s) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256(bytes(SALE)),
                    s.merchant,
                    s.customer,
                    s.token,
                    s.amount,
                    s.itemHash,
                    s.refundableUntil,
                    s.salt
                )
            );
    }

    function offerId(IReferralDeals.Offer memory o) internal pure returns (bytes32) {
        bytes memory head = abi.encode(
            keccak256(bytes(OFFER)),
            o.saleId,
            o.merchant,
            o.customer,
            o.token,
            o.saleAmount,
            uint256(o.policy),
            o.discount
        );
        bytes memory tail = abi.encode(
            o.free,
            o.rebateMoment,
            o.rebate,
            uint256(o.rebateRule),
            o.maxUses,
            o.counter,
            o.salt
        );
        return keccak256(bytes.concat(head, tail));
    }

    function promiseId(IReferralDeals.RebatePromise memory p) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(keccak256(bytes(PROMISE)), p.offerId, p.merchant, p.customer, p.rebate, p.rebateMoment)
            );
    }

    function dealId(IReferralDeals.ReferredSale memory d) internal pure returns (bytes32) {
        bytes memory head = abi.encode(keccak256(bytes(DEAL)), d.offerId, d.merchant, d.customer, d.buyer, d.token);
        bytes memory tail = abi.encode(d.amount, d.rebate, d.rebateMoment, d.itemHash, d.salt);
        return keccak256(bytes.concat(head, tail));
    }

    function referralId(IReferralDeals.ReferredSale memory d) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256(bytes(REFERRAL)),
                    d.offerId,
                    d.merchant,
                    d.customer,
                    d.buyer,
                    d.rebate,
                    d.rebateMoment
                )
            );
    }

    // ── What is signed ──

    function saleDigests(
        bytes32 separator,
        IReferralDeals.Sale memory s,
        bool paidElsewhere
    ) internal pure returns (bytes32 merchant, bytes32 customer) {
        bytes32 id = saleId(s);
        merchant = typed(
            separator,
            _flag("MerchantSaleEndorsement(Sale sale,bool paidElsewhere)", SALE, id, paidElsewhere)
        );
        customer = typed(
            separator,
            _flag("CustomerSaleEndorsement(Sale sale,bool paidElsewhere)", SALE, id, paidElsewhere)
        );
    }

    function openingDigest(bytes32 separator, IReferralDeals.Offer memory o) internal pure returns (bytes32) {
        return typed(separator, _first("OfferOpening(Offer offer)", OFFER, offerId(o)));
    }

    function offerDigests(
        bytes32 separator,
        IReferralDeals.Offer memory o,
        address buyer
    ) internal pure returns (bytes32 merchant, bytes32 customer, bytes32 third) {
        bytes32 id = offerId(o);
        merchant = typed(separator, _first("MerchantOfferEndorsement(Offer offer)", OFFER, id));
        customer = typed(
            separator,
            _naming("CustomerOfferEndorsement(Offer offer,address buyer,bytes32 previous)", OFFER, id, buyer, merchant)
        );
        third = typed(
            separator,
            _naming("BuyerOfferEndorsement(Offer offer,address buyer,bytes32 previous)", OFFER, id, buyer, customer)
        );
    }

    function promiseDigests(
        bytes32 separator,
        IReferralDeals.RebatePromise memory p,
        address buyer
    ) internal pure returns (bytes32 merchant, bytes32 second, bytes32 customer) {
        bytes32 id = promiseId(p);
        merchant = typed(separator, _first("MerchantPromiseEndorsement(RebatePromise rebatePromise)", PROMISE, id));
        second = typed(
            separator,
            _naming(
                "BuyerPromiseEndorsement(RebatePromise rebatePromise,address buyer,bytes32 previous)",
                PROMISE,
                id,
                buyer,
                merchant
            )
        );
        customer = typed(
            separator,
            _naming(
                "CustomerPromiseEndorsement(RebatePromise rebatePromise,address buyer,bytes32 previous)",
                PROMISE,
                id,
                buyer,
                second
            )
        );
    }

    function dealDigests(
        bytes32 separator,
        IReferralDeals.ReferredSale memory d
    ) internal pure returns (bytes32 customer, bytes32 buyer, bytes32 merchant) {
        bytes32 id = dealId(d);
        customer = typed(separator, _first("CustomerDealEndorsement(ReferredSale deal)", DEAL, id));
        buyer = typed(separator, _next("BuyerDealEndorsement(ReferredSale deal,bytes32 previous)", DEAL, id, customer));
        merchant = typed(
            separator,
            _next("MerchantDealEndorsement(ReferredSale deal,bytes32 previous)", DEAL, id, buyer)
        );
    }

    // ── The price ──

    /// @notice The price by plain arithmetic: what the merchant gives away never exceeds the exact discount.
    /// @return defined Whether the policy makes sense of the discount
    function price(IReferralDeals.Offer memory o) internal pure returns (bool defined, uint256 result) {
        uint256 q = o.saleAmount;
        uint256 d = o.discount;
        if (o.policy == IReferralDeals.DiscountPolicy.FIXED_PRICE) result = d;
        else if (o.policy == IReferralDeals.DiscountPolicy.AMOUNT_OFF) {
            if (d > q) return (false, 0);
            result = q - d;
        } else {
            if (d > 10_000) return (false, 0);
            // The least price p with p * 10,000 >= q * (10,000 - d).
            uint256 exact = q * (10_000 - d);
            result = exact == 0 ? 0 : (exact - 1) / 10_000 + 1;
        }
        defined = result < q && (result > 0 || o.free);
    }

    function _typeHash(string memory endorsement, string memory nested) private pure returns (bytes32) {
        return keccak256(bytes(string.concat(endorsement, nested)));
    }

    function _first(string memory endorsement, string memory nested, bytes32 id) private pure returns (bytes32) {
        return keccak256(abi.encode(_typeHash(endorsement, nested), id));
    }

    function _flag(
        string memory endorsement,
        string memory nested,
        bytes32 id,
        bool flag
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(_typeHash(endorsement, nested), id, flag));
    }

    function _next(
        string memory endorsement,
        string memory nested,
        bytes32 id,
        bytes32 previous
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(_typeHash(endorsement, nested), id, previous));
    }

    function _naming(
        string memory endorsement,
        string memory nested,
        bytes32 id,
        address buyer,
        bytes32 previous
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(_typeHash(endorsement, nested), id, buyer, previous));
    }
}
