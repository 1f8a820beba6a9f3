// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {Payment, Payments} from "../utils/Payments.sol";
import {DealBase} from "./DealBase.sol";
import {DealHash} from "./DealHash.sol";
import {IReferralDeals} from "./IReferralDeals.sol";
import {SaleRecord} from "./SaleRecord.sol";

/// @title Recorded sales, and the prices that wait in escrow while they are refundable
abstract contract SaleBook is DealBase {
    using SafeERC20 for IERC20;

    /// @dev One slot a sale.
    mapping(bytes32 saleId => SaleRecord record) private _sales;

    /// @inheritdoc IReferralDeals
    function recordSale(
        Sale calldata sale,
        bytes calldata merchantSignature,
        bytes calldata customerSignature
    ) external returns (bytes32 saleId) {
        SaleRecord record;
        (saleId, record) = _checkNewSale(sale, SaleState.RECORDED, true, merchantSignature, customerSignature);

        // Effect: the sale is recorded.
        _record(saleId, sale, record);
    }

    /// @inheritdoc IReferralDeals
    function paySale(
        Sale calldata sale,
        bytes calldata merchantSignature,
        bytes calldata customerSignature,
        Payment calldata payment
    ) external nonReentrant returns (bytes32 saleId) {
        bool refundable = block.timestamp < sale.refundableUntil;
        SaleState to = refundable ? SaleState.ESCROWED : SaleState.RECORDED;
        SaleRecord record;
        (saleId, record) = _checkNewSale(sale, to, false, merchantSignature, customerSignature);

        // Effect: the sale is recorded; its price waits in escrow while it is refundable.
        _record(saleId, sale, record);

        // Interaction: the customer pays.
        IERC20 token = IERC20(sale.token);
        Payments.take(token, sale.customer, sale.amount, saleId, payment);
        if (!refundable) token.safeTransfer(sale.merchant, sale.amount);
    }

    /// @inheritdoc IReferralDeals
    function refundSale(Sale calldata sale) external nonReentrant {
        // Check: in time, by the merchant, and still in escrow.
        _requireBefore(sale.refundableUntil);
        if (msg.sender != sale.merchant) revert DealsNotMerchant(sale.merchant, msg.sender);
        bytes32 saleId = DealHash.sale(sale);
        SaleRecord refunded = _sales[saleId].refund(saleId);

        // Effect: the sale can no longer be the base of a deal.
        _sales[saleId] = refunded;
        emit SaleRefunded(saleId, sale.merchant, sale.customer);

        // Interaction: the customer has its money back.
        IERC20(sale.token).safeTransfer(sale.customer, sale.amount);
    }

    /// @inheritdoc IReferralDeals
    function releaseSale(Sale calldata sale) external nonReentrant {
        // Check: no longer refundable, and still in escrow.
        _requireFrom(sale.refundableUntil);
        bytes32 saleId = DealHash.sale(sale);
        SaleRecord released = _sales[saleId].release(saleId);

        // Effect: the escrow is over.
        _sales[saleId] = released;
        emit SaleReleased(saleId, sale.merchant, sale.customer);

        // Interaction: the merchant has the price.
        IERC20(sale.token).safeTransfer(sale.merchant, sale.amount);
    }

    /// @inheritdoc IReferralDeals
    function saleStateOf(bytes32 saleId) external view returns (SaleState) {
        return _sales[saleId].state();
    }

    /// @dev Records a settled referred sale under its own id.
    function _recordReferred(bytes32 dealId, ReferredSale memory deal) internal {
        if (deal.amount == 0) revert DealsZeroAmount();
        bytes32 terms = _termsOf(deal.merchant, deal.buyer, deal.token, deal.amount);
        _sales[dealId] = _sales[dealId].enter(dealId, SaleState.RECORDED, terms);
        emit SaleRecorded(dealId, deal.merchant, deal.buyer, deal.token, deal.amount, 0, SaleState.RECORDED);
    }

    /// @dev Reverts unless the offer's base sale stands, on the terms that the offer says.
    function _requireBaseSale(Offer calldata offer) internal view {
        bytes32 terms = _termsOf(offer.merchant, offer.customer, offer.token, offer.saleAmount);
        _sales[offer.saleId].requireStanding(offer.saleId, terms);
    }

    /// @dev Check: parties, amount, replay, signatures. Gives the sale's record, to be written.
    function _checkNewSale(
        Sale calldata sale,
        SaleState to,
        bool paidElsewhere,
        bytes calldata merchantSignature,
        bytes calldata customerSignature
    ) private view returns (bytes32 saleId, SaleRecord record) {
        if (sale.merchant == address(0) || sale.customer == address(0) || sale.merchant == sale.customer) {
            revert DealsPartiesNotDistinct(sale.merchant, sale.customer, address(0));
        }
        if (sale.amount == 0) revert DealsZeroAmount();
        saleId = DealHash.sale(sale);
        record = _sales[saleId].enter(saleId, to, _termsOf(sale.merchant, sale.customer, sale.token, sale.amount));
        _requireSignature(
            sale.merchant,
            _hashTypedDataV4(DealHash.saleEndorsement(DealHash.MERCHANT_SALE_TYPEHASH, saleId, paidElsewhere)),
            merchantSignature
        );
        _requireSignature(
            sale.customer,
            _hashTypedDataV4(DealHash.saleEndorsement(DealHash.CUSTOMER_SALE_TYPEHASH, saleId, paidElsewhere)),
            customerSignature
        );
    }

    function _record(bytes32 saleId, Sale calldata sale, SaleRecord record) private {
        _sales[saleId] = record;
        emit SaleRecorded(
            saleId,
            sale.merchant,
            sale.customer,
            sale.token,
            sale.amount,
            sale.refundableUntil,
            record.state()
        );
    }

    /// @dev The hash of what an offer says of its base sale.
    function _termsOf(
        address merchant,
        address customer,
        address token,
        uint128 amount
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(merchant, customer, token, amount));
    }
}
