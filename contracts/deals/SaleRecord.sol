// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "./IReferralDeals.sol";

/// @notice One sale, in one word: bits 0-7 its state, 8-255 the upper 248 bits of the hash of its terms.
type SaleRecord is uint256;

using SaleRecordLib for SaleRecord global;

/// @title The states of a sale and the only ways between them
/// @notice NONE -> RECORDED, NONE -> ESCROWED -> RECORDED | REFUNDED. The terms are set once, when it leaves NONE.
library SaleRecordLib {
    uint256 private constant STATE_MASK = type(uint8).max;

    function state(SaleRecord self) internal pure returns (IReferralDeals.SaleState) {
        return IReferralDeals.SaleState(SaleRecord.unwrap(self) & STATE_MASK);
    }

    /// @notice NONE -> RECORDED or ESCROWED, on terms of this hash. Reverts unless the sale is new.
    function enter(
        SaleRecord self,
        bytes32 saleId,
        IReferralDeals.SaleState to,
        bytes32 termsHash
    ) internal pure returns (SaleRecord) {
        _requireState(self, saleId, IReferralDeals.SaleState.NONE);
        return SaleRecord.wrap((uint256(termsHash) & ~STATE_MASK) | uint256(to));
    }

    /// @notice ESCROWED -> REFUNDED. Reverts unless the price is in escrow.
    function refund(SaleRecord self, bytes32 saleId) internal pure returns (SaleRecord) {
        return _leaveEscrow(self, saleId, IReferralDeals.SaleState.REFUNDED);
    }

    /// @notice ESCROWED -> RECORDED. Reverts unless the price is in escrow.
    function release(SaleRecord self, bytes32 saleId) internal pure returns (SaleRecord) {
        return _leaveEscrow(self, saleId, IReferralDeals.SaleState.RECORDED);
    }

    /// @notice Reverts unless the sale stands (RECORDED or ESCROWED), on terms of this hash.
    function requireStanding(SaleRecord self, bytes32 saleId, bytes32 termsHash) internal pure {
        IReferralDeals.SaleState actual = self.state();
        if (actual == IReferralDeals.SaleState.NONE || actual == IReferralDeals.SaleState.REFUNDED) {
            revert IReferralDeals.DealsWrongSaleState(saleId, IReferralDeals.SaleState.RECORDED, actual);
        }
        if ((SaleRecord.unwrap(self) ^ uint256(termsHash)) & ~STATE_MASK != 0) {
            revert IReferralDeals.DealsSaleTermsDiffer(saleId);
        }
    }

    function _leaveEscrow(
        SaleRecord self,
        bytes32 saleId,
        IReferralDeals.SaleState to
    ) private pure returns (SaleRecord) {
        _requireState(self, saleId, IReferralDeals.SaleState.ESCROWED);
        return SaleRecord.wrap((SaleRecord.unwrap(self) & ~STATE_MASK) | uint256(to));
    }

    function _requireState(SaleRecord self, bytes32 saleId, IReferralDeals.SaleState expected) private pure {
        if (SaleRecord.unwrap(self) & STATE_MASK != uint256(expected)) {
            revert IReferralDeals.DealsWrongSaleState(saleId, expected, self.state());
        }
    }
}
