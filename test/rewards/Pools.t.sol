// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {RewardPapers} from "../helpers/RewardPapers.sol";

/// @notice What pools are after they were made, changed and closed.
contract PoolsTest is RewardPapers {
    /// @notice Of each mode and form.
    function test_poolOf() public view {
        bytes32[7] memory pools = [_roster, _rosterBits, _verdict, _verdictBits, _both, _bothBits, _usage];
        for (uint256 i = 0; i < pools.length; ++i) {
            IRewardPool.PoolConfig memory config = _config(IRewardPool.Mode(i / 2), IRewardPool.Form(i % 2));
            _is(pools[i], _expected(config), "a new pool");
        }
    }

    function test_changes() public {
        IRewardPool.Pool memory expected = _expected(_config());

        _do(_topUp(_roster, 5));
        (expected.totalUnits, expected.availableUnits) = (TOTAL + 5, TOTAL + 5);
        _is(_roster, expected, "topped up");
        _do(_raiseShare(_roster, SHARE + 1));
        expected.share = SHARE + 1;
        _is(_roster, expected, "the share raised");
        _do(_announceEnd(_roster));
        expected.endCycle = 1;
        _is(_roster, expected, "the end announced");
        _do(_reportProfit(_roster, 0, PROFIT));
        expected.reportCount = 1;
        _is(_roster, expected, "the profit reported, of which nobody has a part");
        _do(_closePool(_roster));
        expected.closed = true;
        _is(_roster, expected, "closed");
    }

    /// @notice Before the start, the first cycle is the present one.
    function test_announceEnd_beforeStart() public {
        _do(_at(_announceEnd(_roster), NOW));
        vm.assertEq(_pool.poolOf(_roster).endCycle, 1, "endCycle");
    }

    function test_changeVerifier() public {
        IRewardPool.Pool memory expected = _expected(_config(IRewardPool.Mode.BOTH, IRewardPool.Form.ROOT));
        bytes32 third = "third";

        _do(_changeVerifier(_both, _nextVerifier));
        (expected.nextVerifier, expected.nextVerifierFrom) = (_nextVerifier, uint40(NOW) + DELAY);
        _is(_both, expected, "announced");
        vm.warp(NOW + DELAY - 1);
        _is(_both, expected, "the last moment of the one before");
        _do(_at(_changeVerifier(_both, third), NOW + DELAY - 1));
        (expected.nextVerifier, expected.nextVerifierFrom) = (third, uint40(NOW) + 2 * DELAY - 1);
        _is(_both, expected, "another announced instead");
        vm.warp(NOW + 2 * DELAY - 1);
        (expected.verifier, expected.nextVerifier, expected.nextVerifierFrom) = (third, 0, 0);
        _is(_both, expected, "taken over");
        _do(_at(_changeVerifier(_both, _verifier), NOW + 2 * DELAY));
        (expected.nextVerifier, expected.nextVerifierFrom) = (_verifier, uint40(NOW) + 3 * DELAY);
        _is(_both, expected, "announced, and the one that took over stays");
    }

    /// @notice Units are balances of accounts; what can be granted is the pool's own.
    function test_balances() public {
        _do(_publishBits(_rosterBits, 0, 1));
        _do(_settle(_rosterBits, 0, 1));
        IERC1155 units = IERC1155(address(_pool));
        address[] memory accounts = new address[](3);
        (accounts[0], accounts[1], accounts[2]) = (_user(0).account, _user(1).account, address(_pool));
        uint256[] memory ids = new uint256[](3);
        (ids[0], ids[1], ids[2]) = (uint256(_rosterBits), uint256(_rosterBits), uint256(_rosterBits));

        uint256[] memory balances = units.balanceOfBatch(accounts, ids);
        vm.assertEq(balances.length, 3, "as many as asked");
        vm.assertEq(balances[0], GRANT, "who was granted");
        vm.assertEq(balances[1], 0, "who was not");
        vm.assertEq(balances[2], TOTAL - GRANT, "the pool");
        vm.assertEq(units.balanceOf(accounts[0], uint256(_roster)), 0, "of another pool");
        vm.assertEq(units.balanceOf(ANYBODY, ids[0]), 0, "who is not bound");
        vm.assertFalse(units.isApprovedForAll(accounts[0], ANYBODY), "nobody moves them");
    }

    function test_supportsInterface() public view {
        IERC165 pool = IERC165(address(_pool));
        vm.assertTrue(pool.supportsInterface(type(IERC1155).interfaceId), "ERC-1155");
        vm.assertTrue(pool.supportsInterface(type(IERC165).interfaceId), "ERC-165");
        vm.assertFalse(pool.supportsInterface(0xffffffff), "none");
    }

    /// @dev A pool with four users, as it was made.
    function _expected(IRewardPool.PoolConfig memory config) private pure returns (IRewardPool.Pool memory pool) {
        bool reads = config.mode == IRewardPool.Mode.INDICATOR;
        pool.mode = config.mode;
        pool.form = config.form;
        pool.totalUnits = TOTAL;
        pool.availableUnits = TOTAL;
        pool.grant = GRANT;
        pool.start = START;
        pool.cycleLength = CYCLE;
        pool.publishWindow = PUBLISH;
        pool.disputeWindow = DISPUTE;
        pool.actionWindow = ACTION;
        pool.endCycle = NO_END;
        pool.userCount = USERS;
        pool.operator = OPERATOR;
        pool.registrar = config.registrar;
        pool.profitToken = config.profitToken;
        pool.share = SHARE;
        pool.verifier = config.verifier;
        pool.verifierDelay = DELAY;
        pool.indicator = config.indicator;
        pool.threshold = reads ? THRESHOLD : 0;
    }

    function _is(bytes32 poolId, IRewardPool.Pool memory expected, string memory what) private view {
        vm.assertEq(abi.encode(_pool.poolOf(poolId)), abi.encode(expected), what);
    }
}
