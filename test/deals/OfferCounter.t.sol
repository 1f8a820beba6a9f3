// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {Deployed} from "../helpers/Deployed.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice The counter under which a merchant signs offers.
contract OfferCounterTest is TestBase {
    IReferralDeals private _deals = Deployed.referralDeals();

    /// @notice Each merchant's counter begins at zero and counts its own increases alone.
    function testFuzz_countsItsOwnIncreases(address merchant, address other, uint8 increases) public {
        vm.assume(merchant != other);
        for (uint32 i = 0; i < increases % 8; ++i) {
            vm.assertEq(_deals.counterOf(merchant), i, "before");
            vm.prank(merchant);
            vm.assertEq(_deals.increaseCounter(), i + 1, "returned");
            vm.assertEq(_deals.counterOf(merchant), i + 1, "after");
        }
        vm.assertEq(_deals.counterOf(other), 0, "another's");
    }
}
