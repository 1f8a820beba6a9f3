// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {Books} from "../helpers/Books.sol";
import {DealsDrafts} from "./actors/DealsDrafts.sol";
import {HostileActions} from "./actors/HostileActions.sol";

/// @title Actors who do everything that there is to do with referral deals, and books of what should come of it
abstract contract DealsActors is HostileActions {
    constructor(IReferralDeals deals_) Books(address(deals_)) DealsDrafts(deals_) {}

    /// @notice Pays every claim there is, whatever came before. Nothing may stand in the way of any.
    function settleAccounts() external {
        _reach(type(uint40).max);
        for (uint256 i = 0; i < _sales.length; ++i) {
            if (_sales[i].state == IReferralDeals.SaleState.ESCROWED) _releaseSale(i);
        }
        for (uint256 i = 0; i < _uses.length; ++i) {
            Use storage use = _uses[i];
            if (_isLodged(use)) _refundLodged(i);
            if (_isHeld(use)) _payRebate(use);
            if (_isBonded(use)) _payBondedRebate(use);
        }
        for (uint256 i = 0; i < _offers.length; ++i) {
            if (_offers[i].bonded > 0) _reclaimBond(i);
        }
    }

    function saleCount() external view returns (uint256) {
        return _sales.length;
    }

    function offerCount() external view returns (uint256) {
        return _offers.length;
    }

    function useCount() external view returns (uint256) {
        return _uses.length;
    }

    function saleAt(uint256 index) external view returns (SaleBook memory) {
        return _sales[index];
    }

    function offerAt(uint256 index) external view returns (OfferBook memory) {
        return _offers[index];
    }

    function useAt(uint256 index) external view returns (Use memory) {
        return _uses[index];
    }
}
