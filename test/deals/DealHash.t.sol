// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DealHash} from "../../contracts/deals/DealHash.sol";
import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {DealHashHarness} from "../../contracts/mocks/harness/DealHashHarness.sol";
import {DealReference} from "../helpers/DealReference.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice Holds the hash library against a hand-written encoding and the engine's own EIP-712 (invariant D10).
contract DealHashTest is TestBase {
    /// @notice An offer with numbers in the place of its enums, of which the engine draws any.
    struct Terms {
        bytes32 saleId;
        address merchant;
        address customer;
        address token;
        uint128 saleAmount;
        uint8 policy;
        uint128 discount;
        bool free;
        uint40 rebateMoment;
        uint128 rebate;
        uint8 rebateRule;
        uint32 maxUses;
        uint32 counter;
        bytes32 salt;
    }

    DealHashHarness private _library = new DealHashHarness();

    /// @notice D10: the ids are the struct hashes.
    function testFuzz_ids(
        IReferralDeals.Sale calldata sale,
        IReferralDeals.RebatePromise calldata rebatePromise,
        IReferralDeals.ReferredSale calldata deal
    ) public view {
        vm.assertEq(_library.saleId(sale), DealReference.saleId(sale), "sale");
        vm.assertEq(_library.promiseId(rebatePromise), DealReference.promiseId(rebatePromise), "promise");
        vm.assertEq(_library.dealId(deal), DealReference.dealId(deal), "deal");
        vm.assertEq(_library.referralId(deal), DealReference.referralId(deal), "referral");
    }

    /// @notice D10: an offer's id is its struct hash.
    function testFuzz_offerId(Terms calldata terms) public view {
        IReferralDeals.Offer memory offer = _offer(terms);
        vm.assertEq(_library.offerId(offer), DealReference.offerId(offer), "offer");
    }

    /// @notice D10: what is signed of a sale.
    function testFuzz_saleDigests(
        bytes32 separator,
        IReferralDeals.Sale calldata sale,
        bool paidElsewhere
    ) public view {
        (bytes32 merchant, bytes32 customer) = _library.saleDigests(separator, sale, paidElsewhere);
        (bytes32 expectedMerchant, bytes32 expectedCustomer) = DealReference.saleDigests(
            separator,
            sale,
            paidElsewhere
        );
        vm.assertEq(merchant, expectedMerchant, "merchant");
        vm.assertEq(customer, expectedCustomer, "customer");
    }

    /// @notice D10: what is signed of an offer, in the order merchant, customer, buyer.
    function testFuzz_offerDigests(bytes32 separator, Terms calldata terms, address buyer) public view {
        IReferralDeals.Offer memory offer = _offer(terms);
        (bytes32 opening, bytes32 merchant, bytes32 customer, bytes32 third) = _library.offerDigests(
            separator,
            offer,
            buyer
        );
        (bytes32 expectedMerchant, bytes32 expectedCustomer, bytes32 expectedThird) = DealReference.offerDigests(
            separator,
            offer,
            buyer
        );
        vm.assertEq(opening, DealReference.openingDigest(separator, offer), "opening");
        vm.assertEq(merchant, expectedMerchant, "merchant");
        vm.assertEq(customer, expectedCustomer, "customer");
        vm.assertEq(third, expectedThird, "buyer");
    }

    /// @notice D10: what is signed of a promise, in the order merchant, buyer, customer.
    function testFuzz_promiseDigests(
        bytes32 separator,
        IReferralDeals.RebatePromise calldata rebatePromise,
        address buyer
    ) public view {
        (bytes32 merchant, bytes32 second, bytes32 customer) = _library.promiseDigests(separator, rebatePromise, buyer);
        (bytes32 expectedMerchant, bytes32 expectedSecond, bytes32 expectedCustomer) = DealReference.promiseDigests(
            separator,
            rebatePromise,
            buyer
        );
        vm.assertEq(merchant, expectedMerchant, "merchant");
        vm.assertEq(second, expectedSecond, "buyer");
        vm.assertEq(customer, expectedCustomer, "customer");
    }

    /// @notice D10: what is signed of a deal, in the order customer, buyer, merchant.
    function testFuzz_dealDigests(bytes32 separator, IReferralDeals.ReferredSale calldata deal) public view {
        (bytes32 customer, bytes32 buyer, bytes32 merchant) = _library.dealDigests(separator, deal);
        (bytes32 expectedCustomer, bytes32 expectedBuyer, bytes32 expectedMerchant) = DealReference.dealDigests(
            separator,
            deal
        );
        vm.assertEq(customer, expectedCustomer, "customer");
        vm.assertEq(buyer, expectedBuyer, "buyer");
        vm.assertEq(merchant, expectedMerchant, "merchant");
    }

    /// @notice D10: the engine reads the same type out of each type string.
    function test_typeHashes() public pure {
        _same(DealReference.SALE, DealHash.SALE_TYPEHASH);
        _same(DealReference.OFFER, DealHash.OFFER_TYPEHASH);
        _same(DealReference.PROMISE, DealHash.PROMISE_TYPEHASH);
        _same(DealReference.DEAL, DealHash.DEAL_TYPEHASH);
        _same(DealReference.REFERRAL, DealHash.REFERRAL_TYPEHASH);
        _nests(
            "MerchantSaleEndorsement(Sale sale,bool paidElsewhere)",
            DealReference.SALE,
            DealHash.MERCHANT_SALE_TYPEHASH
        );
        _nests(
            "CustomerSaleEndorsement(Sale sale,bool paidElsewhere)",
            DealReference.SALE,
            DealHash.CUSTOMER_SALE_TYPEHASH
        );
        _nests("OfferOpening(Offer offer)", DealReference.OFFER, DealHash.OFFER_OPENING_TYPEHASH);
        _nests("MerchantOfferEndorsement(Offer offer)", DealReference.OFFER, DealHash.MERCHANT_OFFER_TYPEHASH);
        _nests(
            "CustomerOfferEndorsement(Offer offer,address buyer,bytes32 previous)",
            DealReference.OFFER,
            DealHash.CUSTOMER_OFFER_TYPEHASH
        );
        _nests(
            "BuyerOfferEndorsement(Offer offer,address buyer,bytes32 previous)",
            DealReference.OFFER,
            DealHash.BUYER_OFFER_TYPEHASH
        );
        _nests(
            "MerchantPromiseEndorsement(RebatePromise rebatePromise)",
            DealReference.PROMISE,
            DealHash.MERCHANT_PROMISE_TYPEHASH
        );
        _nests(
            "BuyerPromiseEndorsement(RebatePromise rebatePromise,address buyer,bytes32 previous)",
            DealReference.PROMISE,
            DealHash.BUYER_PROMISE_TYPEHASH
        );
        _nests(
            "CustomerPromiseEndorsement(RebatePromise rebatePromise,address buyer,bytes32 previous)",
            DealReference.PROMISE,
            DealHash.CUSTOMER_PROMISE_TYPEHASH
        );
        _nests("CustomerDealEndorsement(ReferredSale deal)", DealReference.DEAL, DealHash.CUSTOMER_DEAL_TYPEHASH);
        _nests(
            "BuyerDealEndorsement(ReferredSale deal,bytes32 previous)",
            DealReference.DEAL,
            DealHash.BUYER_DEAL_TYPEHASH
        );
        _nests(
            "MerchantDealEndorsement(ReferredSale deal,bytes32 previous)",
            DealReference.DEAL,
            DealHash.MERCHANT_DEAL_TYPEHASH
        );
    }

    function _same(string memory definition, bytes32 typeHash) private pure {
        vm.assertEq(vm.eip712HashType(definition), typeHash, definition);
    }

    function _nests(string memory endorsement, string memory nested, bytes32 typeHash) private pure {
        _same(string.concat(endorsement, nested), typeHash);
    }

    /// @dev Every number is a member of its enum.
    function _offer(Terms calldata terms) private pure returns (IReferralDeals.Offer memory offer) {
        offer.saleId = terms.saleId;
        offer.merchant = terms.merchant;
        offer.customer = terms.customer;
        offer.token = terms.token;
        offer.saleAmount = terms.saleAmount;
        offer.policy = IReferralDeals.DiscountPolicy(terms.policy % 3);
        offer.discount = terms.discount;
        offer.free = terms.free;
        offer.rebateMoment = terms.rebateMoment;
        offer.rebate = terms.rebate;
        offer.rebateRule = IReferralDeals.RebateRule(terms.rebateRule % 2);
        offer.maxUses = terms.maxUses;
        offer.counter = terms.counter;
        offer.salt = terms.salt;
    }
}
