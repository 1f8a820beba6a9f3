// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {Campaign} from "../helpers/Campaign.sol";
import {Deployed} from "../helpers/Deployed.sol";
import {DealsActors} from "./DealsActors.sol";
import {DealsDrafts} from "./actors/DealsDrafts.sol";

/// @notice The actors as a contract of this file: the runner only knows what stands beside its suites.
contract DealsHandler is DealsActors {
    constructor(IReferralDeals deals_) DealsActors(deals_) {}
}

/// @notice The invariants D1 to D9 of docs/invariants.md, whatever the actors do in whatever order.
contract DealsInvariants is Campaign {
    IReferralDeals private _deals;
    DealsHandler private _handler;

    function setUp() public {
        vm.warp(2_000_000_000);
        _deals = Deployed.referralDeals();
        _handler = new DealsHandler(_deals);
        _start(_handler, _actions());
    }

    /// @notice After each call: D1, and that nothing happened that D5 and D6 forbid.
    function invariant_D1_D5_D6() public view {
        _heldIsOwed(_handler, "D1");
        vm.assertEq(_handler.trespasses(), 0, "D5: a trespass went through");
        _D6_amounts();
    }

    /// @notice After each run: every action once more, then D2 to D9 over every document there is. Then every claim is paid,
    /// and nothing is left but what was given.
    function afterInvariant() public {
        _actOnceMore(_handler, block.timestamp);
        invariant_D1_D5_D6();
        _D2_escrow();
        _D3_rebates();
        _D4_rebateOnce();
        _D5_signaturesAndTime();
        _D7_offers();
        _D8_sales();
        _D9_referrals();

        _handler.settleAccounts();
        _D6_amounts();
        _nothingIsLeft(_handler, "D1");
    }

    /// @notice D2: escrow in is escrow out and what the contract's own states say is still in it.
    function _D2_escrow() private view {
        uint256[] memory escrowed = new uint256[](_handler.tokenCount());
        for (uint256 i = 0; i < _handler.saleCount(); ++i) {
            DealsDrafts.SaleBook memory book = _handler.saleAt(i);
            if (_deals.saleStateOf(book.id) != IReferralDeals.SaleState.ESCROWED) continue;
            escrowed[_indexOf(_handler, book.sale.token)] += book.sale.amount;
        }
        for (uint256 i = 0; i < _handler.useCount(); ++i) {
            DealsDrafts.Use memory use = _handler.useAt(i);
            if (_deals.referralStatusOf(use.referralId).state != IReferralDeals.DealState.LODGED) continue;
            escrowed[_indexOf(_handler, use.deal.token)] += use.deal.amount;
        }
        _flowAddsUp(_handler, "escrow", escrowed, "D2");
    }

    /// @notice D3: rebates held back or bonded are paid, returned, reclaimed, or still where the contract's states say.
    function _D3_rebates() private view {
        uint256[] memory kept = new uint256[](_handler.tokenCount());
        for (uint256 i = 0; i < _handler.useCount(); ++i) {
            DealsDrafts.Use memory use = _handler.useAt(i);
            IReferralDeals.ReferralStatus memory status = _deals.referralStatusOf(use.referralId);
            if (status.funding == IReferralDeals.Funding.NONE || status.closed) continue;
            kept[_indexOf(_handler, use.deal.token)] += use.deal.rebate;
        }
        for (uint256 i = 0; i < _handler.offerCount(); ++i) {
            DealsDrafts.OfferBook memory book = _handler.offerAt(i);
            kept[_indexOf(_handler, book.offer.token)] +=
                uint256(_deals.offerStatusOf(book.id).bonded) * book.offer.rebate;
        }
        _flowAddsUp(_handler, "rebates", kept, "D3");
    }

    /// @notice D4: a rebate leaves at most once for each use, only from its moment on, and only what was funded.
    function _D4_rebateOnce() private view {
        for (uint256 i = 0; i < _handler.useCount(); ++i) {
            DealsDrafts.Use memory use = _handler.useAt(i);
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
            DealsDrafts.Use memory use = _handler.useAt(i);
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
            DealsDrafts.OfferBook memory book = _handler.offerAt(i);
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
            DealsDrafts.SaleBook memory book = _handler.saleAt(i);
            vm.assertTrue(_deals.saleStateOf(book.id) == book.state, "D8: state");
        }
    }

    /// @notice D9: a referral's state is what was done with it; a default stands only from its moment on.
    function _D9_referrals() private view {
        for (uint256 i = 0; i < _handler.useCount(); ++i) {
            DealsDrafts.Use memory use = _handler.useAt(i);
            IReferralDeals.ReferralStatus memory status = _deals.referralStatusOf(use.referralId);
            vm.assertTrue(status.state == use.state, "D9: state");
            vm.assertTrue(status.promised == use.promised, "D9: promised");
            vm.assertTrue(status.funding == use.funding, "D9: funding");
            if (use.defaultedAt != 0) vm.assertGe(use.defaultedAt, use.deal.rebateMoment, "D9: defaulted too early");
        }
    }

    /// @notice Each action of the handler does its work, from nothing and again.
    function test_everyActionActs() public {
        for (uint256 round = 1; round < 4; ++round) {
            _actOnceMore(_handler, round);
            invariant_D1_D5_D6();
            _D2_escrow();
            _D3_rebates();
        }
        vm.assertGe(_handler.useCount(), 15, "few uses");
        afterInvariant();
    }

    function _actions() private view returns (bytes4[] memory actions) {
        actions = new bytes4[](25);
        actions[0] = _handler.recordSale.selector;
        actions[1] = _handler.paySale.selector;
        actions[2] = _handler.refundSale.selector;
        actions[3] = _handler.releaseSale.selector;
        actions[4] = _handler.recordReferredSale.selector;
        actions[5] = _handler.openOffer.selector;
        actions[6] = _handler.cancelOffer.selector;
        actions[7] = _handler.increaseCounter.selector;
        actions[8] = _handler.reclaimBond.selector;
        actions[9] = _handler.settle.selector;
        actions[10] = _handler.settleWithEvidence.selector;
        actions[11] = _handler.lodge.selector;
        actions[12] = _handler.countersign.selector;
        actions[13] = _handler.refundLodged.selector;
        actions[14] = _handler.lodgePromise.selector;
        actions[15] = _handler.lodgePromotion.selector;
        actions[16] = _handler.payRebate.selector;
        actions[17] = _handler.payBondedRebate.selector;
        actions[18] = _handler.donate.selector;
        actions[19] = _handler.wait.selector;
        actions[20] = _handler.trespass.selector;
        actions[21] = _handler.payShort.selector;
        actions[22] = _handler.betray.selector;
        actions[23] = _handler.refuse.selector;
        actions[24] = _handler.reenter.selector;
    }
}
