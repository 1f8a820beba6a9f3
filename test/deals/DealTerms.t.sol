// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {DealHashHarness} from "../../contracts/mocks/harness/DealHashHarness.sol";
import {DealReference} from "../helpers/DealReference.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice Holds the price policies against plain arithmetic (invariant D6).
contract DealTermsTest is TestBase {
    DealHashHarness private _library = new DealHashHarness();

    /// @notice D6: every price is the reference's, below the sale's amount, and zero only where free is meant; all else reverts.
    function testFuzz_price(uint128 amount, uint128 discount, uint8 policy, bool free) public view {
        IReferralDeals.Offer memory offer = _offer(amount, discount, policy, free);
        (bool defined, uint256 expected) = DealReference.price(offer);
        try _library.price(offer) returns (uint128 actual) {
            vm.assertTrue(defined, "refused by the reference alone");
            vm.assertEq(uint256(actual), expected, "price");
        } catch {
            vm.assertFalse(defined, "refused by the library alone");
        }
    }

    /// @notice D6: the same where the discount is within range, so that prices are seen and not only refusals.
    function testFuzz_priceInRange(uint128 amount, uint128 discount, uint8 policy, bool free) public view {
        amount = uint128(bound(amount, 1, type(uint128).max));
        uint256 most = policy % 3 == 1 ? 10_000 : amount;
        testFuzz_price(amount, uint128(bound(discount, 0, most)), policy, free);
    }

    /// @notice D6: a percentage gives away less than one unit less than the exact discount, and never more.
    function testFuzz_discountRoundsDown(uint128 amount, uint16 points) public view {
        amount = uint128(bound(amount, 10_000, type(uint128).max));
        uint128 discount = uint128(bound(points, 1, 9_999));
        uint256 off = uint256(amount) - _library.price(_offer(amount, discount, 1, false));
        uint256 exact = uint256(amount) * discount;
        vm.assertLe(off * 10_000, exact, "more than the exact discount");
        vm.assertLe(exact, off * 10_000 + 9_999, "a unit or more less than the exact discount");
    }

    function _offer(
        uint128 amount,
        uint128 discount,
        uint8 policy,
        bool free
    ) private pure returns (IReferralDeals.Offer memory offer) {
        offer.saleAmount = amount;
        offer.discount = discount;
        offer.policy = IReferralDeals.DiscountPolicy(policy % 3);
        offer.free = free;
    }
}
