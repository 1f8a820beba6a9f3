// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {ReferralDeals} from "../../contracts/deals/ReferralDeals.sol";
import {InvariantBase} from "../helpers/Vm.sol";
import {DealsActors, IMintable} from "./DealsActors.sol";

/// @notice The actors as a contract of this file: the runner only knows what stands beside its suites.
contract DealsHandler is DealsActors {
    constructor(ReferralDeals deals_) DealsActors(deals_) {}
}

/// @notice The invariants D1 to D9 of docs/invariants.md, whatever the actors do in whatever order.
contract DealsInvariants is InvariantBase {
    ReferralDeals private _deals;
    DealsHandler private _handler;

    function setUp() public {
        vm.warp(2_000_000_000);
        _deals = new ReferralDeals();
        _handler = new DealsHandler(_deals);
        _target(address(_handler), _actions());
    }

    /// @notice After each call: D1, and that nothing happened that D5 and D6 forbid.
    function invariant_D1_D5_D6() public view {
        _D1_heldIsOwed();
        vm.assertEq(_handler.trespasses(), 0, "D5: a trespass went through");
        _D6_amounts();
    }

    /// @notice After each run: D2 to D9 over every document there is. Then every claim is paid, and nothing is left but what
    /// was given.
    function afterInvariant() public {
        _D2_escrow();
        _D3_rebates();
        _D4_rebateOnce();
        _D5_signaturesAndTime();
        _D7_offers();
        _D8_sales();
        _D9_referrals();

        _handler.settleAccounts();
        for (uint256 i = 0; i < 3; ++i) {
            address token = address(_handler.tokens(i));
            vm.assertEq(_handler.owed(token), 0, "D1: still owed");
            vm.assertEq(IMintable(token).balanceOf(address(_deals)), _handler.donated(token), "D1: left over");
        }
    }

    /// @notice D1: for each token the contract holds what it owes, and what was given to it.
    function _D1_heldIsOwed() private view {
        for (uint256 i = 0; i < 3; ++i) {
            address token = address(_handler.tokens(i));
            uint256 held = IMintable(token).balanceOf(address(_deals));
            vm.assertEq(held, _handler.owed(token) + _handler.donated(token), "D1: held is not owed");
        }
    }

    /// @notice D2: escrow in is escrow out and what the contract's own states say is still in it.
    function _D2_escrow() private view {
        uint256[3] memory escrowed;
        for (uint256 i = 0; i < _handler.saleCount(); ++i) {
            DealsActors.SaleBook memory book = _handler.saleAt(i);
            if (_deals.saleStateOf(book.id) != IReferralDeals.SaleState.ESCROWED) continue;
            escrowed[_indexOf(book.sale.token)] += book.sale.amount;
        }
        for (uint256 i = 0; i < _handler.useCount(); ++i) {
            DealsActors.Use memory use = _handler.useAt(i);
            if (_deals.referralStatusOf(use.referralId).state != IReferralDeals.DealState.LODGED) continue;
            escrowed[_indexOf(use.deal.token)] += use.deal.amount;
        }
        for (uint256 i = 0; i < 3; ++i) {
            address token = address(_handler.tokens(i));
            vm.assertEq(_handler.escrowIn(token), _handler.escrowOut(token) + escrowed[i], "D2: escrow in is not out");
        }
    }

    /// @notice D3: rebates held back or bonded are paid, returned, reclaimed, or still where the contract's states say.
    function _D3_rebates() private view {
        uint256[3] memory kept;
        for (uint256 i = 0; i < _handler.useCount(); ++i) {
            DealsActors.Use memory use = _handler.useAt(i);
            IReferralDeals.ReferralStatus memory status = _deals.referralStatusOf(use.referralId);
            if (status.funding == IReferralDeals.Funding.NONE || status.closed) continue;
            kept[_indexOf(use.deal.token)] += use.deal.rebate;
        }
        for (uint256 i = 0; i < _handler.offerCount(); ++i) {
            DealsActors.OfferBook memory book = _handler.offerAt(i);
            kept[_indexOf(book.offer.token)] += uint256(_deals.offerStatusOf(book.id).bonded) * book.offer.rebate;
        }
        for (uint256 i = 0; i < 3; ++i) {
            address token = address(_handler.tokens(i));
            vm.assertEq(_handler.rebatesIn(token), _handler.rebatesOut(token) + kept[i], "D3: rebates in are not out");
        }
    }

    /// @notice D4: a rebate leaves at most once for each use, only from its moment on, and only what was funded.
    function _D4_rebateOnce() private view {
        for (uint256 i = 0; i < _handler.useCount(); ++i) {
            DealsActors.Use memory use = _handler.useAt(i);
            vm.assertLe(use.payouts, 1, "D4: paid twice");
            IReferralDeals.ReferralStatus memory status = _deals.referralStatusOf(use.referralId);
            vm.assertTrue(status.closed == (use.payouts == 1), "D4: closed without a payment");
            if (!status.closed) continue;
            vm.assertGe(block.timestamp, use.deal.rebateMoment, "D4: paid before its moment");
            vm.assertTrue(status.funding != IReferralDeals.Funding.NONE, "D4: paid without funding");
        }
    }

    /// @notice D5: no deal settled but by three signatures before its moment, and nothing went through that must not.
    function _D5_signaturesAndTime() private view {
        for (uint256 i = 0; i < _handler.useCount(); ++i) {
            DealsActors.Use memory use = _handler.useAt(i);
            if (_deals.referralStatusOf(use.referralId).state != IReferralDeals.DealState.SETTLED) continue;
            vm.assertEq(use.signers, 3, "D5: settled with fewer signatures");
            vm.assertLe(use.settledAt, uint256(use.deal.rebateMoment) - 1, "D5: settled too late");
        }
    }

    /// @notice D6: with evidence, the buyer paid the policy's price and less than the base sale; every payment was exact.
    function _D6_amounts() private view {
        vm.assertEq(_handler.wrongPrices(), 0, "D6: another price");
        vm.assertEq(_handler.wrongTransfers(), 0, "D6: another amount");
    }

    /// @notice D7: an offer's uses, bond and marks are what was done with it, and never more than its uses.
    function _D7_offers() private view {
        for (uint256 i = 0; i < _handler.offerCount(); ++i) {
            DealsActors.OfferBook memory book = _handler.offerAt(i);
            IReferralDeals.OfferStatus memory status = _deals.offerStatusOf(book.id);
            vm.assertEq(status.uses, book.uses, "D7: uses");
            vm.assertEq(status.bonded, book.bonded, "D7: bonded");
            vm.assertTrue(status.opened == book.opened && status.cancelled == book.cancelled, "D7: marks");
            vm.assertLe(uint256(status.uses) + status.bonded, book.offer.maxUses, "D7: more than its uses");
        }
    }

    /// @notice D8: a sale's state is what was done with it; none is refunded and paid out.
    function _D8_sales() private view {
        for (uint256 i = 0; i < _handler.saleCount(); ++i) {
            DealsActors.SaleBook memory book = _handler.saleAt(i);
            vm.assertTrue(_deals.saleStateOf(book.id) == book.state, "D8: state");
        }
    }

    /// @notice D9: a referral's state is what was done with it; a default stands only from its moment on.
    function _D9_referrals() private view {
        for (uint256 i = 0; i < _handler.useCount(); ++i) {
            DealsActors.Use memory use = _handler.useAt(i);
            IReferralDeals.ReferralStatus memory status = _deals.referralStatusOf(use.referralId);
            vm.assertTrue(status.state == use.state, "D9: state");
            vm.assertTrue(status.promised == use.promised, "D9: promised");
            vm.assertTrue(status.funding == use.funding, "D9: funding");
            if (use.defaultedAt != 0) vm.assertGe(use.defaultedAt, use.deal.rebateMoment, "D9: defaulted too early");
        }
    }

    /// @notice Each action of the handler does its work, from nothing and again, so that no run of the invariants is empty.
    function test_everyActionActs() public {
        bytes4[] memory actions = _actions();
        for (uint256 round = 1; round < 4; ++round) {
            for (uint256 i = 0; i < actions.length; ++i) {
                // solhint-disable-next-line avoid-low-level-calls
                (bool success, ) = address(_handler).call(abi.encodeWithSelector(actions[i], round * 1_000 + i, i));
                vm.assertTrue(success, "an action reverted");
                vm.assertEq(_handler.calls(actions[i]), round, "an action did not count");
            }
            _D1_heldIsOwed();
            _D2_escrow();
            _D3_rebates();
        }
        vm.assertGe(_handler.useCount(), 15, "few uses");
        afterInvariant();
    }

    function _indexOf(address token) private view returns (uint256) {
        for (uint256 i = 0; i < 2; ++i) {
            if (address(_handler.tokens(i)) == token) return i;
        }
        return 2;
    }

    function _actions() private pure returns (bytes4[] memory actions) {
        actions = new bytes4[](21);
        actions[0] = DealsActors.recordSale.selector;
        actions[1] = DealsActors.paySale.selector;
        actions[2] = DealsActors.refundSale.selector;
        actions[3] = DealsActors.releaseSale.selector;
        actions[4] = DealsActors.recordReferredSale.selector;
        actions[5] = DealsActors.openOffer.selector;
        actions[6] = DealsActors.cancelOffer.selector;
        actions[7] = DealsActors.increaseCounter.selector;
        actions[8] = DealsActors.reclaimBond.selector;
        actions[9] = DealsActors.settle.selector;
        actions[10] = DealsActors.settleWithEvidence.selector;
        actions[11] = DealsActors.lodge.selector;
        actions[12] = DealsActors.countersign.selector;
        actions[13] = DealsActors.refundLodged.selector;
        actions[14] = DealsActors.lodgePromise.selector;
        actions[15] = DealsActors.lodgePromotion.selector;
        actions[16] = DealsActors.payRebate.selector;
        actions[17] = DealsActors.payBondedRebate.selector;
        actions[18] = DealsActors.donate.selector;
        actions[19] = DealsActors.wait_.selector;
        actions[20] = DealsActors.trespass.selector;
    }
}
