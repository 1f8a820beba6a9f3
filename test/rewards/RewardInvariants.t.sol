// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";

import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {IChunkStore} from "../../contracts/utils/IChunkStore.sol";
import {Campaign} from "../helpers/Campaign.sol";
import {Deployed} from "../helpers/Deployed.sol";
import {RewardActors} from "./RewardActors.sol";
import {RewardModel} from "./actors/RewardModel.sol";

/// @notice The actors as a contract of this file: the runner only knows what stands beside its suites.
contract RewardHandler is RewardActors {
    constructor(
        IRewardPool pools_,
        ICommitteeRegistry registry,
        IChunkStore store
    ) RewardActors(pools_, registry, store) {}
}

/// @notice The invariants R1 to R6 of docs/invariants.md, whatever the actors do in whatever order.
contract RewardInvariants is Campaign {
    uint256 private constant USERS = 4;

    IRewardPool private _pools;
    RewardHandler private _handler;

    function setUp() public {
        vm.warp(2_000_000_000);
        ICommitteeRegistry registry = Deployed.committeeRegistry();
        IChunkStore store = Deployed.chunkStore();
        _pools = Deployed.rewardPool(registry, store);
        _handler = new RewardHandler(_pools, registry, store);
        _start(_handler, _actions());
    }

    /// @notice After each call: R1, and all the others for the pool that was acted on.
    function invariant_R1_R2_R3_R4_R5_R6() public view {
        _heldIsOwed(_handler, "R1");
        vm.assertEq(_handler.trespasses(), 0, "R4: a trespass went through");
        vm.assertEq(_handler.wrongTransfers(), 0, "R5: another amount");
        if (_handler.poolCount() > 0) _asTold(_handler.lastPool());
    }

    /// @notice After each run: every action once more, then every pool there is. Then every claim is paid, and nothing is left
    /// but what was given.
    function afterInvariant() public {
        _actOnceMore(_handler, block.timestamp);
        for (uint256 i = 0; i < _handler.poolCount(); ++i) _asTold(i);
        _handler.payAllClaims();
        vm.assertEq(_handler.wrongTransfers(), 0, "R5: another amount");
        for (uint256 i = 0; i < _handler.poolCount(); ++i) _asTold(i);
        _nothingIsLeft(_handler, "R1");
    }

    /// @notice Each action of the handler does its work, from nothing and again, in pools of any kind.
    function test_everyActionActs() public {
        _actInTurn(3);
    }

    /// @notice Each action does its work in pools of each mode and form.
    function test_everyActionActs_roster_root() public {
        _actOnly(0);
    }

    function test_everyActionActs_roster_bitmap() public {
        _actOnly(1);
    }

    function test_everyActionActs_verifier_root() public {
        _actOnly(2);
    }

    function test_everyActionActs_verifier_bitmap() public {
        _actOnly(3);
    }

    function test_everyActionActs_both_root() public {
        _actOnly(4);
    }

    function test_everyActionActs_both_bitmap() public {
        _actOnly(5);
    }

    function test_everyActionActs_indicator() public {
        _actOnly(6);
    }

    function _actOnly(uint256 kind) private {
        _handler.createOnly(kind);
        _actInTurn(3);
        for (uint256 i = 0; i < _handler.poolCount(); ++i) {
            IRewardPool.Pool memory pool = _pools.poolOf(_handler.poolAt(i).id);
            vm.assertEq(2 * uint256(pool.mode) + uint256(pool.form), kind, "a pool of another kind");
        }
    }

    function _actInTurn(uint256 rounds) private {
        for (uint256 round = 1; round <= rounds; ++round) {
            _actOnceMore(_handler, round);
            invariant_R1_R2_R3_R4_R5_R6();
        }
        afterInvariant();
    }

    /// @notice A pool and its users are what the model says.
    function _asTold(uint256 index) private view {
        RewardModel.PoolBook memory book = _handler.poolAt(index);
        IRewardPool.Pool memory pool = _pools.poolOf(book.id);
        uint256 units = pool.availableUnits;
        uint256 owed;
        for (uint256 i = 0; i < USERS; ++i) {
            RewardModel.UserBook memory user = _handler.userAt(index, i);
            IRewardPool.Member memory member = _pools.memberOf(book.id, user.userId);
            vm.assertEq(member.units, user.units, "R3: units");
            vm.assertEq(member.nextCycle, user.nextCycle, "R4: next cycle");
            vm.assertEq(member.account, user.account, "R6: account");
            vm.assertEq(member.owed, user.owed, "R5: owed");
            vm.assertEq(IERC1155(address(_pools)).balanceOf(user.account, uint256(book.id)), user.units, "R6: balance");
            units += member.units;
            owed += member.owed;
        }
        vm.assertEq(units, pool.totalUnits, "R2: available and held are not all");
        vm.assertEq(pool.totalUnits, book.total, "R2: total");
        vm.assertEq(pool.availableUnits, book.available, "R2: available");
        vm.assertEq(
            IERC1155(address(_pools)).balanceOf(address(_pools), uint256(book.id)),
            book.available,
            "R6: the pool's balance"
        );
        vm.assertEq(pool.deposited, book.deposited, "R5: deposited");
        vm.assertEq(pool.carry, book.carry, "R5: carry");
        vm.assertEq(owed + book.claimed, book.deposited, "R5: paid and owed are not what was deposited");
    }

    function _actions() private view returns (bytes4[] memory actions) {
        actions = new bytes4[](18);
        actions[0] = _handler.create.selector;
        actions[1] = _handler.bind.selector;
        actions[2] = _handler.rebind.selector;
        actions[3] = _handler.publish.selector;
        actions[4] = _handler.correct.selector;
        actions[5] = _handler.settle.selector;
        actions[6] = _handler.settleBatch.selector;
        actions[7] = _handler.report.selector;
        actions[8] = _handler.claim.selector;
        actions[9] = _handler.topUp.selector;
        actions[10] = _handler.raiseShare.selector;
        actions[11] = _handler.close.selector;
        actions[12] = _handler.trespass.selector;
        actions[13] = _handler.payShort.selector;
        actions[14] = _handler.refuse.selector;
        actions[15] = _handler.reenter.selector;
        actions[16] = _handler.donate.selector;
        actions[17] = _handler.wait.selector;
    }
}
