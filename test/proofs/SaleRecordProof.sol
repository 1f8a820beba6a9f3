// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {SaleRecord} from "../../contracts/deals/SaleRecord.sol";

/// @title What `npm run prove` shows of a sale's word, for every word and every argument
/// @notice Each function is one step of a sale, with no premise but that the word is sound, and that a sale enters as
/// SaleBook lets it. It starts sound, as zero, and each step leaves it so: what is asserted of one step is true of every
/// history (invariant D8).
contract SaleRecordProof {
    uint256 private constant TERMS_MASK = ~uint256(type(uint8).max);

    /// @notice Zero, the word of a sale that nothing happened to, is sound and says NONE.
    function start() external pure {
        SaleRecord record = SaleRecord.wrap(0);
        _assertSound(record);
        assert(record.state() == IReferralDeals.SaleState.NONE);
    }

    /// @notice NONE -> RECORDED, on the terms given.
    function recordSale(uint256 word, bytes32 saleId, bytes32 termsHash) external pure {
        _enter(_sound(word), saleId, IReferralDeals.SaleState.RECORDED, termsHash);
    }

    /// @notice NONE -> ESCROWED, on the terms given.
    function paySale(uint256 word, bytes32 saleId, bytes32 termsHash) external pure {
        _enter(_sound(word), saleId, IReferralDeals.SaleState.ESCROWED, termsHash);
    }

    /// @notice ESCROWED -> REFUNDED, the terms kept.
    function refundSale(uint256 word, bytes32 saleId) external pure {
        SaleRecord before = _sound(word);
        SaleRecord later = before.refund(saleId);
        _assertLeftEscrow(before, later, IReferralDeals.SaleState.REFUNDED);
    }

    /// @notice ESCROWED -> RECORDED, the terms kept.
    function releaseSale(uint256 word, bytes32 saleId) external pure {
        SaleRecord before = _sound(word);
        SaleRecord later = before.release(saleId);
        _assertLeftEscrow(before, later, IReferralDeals.SaleState.RECORDED);
    }

    /// @notice A sale enters once, whatever happens to it in between.
    function enterTwice(
        uint256 word,
        bytes32 saleId,
        IReferralDeals.SaleState first,
        IReferralDeals.SaleState second,
        bytes32 termsHash
    ) external pure {
        require(first != IReferralDeals.SaleState.NONE);
        _sound(word).enter(saleId, first, termsHash).enter(saleId, second, termsHash);
        assert(false);
    }

    /// @notice An escrow ends once: after a refund nothing more leaves it.
    function refundThenRelease(uint256 word, bytes32 saleId) external pure {
        _sound(word).refund(saleId).release(saleId);
        assert(false);
    }

    /// @notice Likewise after a release.
    function releaseThenRefund(uint256 word, bytes32 saleId) external pure {
        _sound(word).release(saleId).refund(saleId);
        assert(false);
    }

    /// @notice Nor does the same way out serve twice.
    function leaveTwice(uint256 word, bytes32 saleId, bool refunds) external pure {
        SaleRecord record = _sound(word);
        if (refunds) record.refund(saleId).refund(saleId);
        else record.release(saleId).release(saleId);
        assert(false);
    }

    /// @notice A base sale is recorded or in escrow, and its terms are the ones asked for, but for their lowest 8 bits.
    function requireStanding(uint256 word, bytes32 saleId, bytes32 termsHash) external pure {
        SaleRecord record = _sound(word);
        record.requireStanding(saleId, termsHash);
        IReferralDeals.SaleState state = record.state();
        assert(state == IReferralDeals.SaleState.RECORDED || state == IReferralDeals.SaleState.ESCROWED);
        _assertTerms(record, termsHash);
    }

    function _enter(SaleRecord before, bytes32 saleId, IReferralDeals.SaleState to, bytes32 termsHash) private pure {
        SaleRecord later = before.enter(saleId, to, termsHash);
        _assertSound(later);
        assert(before.state() == IReferralDeals.SaleState.NONE);
        assert(later.state() == to);
        _assertTerms(later, termsHash);
    }

    /// @dev Nothing is known of an unsound word: the step ends here, without a claim.
    function _sound(uint256 word) private pure returns (SaleRecord) {
        require(_isSound(word));
        return SaleRecord.wrap(word);
    }

    function _assertLeftEscrow(SaleRecord before, SaleRecord later, IReferralDeals.SaleState to) private pure {
        _assertSound(later);
        assert(before.state() == IReferralDeals.SaleState.ESCROWED);
        assert(later.state() == to);
        assert((SaleRecord.unwrap(later) ^ SaleRecord.unwrap(before)) & TERMS_MASK == 0);
    }

    function _assertSound(SaleRecord record) private pure {
        assert(_isSound(SaleRecord.unwrap(record)));
    }

    function _assertTerms(SaleRecord record, bytes32 termsHash) private pure {
        assert((SaleRecord.unwrap(record) ^ uint256(termsHash)) & TERMS_MASK == 0);
    }

    /// @dev The state is one of four.
    function _isSound(uint256 word) private pure returns (bool) {
        return word & type(uint8).max <= uint256(type(IReferralDeals.SaleState).max);
    }
}
