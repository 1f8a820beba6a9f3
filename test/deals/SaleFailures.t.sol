// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {DealReference} from "../helpers/DealReference.sol";
import {Call} from "../helpers/Failures.sol";
import {DealPapers} from "./DealPapers.sol";

/// @notice The table of what is refused about sales.
contract SaleFailuresTest is DealPapers {
    function test_recordSale() public {
        IReferralDeals.Sale memory sale = _newSale(_token);
        bytes32 id = DealReference.saleId(sale);
        Call memory honest = _recordSale(sale);

        _parties(honest, _recordSale);
        _row(
            "no amount",
            honest,
            _recordSale(_free()),
            abi.encodeWithSelector(IReferralDeals.DealsZeroAmount.selector)
        );
        _rowAfter("it was recorded before", honest, honest, _wrongState(id, 0, 1));
        _rowAfter("it was paid before", honest, _paySale(sale), _wrongState(id, 0, 2));

        (bytes32 merchant, bytes32 customer) = DealReference.saleDigests(_domain, sale, true);
        _row(
            "another's signature for the merchant's",
            honest,
            _recordSaleSigned(sale, _sign(_customer, merchant), _sign(_customer, customer)),
            _wrongSignature(_merchant, merchant)
        );
        _row(
            "the customer's signature is of another document",
            honest,
            _recordSaleSigned(sale, _sign(_merchant, merchant), _sign(_customer, merchant)),
            _wrongSignature(_customer, customer)
        );
        (bytes32 paid, ) = DealReference.saleDigests(_domain, sale, false);
        _row(
            "the merchant signed that it is paid here",
            honest,
            _recordSaleSigned(sale, _sign(_merchant, paid), _sign(_customer, customer)),
            _wrongSignature(_merchant, merchant)
        );
    }

    function test_paySale() public {
        IReferralDeals.Sale memory sale = _newSale(_token);
        bytes32 id = DealReference.saleId(sale);
        Call memory honest = _paySale(sale);

        _parties(honest, _paySale);
        _row("no amount", honest, _paySale(_free()), abi.encodeWithSelector(IReferralDeals.DealsZeroAmount.selector));
        _rowAfter("it was paid before", honest, honest, _wrongState(id, 0, 2));
        _rowAfter("it was recorded before", honest, _recordSale(sale), _wrongState(id, 0, 1));

        (bytes32 merchant, bytes32 customer) = DealReference.saleDigests(_domain, sale, false);
        _row(
            "another's signature for the merchant's",
            honest,
            _paySaleSigned(sale, _sign(_customer, merchant), _sign(_customer, customer), _allowance()),
            _wrongSignature(_merchant, merchant)
        );
        _row(
            "another's signature for the customer's",
            honest,
            _paySaleSigned(sale, _sign(_merchant, merchant), _sign(_merchant, customer), _allowance()),
            _wrongSignature(_customer, customer)
        );
    }

    /// @dev A sale that is no longer refundable when it is paid goes to the merchant, and there is nothing to refund.
    function test_paySaleAtOnce() public {
        IReferralDeals.Sale memory sale = _newSale(_token);
        Call memory honest = _at(_paySale(sale), REFUNDABLE_UNTIL);
        _rowAfter("it was paid before", honest, honest, _wrongState(DealReference.saleId(sale), 0, 1));
    }

    function test_refundSale() public {
        IReferralDeals.Sale memory sale = _newSale(_token);
        bytes32 id = DealReference.saleId(sale);
        _do(_paySale(sale));
        Call memory honest = _refundSale(sale);

        _row(
            "no longer refundable",
            honest,
            _at(honest, REFUNDABLE_UNTIL),
            _tooLate(REFUNDABLE_UNTIL, REFUNDABLE_UNTIL)
        );
        _row("by the customer", honest, _by(honest, _customer), _notMerchant(_customer));
        _rowAfter("it was refunded before", honest, honest, _wrongState(id, 2, 3));
        IReferralDeals.Sale memory other = _baseSale(_token);
        _row("paid elsewhere", honest, _refundSale(other), _wrongState(DealReference.saleId(other), 2, 1));
        other.salt = "unknown";
        _row("not known", honest, _refundSale(other), _wrongState(DealReference.saleId(other), 2, 0));
    }

    function test_releaseSale() public {
        IReferralDeals.Sale memory sale = _newSale(_token);
        bytes32 id = DealReference.saleId(sale);
        _do(_paySale(sale));
        Call memory honest = _releaseSale(sale);

        _row(
            "still refundable",
            honest,
            _at(honest, REFUNDABLE_UNTIL - 1),
            _tooEarly(REFUNDABLE_UNTIL, REFUNDABLE_UNTIL - 1)
        );
        _rowAfter("it was released before", honest, honest, _wrongState(id, 2, 1));
        _rowAfter("it was refunded before", honest, _refundSale(sale), _wrongState(id, 2, 3));
        sale.salt = "unknown";
        _row("not known", honest, _releaseSale(sale), _wrongState(DealReference.saleId(sale), 2, 0));
    }

    function test_recordReferredSale() public {
        Papers memory p = _papers();
        bytes32 id = DealReference.dealId(p.deal);
        _do(_settle(p));
        Call memory honest = _recordReferredSale(p);

        _rowAfter("it was recorded before", honest, honest, _wrongState(id, 0, 1));
        p = _papers();
        p.deal.salt = "other";
        _row("another deal settled under this referral", honest, _recordReferredSale(p), _otherDeal(p));
        p = _papers();
        p.deal.buyer = ANYBODY;
        _row(
            "no deal of this buyer",
            honest,
            _recordReferredSale(p),
            _wrongState(p, IReferralDeals.DealState.SETTLED, IReferralDeals.DealState.NONE)
        );

        IReferralDeals.Offer memory offer = _offer(_token);
        (offer.discount, offer.free) = (10_000, true);
        p = _papersOf(offer);
        _do(_openOffer(p));
        _do(_settleWithEvidence(p));
        _row(
            "a deal that was free",
            honest,
            _recordReferredSale(p),
            abi.encodeWithSelector(IReferralDeals.DealsZeroAmount.selector)
        );
    }

    /// @dev The three ways in which two parties are not two.
    function _parties(
        Call memory honest,
        function(IReferralDeals.Sale memory) internal view returns (Call memory) call
    ) private {
        IReferralDeals.Sale memory sale = _newSale(_token);
        sale.merchant = address(0);
        _row("no merchant", honest, call(sale), _notDistinct(address(0), _customer, address(0)));
        sale = _newSale(_token);
        sale.customer = address(0);
        _row("no customer", honest, call(sale), _notDistinct(_merchant, address(0), address(0)));
        sale = _newSale(_token);
        sale.customer = _merchant;
        _row("the merchant is the customer", honest, call(sale), _notDistinct(_merchant, _merchant, address(0)));
    }

    function _free() private view returns (IReferralDeals.Sale memory sale) {
        sale = _newSale(_token);
        sale.amount = 0;
    }

    function _wrongState(bytes32 id, uint8 expected, uint8 actual) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IReferralDeals.DealsWrongSaleState.selector,
                id,
                IReferralDeals.SaleState(expected),
                IReferralDeals.SaleState(actual)
            );
    }
}
