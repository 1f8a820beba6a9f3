// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../../contracts/deals/IReferralDeals.sol";
import {DealReference} from "../../helpers/DealReference.sol";
import {DealsDrafts} from "./DealsDrafts.sol";

/// @title What is done with sales
abstract contract SaleActions is DealsDrafts {
    function recordSale(uint256 seed) external counted {
        _recordSale(_draftSale(seed, _token(seed), 0));
    }

    function paySale(uint256 seed) external counted {
        _paySale(_draftSale(seed, _token(seed), _draw(seed, "refundable", 0, 20 days)));
    }

    function refundSale(uint256 seed) external counted {
        (bool found, uint256 index) = _escrowed(seed, true);
        if (!found) index = _paySale(_draftSale(seed, _token(seed), 1 days));
        _refundSale(index);
    }

    function releaseSale(uint256 seed) external counted {
        (bool found, uint256 index) = _escrowed(seed, false);
        if (!found) index = _paySale(_draftSale(seed, _token(seed), 1));
        _releaseSale(index);
    }

    function _refundSale(uint256 index) internal {
        IReferralDeals.Sale memory sale = _sales[index].sale;
        uint256 before = _balanceOf(sale.token, sale.customer);
        vm.prank(sale.merchant);
        deals.refundSale(sale);
        _demandGain(sale.token, sale.customer, before, sale.amount);
        _sales[index].state = IReferralDeals.SaleState.REFUNDED;
        _sent(sale.token, sale.amount, ESCROW);
    }

    function _releaseSale(uint256 index) internal {
        IReferralDeals.Sale memory sale = _sales[index].sale;
        _reach(sale.refundableUntil);
        uint256 before = _balanceOf(sale.token, sale.merchant);
        deals.releaseSale(sale);
        _demandGain(sale.token, sale.merchant, before, sale.amount);
        _sales[index].state = IReferralDeals.SaleState.RECORDED;
        _sent(sale.token, sale.amount, ESCROW);
    }

    function _paySale(IReferralDeals.Sale memory sale) internal returns (uint256 index) {
        (bytes32 merchant, bytes32 customer) = DealReference.saleDigests(_domain, sale, false);
        _fund(sale.token, sale.customer, sale.amount);
        bytes32 id = deals.paySale(
            sale,
            _sign(sale.merchant, merchant, 0),
            _sign(sale.customer, customer, 1),
            _payment()
        );
        bool escrowed = block.timestamp < sale.refundableUntil;
        index = _sales.length;
        _sales.push(
            SaleBook({
                sale: sale,
                id: id,
                state: escrowed ? IReferralDeals.SaleState.ESCROWED : IReferralDeals.SaleState.RECORDED
            })
        );
        if (escrowed) _received(sale.token, sale.amount, ESCROW);
    }
}
