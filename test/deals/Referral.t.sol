// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {Referral} from "../../contracts/deals/Referral.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice The packed word from outside, so that its refusals can be caught.
contract ReferralHarness {
    function requireState(Referral self, bytes32 id, IReferralDeals.DealState expected) external pure {
        self.requireState(id, expected);
    }

    function requireDeal(Referral self, bytes32 id, bytes32 dealId, IReferralDeals.DealState expected) external pure {
        self.requireDeal(id, dealId, expected);
    }

    function enter(
        Referral self,
        bytes32 id,
        bytes32 dealId,
        IReferralDeals.DealState to,
        IReferralDeals.Funding by
    ) external pure returns (Referral) {
        return self.enter(id, dealId, to, by);
    }

    function close(Referral self, bytes32 id, IReferralDeals.Funding expected) external pure returns (Referral) {
        return self.close(id, expected);
    }
}

/// @notice Holds the packed word against a plain struct, over every state and every operation (invariant D9).
contract ReferralTest is TestBase {
    struct Plain {
        IReferralDeals.DealState state;
        bool promised;
        IReferralDeals.Funding funding;
        bool closed;
        bytes32 dealId;
    }

    bytes32 private constant ID = keccak256("referral");
    bytes32 private constant DEAL = keccak256("deal");
    bytes32 private constant OTHER = keccak256("other");

    ReferralHarness private _harness = new ReferralHarness();

    /// @notice D9: what is packed comes out again, and the sixteen lowest bits of the deal's id are all that is lost.
    function testFuzz_packs(uint8 state, bool promised, uint8 funding, bool closed, bytes32 dealId) public pure {
        Plain memory plain = Plain({
            state: IReferralDeals.DealState(state % 4),
            promised: promised,
            funding: IReferralDeals.Funding(funding % 3),
            closed: closed,
            dealId: dealId
        });
        _same(_pack(plain), plain);
    }

    /// @notice D9: every operation, from every state there is: 48 states by 4 + 8 + 6 + 3 + 1 + 3 + 2 calls.
    function test_matrix() public view {
        uint256 cells;
        for (uint256 i = 0; i < 48; ++i) {
            Plain memory from = _state(i);
            cells += _requireState(from) + _requireDeal(from) + _enter(from) + _countersign(from);
            cells += _defaulted(from) + _withPromise(from) + _close(from);
        }
        vm.assertEq(cells, 48 * 27, "cells");
    }

    function _requireState(Plain memory from) private view returns (uint256) {
        for (uint8 i = 0; i < 4; ++i) {
            IReferralDeals.DealState expected = IReferralDeals.DealState(i);
            try _harness.requireState(_pack(from), ID, expected) {
                vm.assertTrue(from.state == expected, "requireState passed");
            } catch (bytes memory reason) {
                _reverted(
                    reason,
                    from.state != expected,
                    abi.encodeWithSelector(IReferralDeals.DealsWrongState.selector, ID, expected, from.state)
                );
            }
        }
        return 4;
    }

    function _requireDeal(Plain memory from) private view returns (uint256) {
        for (uint8 i = 0; i < 8; ++i) {
            IReferralDeals.DealState expected = IReferralDeals.DealState(i % 4);
            bytes32 dealId = i < 4 ? DEAL : OTHER;
            try _harness.requireDeal(_pack(from), ID, dealId, expected) {
                vm.assertTrue(from.state == expected && dealId == from.dealId, "requireDeal passed");
            } catch (bytes memory reason) {
                bytes memory wrongState = abi.encodeWithSelector(
                    IReferralDeals.DealsWrongState.selector,
                    ID,
                    expected,
                    from.state
                );
                bytes memory otherDeal = abi.encodeWithSelector(IReferralDeals.DealsOtherDeal.selector, ID, dealId);
                bool refuses = from.state != expected || dealId != from.dealId;
                _reverted(reason, refuses, from.state != expected ? wrongState : otherDeal);
            }
        }
        return 8;
    }

    function _enter(Plain memory from) private view returns (uint256) {
        for (uint8 i = 0; i < 6; ++i) {
            IReferralDeals.DealState to =
                i % 2 == 0 ? IReferralDeals.DealState.SETTLED : IReferralDeals.DealState.LODGED;
            IReferralDeals.Funding by = IReferralDeals.Funding(i / 2);
            try _harness.enter(_pack(from), ID, OTHER, to, by) returns (Referral result) {
                vm.assertTrue(from.state == IReferralDeals.DealState.NONE, "enter passed");
                _same(
                    result,
                    Plain({state: to, promised: from.promised, funding: by, closed: from.closed, dealId: OTHER})
                );
            } catch (bytes memory reason) {
                _reverted(
                    reason,
                    from.state != IReferralDeals.DealState.NONE,
                    abi.encodeWithSelector(
                        IReferralDeals.DealsWrongState.selector,
                        ID,
                        IReferralDeals.DealState.NONE,
                        from.state
                    )
                );
            }
        }
        return 6;
    }

    function _countersign(Plain memory from) private pure returns (uint256) {
        for (uint8 i = 0; i < 3; ++i) {
            Plain memory expected = _copy(from);
            expected.state = IReferralDeals.DealState.SETTLED;
            expected.funding = IReferralDeals.Funding(i);
            _same(_pack(from).countersign(expected.funding), expected);
        }
        return 3;
    }

    function _defaulted(Plain memory from) private pure returns (uint256) {
        Plain memory expected = _copy(from);
        expected.state = IReferralDeals.DealState.DEFAULTED;
        _same(_pack(from).defaulted(), expected);
        return 1;
    }

    function _withPromise(Plain memory from) private pure returns (uint256) {
        for (uint8 i = 0; i < 3; ++i) {
            Plain memory expected = _copy(from);
            expected.promised = true;
            expected.funding = IReferralDeals.Funding(i);
            _same(_pack(from).withPromise(expected.funding), expected);
        }
        return 3;
    }

    function _close(Plain memory from) private view returns (uint256) {
        for (uint8 i = 1; i < 3; ++i) {
            IReferralDeals.Funding expected = IReferralDeals.Funding(i);
            try _harness.close(_pack(from), ID, expected) returns (Referral result) {
                vm.assertTrue(from.funding == expected && !from.closed, "close passed");
                Plain memory after_ = _copy(from);
                after_.closed = true;
                _same(result, after_);
            } catch (bytes memory reason) {
                bytes memory nothingHeld = abi.encodeWithSelector(
                    IReferralDeals.DealsNothingHeld.selector,
                    ID,
                    expected,
                    from.funding
                );
                bytes memory closed = abi.encodeWithSelector(IReferralDeals.DealsRebateClosed.selector, ID);
                bool refuses = from.funding != expected || from.closed;
                _reverted(reason, refuses, from.funding != expected ? nothingHeld : closed);
            }
        }
        return 2;
    }

    function _reverted(bytes memory reason, bool refuses, bytes memory expected) private pure {
        vm.assertTrue(refuses, "refused what the plain struct allows");
        vm.assertEq(keccak256(reason), keccak256(expected), "another error");
    }

    /// @dev The layout as {Referral} describes it, with shifts instead of masks.
    function _pack(Plain memory plain) private pure returns (Referral) {
        uint256 word = uint256(plain.dealId) >> 16;
        word = ((word << 10) << 1) | (plain.closed ? 1 : 0);
        word = (word << 2) | uint256(plain.funding);
        word = (word << 1) | (plain.promised ? 1 : 0);
        return Referral.wrap((word << 2) | uint256(plain.state));
    }

    function _same(Referral actual, Plain memory expected) private pure {
        vm.assertEq(uint256(actual.state()), uint256(expected.state), "state");
        vm.assertTrue(actual.promised() == expected.promised, "promised");
        vm.assertEq(uint256(actual.funding()), uint256(expected.funding), "funding");
        vm.assertTrue(actual.closed() == expected.closed, "closed");
        vm.assertEq(Referral.unwrap(actual), Referral.unwrap(_pack(expected)), "the whole word");
    }

    function _copy(Plain memory from) private pure returns (Plain memory) {
        return
            Plain({
                state: from.state,
                promised: from.promised,
                funding: from.funding,
                closed: from.closed,
                dealId: from.dealId
            });
    }

    /// @dev All 4 * 2 * 3 * 2 states.
    function _state(uint256 i) private pure returns (Plain memory) {
        return
            Plain({
                state: IReferralDeals.DealState(i % 4),
                promised: (i / 4) % 2 == 1,
                funding: IReferralDeals.Funding((i / 8) % 3),
                closed: i / 24 == 1,
                dealId: DEAL
            });
    }
}
