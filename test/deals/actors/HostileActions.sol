// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../../contracts/deals/IReferralDeals.sol";
import {DealReference} from "../../helpers/DealReference.sol";
import {TrespassActions} from "./TrespassActions.sol";

/// @title What is done with tokens that misbehave
/// @notice Whatever one does, the books of all others must stay as they are (invariant D1).
abstract contract HostileActions is TrespassActions {
    /// @notice A token that brings in less than it should is refused by whatever takes money.
    function payShort(uint256 seed) external counted {
        address token = _shortToken(seed);
        uint256 kind = _draw(seed, "taking", 0, 3);
        bytes memory call_ = kind == 0 ? _salePayment(seed, token) : _dealPayment(seed, token, kind);
        _shorten(seed);
        _demandRefusal(holder, call_);
        _straighten();
    }

    /// @notice A token comes in as it should, then changes balances, lies, or takes from the sender. What happens to its own
    /// claims is not promised.
    function betray(uint256 seed) external counted {
        address token = _treacherousToken(seed);
        if (_draw(seed, "betrayed", 0, 1) == 0) {
            IReferralDeals.Sale memory sale = _draftSale(seed, token, 1 days);
            _send(_paymentOf(sale));
            _spoil(seed);
            vm.prank(sale.merchant);
            _tryAnyhow(abi.encodeCall(deals.refundSale, (sale)));
            _reach(sale.refundableUntil);
            _tryAnyhow(abi.encodeCall(deals.releaseSale, (sale)));
        } else {
            IReferralDeals.Offer memory offer = _draftOffer(seed, token, false, false);
            _send(_openingOf(offer));
            IReferralDeals.ReferredSale memory deal = _draftDeal(seed, offer);
            _send(_lodgingOf(offer, deal));
            _spoil(seed);
            _reach(offer.rebateMoment);
            _tryAnyhow(abi.encodeCall(deals.refundLodged, (deal)));
            _tryAnyhow(abi.encodeCall(deals.payBondedRebate, (offer, deal.buyer)));
            _tryAnyhow(abi.encodeCall(deals.reclaimBond, (offer)));
        }
        _straighten();
    }

    /// @notice D11: while a token refuses to move, nothing of it comes in or goes out, and nothing is consumed: the same calls go
    /// through once it moves again.
    function refuse(uint256 seed) external counted {
        address token = _refusingToken(seed);
        uint256 kind = _draw(seed, "claim", 0, 3);
        (uint256 index, bytes memory claim) = _newClaim(seed, token, kind);
        IReferralDeals.Sale memory sale = _draftSale(seed, token, 1 days);
        bytes memory payment = _paymentOf(sale);

        _setRefusing(token, true);
        _demandRefusal(holder, claim);
        _demandRefusal(holder, payment);
        _setRefusing(token, false);

        _settleClaim(index, kind);
        _send(payment);
        _sales.push(SaleBook({sale: sale, id: DealReference.saleId(sale), state: IReferralDeals.SaleState.ESCROWED}));
        _received(token, sale.amount, ESCROW);
    }

    /// @notice A token that calls back in the middle of a payment gets nothing: the claim that it asked for is there afterwards.
    function reenter(uint256 seed) external counted {
        uint256 kind = _draw(seed, "claim", 0, 3);
        (uint256 index, bytes memory claim) = _newClaim(seed, _token(seed), kind);
        IReferralDeals.Sale memory sale = _draftSale(seed, address(_reentering), 1 days);
        bytes memory payment = _paymentOf(sale);

        _reentering.setCall(holder, claim);
        _send(payment);
        _sales.push(SaleBook({sale: sale, id: DealReference.saleId(sale), state: IReferralDeals.SaleState.ESCROWED}));
        _received(sale.token, sale.amount, ESCROW);
        _settleClaim(index, kind);
    }

    // ── Claims ──

    /// @dev Something that is due now: a sale's escrow, a lodged deal, a rebate that is held back, or a bond.
    function _newClaim(uint256 seed, address token, uint256 kind) private returns (uint256 index, bytes memory claim) {
        if (kind == 0) {
            index = _paySale(_draftSale(seed, token, 1));
            _reach(_sales[index].sale.refundableUntil);
            return (index, abi.encodeCall(deals.releaseSale, (_sales[index].sale)));
        }
        uint256 offer = _newOfferIn(seed, token, false, false);
        if (kind == 1) {
            index = _lodge(seed, offer);
            _reach(_uses[index].deal.rebateMoment);
            return (index, abi.encodeCall(deals.refundLodged, (_uses[index].deal)));
        }
        if (kind == 2) {
            index = _settle(seed, offer);
            _reach(_uses[index].deal.rebateMoment);
            return (index, abi.encodeCall(deals.payRebate, (_uses[index].deal)));
        }
        _openOffer(offer);
        _reach(_offers[offer].offer.rebateMoment);
        return (offer, abi.encodeCall(deals.reclaimBond, (_offers[offer].offer)));
    }

    function _settleClaim(uint256 index, uint256 kind) private {
        if (kind == 0) _releaseSale(index);
        else if (kind == 1) _refundLodged(index);
        else if (kind == 2) _payRebate(_uses[index]);
        else _reclaimBond(index);
    }

    // ── Calls with their signatures and their money, not made yet ──

    function _salePayment(uint256 seed, address token) private returns (bytes memory) {
        return _paymentOf(_draftSale(seed, token, 1 days));
    }

    function _dealPayment(uint256 seed, address token, uint256 kind) private returns (bytes memory) {
        IReferralDeals.Offer memory offer = _draftOffer(seed, token, false, false);
        if (kind == 1) return _openingOf(offer);
        IReferralDeals.ReferredSale memory deal = _draftDeal(seed, offer);
        return kind == 2 ? _lodgingOf(offer, deal) : _settlingOf(deal);
    }

    function _paymentOf(IReferralDeals.Sale memory sale) private returns (bytes memory) {
        _endow(sale.token, sale.customer, sale.amount);
        (bytes32 merchant, bytes32 customer) = DealReference.saleDigests(_domain, sale, false);
        bytes memory first = _sign(sale.merchant, merchant, 0);
        bytes memory second = _sign(sale.customer, customer, 1);
        return abi.encodeCall(deals.paySale, (sale, first, second, _payment()));
    }

    function _openingOf(IReferralDeals.Offer memory offer) private returns (bytes memory) {
        _endow(offer.token, offer.merchant, uint256(offer.maxUses) * offer.rebate);
        bytes memory signature = _sign(offer.merchant, DealReference.openingDigest(_domain, offer), 0);
        return abi.encodeCall(deals.openOffer, (offer, signature, _payment()));
    }

    function _lodgingOf(
        IReferralDeals.Offer memory offer,
        IReferralDeals.ReferredSale memory deal
    ) private returns (bytes memory) {
        _endow(deal.token, deal.buyer, deal.amount);
        (bytes memory customer, bytes memory buyer, ) = _signDeal(deal, 0);
        IReferralDeals.CompleteOffer memory evidence = _signOffer(offer, deal.buyer, 0);
        return abi.encodeCall(deals.lodge, (evidence, deal, customer, buyer, _payment()));
    }

    function _settlingOf(IReferralDeals.ReferredSale memory deal) private returns (bytes memory) {
        _endow(deal.token, deal.buyer, deal.amount);
        (bytes memory customer, bytes memory buyer, bytes memory merchant) = _signDeal(deal, 0);
        return abi.encodeCall(deals.settle, (deal, customer, buyer, merchant, _payment()));
    }

    /// @dev More than is asked for, as some of these tokens take more; and the leave to take it.
    function _endow(address token, address account, uint256 amount) private {
        _fund(token, account, amount * 2 + 1);
        _approve(token, account);
    }

    /// @dev A call that must go through.
    function _send(bytes memory data) private {
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, ) = holder.call(data);
        require(success, "what should go through was refused");
    }

    /// @dev A call of which nothing is promised.
    function _tryAnyhow(bytes memory data) private {
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, ) = holder.call(data);
        success;
    }
}
