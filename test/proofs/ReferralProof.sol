// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {Referral} from "../../contracts/deals/Referral.sol";

/// @title What `npm run prove` shows of the referral word, for every word and every argument
/// @notice Each function is one step of a referral, with no premise but those that ReferralDeals checks before it takes the
/// step, and that the word is sound. It starts sound, as zero, and each step leaves it so: what is asserted of one step is
/// true of every history (invariant D9).
contract ReferralProof {
    uint256 private constant UNUSED = 0xffc0; // bits 6-15
    uint256 private constant DEAL_MASK = ~uint256(type(uint16).max);

    /// @notice Zero, the word of a referral that nothing happened to, is sound and says nothing.
    function start() external pure {
        Referral referral = Referral.wrap(0);
        _assertSound(referral);
        assert(referral.state() == IReferralDeals.DealState.NONE);
        assert(referral.funding() == IReferralDeals.Funding.NONE);
        assert(!referral.promised() && !referral.closed());
    }

    /// @notice NONE -> SETTLED: one deal, funded as it was or held back now, the flags kept.
    function settle(uint256 word, bytes32 referralId, bytes32 dealId, IReferralDeals.Funding by) external pure {
        Referral before = _sound(word);
        _assumeFundingKept(before, by);
        if (by == IReferralDeals.Funding.NONE) return;
        Referral later = before.enter(referralId, dealId, IReferralDeals.DealState.SETTLED, by);
        _assertSound(later);
        assert(before.state() == IReferralDeals.DealState.NONE);
        assert(later.state() == IReferralDeals.DealState.SETTLED);
        _assertDeal(later, dealId);
        assert(later.funding() == by);
        _assertFlagsKept(before, later);
    }

    /// @notice NONE -> LODGED, likewise.
    function lodge(uint256 word, bytes32 referralId, bytes32 dealId, IReferralDeals.Funding by) external pure {
        Referral before = _sound(word);
        _assumeFundingKept(before, by);
        Referral later = before.enter(referralId, dealId, IReferralDeals.DealState.LODGED, by);
        _assertSound(later);
        assert(before.state() == IReferralDeals.DealState.NONE);
        assert(later.state() == IReferralDeals.DealState.LODGED);
        _assertDeal(later, dealId);
        assert(later.funding() == by);
        _assertFlagsKept(before, later);
    }

    /// @notice LODGED -> SETTLED: the same deal, a funding once set is kept.
    function countersign(uint256 word, bytes32 referralId, bytes32 dealId, IReferralDeals.Funding by) external pure {
        Referral before = _sound(word);
        before.requireDeal(referralId, dealId, IReferralDeals.DealState.LODGED);
        _assumeFundingKept(before, by);
        if (by == IReferralDeals.Funding.NONE) return;
        Referral later = before.countersign(by);
        _assertSound(later);
        assert(before.state() == IReferralDeals.DealState.LODGED);
        assert(later.state() == IReferralDeals.DealState.SETTLED);
        _assertDeal(later, dealId);
        assert(later.funding() == by);
        _assertFlagsKept(before, later);
    }

    /// @notice LODGED -> DEFAULTED: all else is kept.
    function refundLodged(uint256 word, bytes32 referralId, bytes32 dealId) external pure {
        Referral before = _sound(word);
        before.requireDeal(referralId, dealId, IReferralDeals.DealState.LODGED);
        Referral later = before.defaulted();
        _assertSound(later);
        assert(before.state() == IReferralDeals.DealState.LODGED);
        assert(later.state() == IReferralDeals.DealState.DEFAULTED);
        _assertDeal(later, dealId);
        assert(later.funding() == before.funding());
        _assertFlagsKept(before, later);
    }

    /// @notice A promise leaves the deal alone, and is never unset.
    function withPromise(uint256 word, IReferralDeals.Funding by) external pure {
        Referral before = _sound(word);
        _assumeFundingKept(before, by);
        Referral later = before.withPromise(by);
        _assertSound(later);
        assert(later.promised());
        assert(later.state() == before.state());
        assert(later.closed() == before.closed());
        assert(later.funding() == by);
        assert((Referral.unwrap(later) ^ Referral.unwrap(before)) & DEAL_MASK == 0);
    }

    /// @notice A rebate is closed once, where it is, and nothing else changes.
    function close(uint256 word, bytes32 referralId, IReferralDeals.Funding expected) external pure {
        Referral before = _sound(word);
        Referral later = before.close(referralId, expected);
        _assertSound(later);
        assert(!before.closed() && later.closed());
        assert(before.funding() == expected && later.funding() == expected);
        assert(later.state() == before.state());
        assert(later.promised() == before.promised());
        assert((Referral.unwrap(later) ^ Referral.unwrap(before)) & DEAL_MASK == 0);
    }

    /// @notice What is closed cannot be closed again, whatever is expected.
    function closeTwice(
        uint256 word,
        bytes32 referralId,
        IReferralDeals.Funding first,
        IReferralDeals.Funding second
    ) external pure {
        _sound(word).close(referralId, first).close(referralId, second);
        assert(false);
    }

    /// @notice A deal that is not in the state asked for, or not this one, is refused.
    function requireDeal(
        uint256 word,
        bytes32 referralId,
        bytes32 dealId,
        IReferralDeals.DealState expected
    ) external pure {
        Referral referral = _sound(word);
        referral.requireDeal(referralId, dealId, expected);
        assert(referral.state() == expected);
        _assertDeal(referral, dealId);
    }

    /// @dev Nothing is known of an unsound word: the step ends here, without a claim.
    function _sound(uint256 word) private pure returns (Referral) {
        require(_isSound(word));
        return Referral.wrap(word);
    }

    /// @dev ReferralDeals hands on the funding it read; where there is none, it sets one or leaves it so.
    function _assumeFundingKept(Referral before, IReferralDeals.Funding by) private pure {
        require(before.funding() == IReferralDeals.Funding.NONE || before.funding() == by);
    }

    function _assertSound(Referral referral) private pure {
        assert(_isSound(Referral.unwrap(referral)));
    }

    function _assertDeal(Referral referral, bytes32 dealId) private pure {
        assert(Referral.unwrap(referral) & DEAL_MASK == uint256(dealId) & DEAL_MASK);
    }

    function _assertFlagsKept(Referral before, Referral later) private pure {
        assert(later.promised() == before.promised());
        assert(later.closed() == before.closed());
    }

    /// @dev The funding is one of three, and the bits without a meaning are clear.
    function _isSound(uint256 word) private pure returns (bool) {
        return (word >> 3) & 3 <= uint256(IReferralDeals.Funding.BOND) && word & UNUSED == 0;
    }
}
