// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {StandardToken} from "../../contracts/mocks/tokens/StandardToken.sol";
import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {Construction} from "../helpers/Construction.sol";
import {RewardPapers} from "../helpers/RewardPapers.sol";
import {RewardReference} from "../helpers/RewardReference.sol";

/// @notice Calls out of constructors: whoever makes them has an address and no code.
contract ConstructionTest is RewardPapers, Construction {
    /// @notice A contract is a pool's operator from its first moment on, and nobody else is.
    function test_operator() public {
        address newborn = _next();
        bytes32 poolId = RewardReference.poolId(newborn, "salt");
        IRewardPool.PoolConfig memory config = _config();
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(IRewardPool.createPool, ("salt", config));
        calls[1] = abi.encodeCall(IRewardPool.topUp, (poolId, 7));
        _make(address(_pool), calls);
        IRewardPool.Pool memory pool = _pool.poolOf(poolId);
        vm.assertEq(pool.operator, newborn, "operator");
        vm.assertEq(pool.totalUnits, TOTAL + 7, "units");
    }

    /// @notice A registrar that is not there yet binds, and binds itself.
    function test_registrar() public {
        IRewardPool.PoolConfig memory config = _config();
        config.registrar = _next();
        _do(_create("of a newborn", config));
        bytes32 poolId = RewardReference.poolId(OPERATOR, "of a newborn");
        IRewardPool.UserAccount[] memory users = _users(0, 2);
        users[1].account = config.registrar;
        _make(address(_pool), _one(abi.encodeCall(IRewardPool.bind, (poolId, users, BIND_UNTIL, ""))));
        vm.assertEq(_pool.poolOf(poolId).userCount, 2, "bound");
        vm.assertEq(_pool.memberOf(poolId, _userId(1)).account, config.registrar, "itself");
    }

    /// @notice Settling and claiming are anybody's, also of one who is being made; a user who is has his units and his profit.
    function test_settleAndClaim() public {
        IRewardPool.UserAccount[] memory users = _users(USERS, 1);
        users[0].account = _next();
        _do(_bind(_rosterBits, users));
        IRewardPool.Roster memory roster = IRewardPool.Roster(0, USERS + 1, 1, 0, "", false);
        bytes32[] memory chunks = _chunks(16);
        _store.store(abi.encodePacked(uint8(16)));
        roster.contentHash = RewardReference.content(USERS + 1, chunks);
        _do(_publish(_rosterBits, 0, roster, chunks));
        _do(_settleAs(_rosterBits, users[0], 1));
        _do(_reportProfit(_rosterBits, 0, PROFIT));

        vm.warp(_finalFrom(1));
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(IRewardPool.settle, (_rosterBits, users[0].userId, users[0].account, 2));
        calls[1] = abi.encodeCall(IRewardPool.claim, (_rosterBits, users[0].userId));
        _make(address(_pool), calls);
        uint256 part = (uint256(PROFIT) * SHARE) / 1e18;
        vm.assertEq(StandardToken(_token).balanceOf(users[0].account), part * GRANT, "profit");
        vm.assertEq(_pool.memberOf(_rosterBits, users[0].userId).nextCycle, 2, "settled");
    }

    /// @notice What will be a wallet signs nothing before it has code: a rebinding that names it waits until it is made.
    function test_wallet() public {
        address newborn = _next();
        IRewardPool.UserAccount[] memory users = _users(USERS, 1);
        users[0].account = newborn;
        _do(_bind(_roster, users));
        (bytes32 digest, bytes32 byRegistrar) = RewardReference.rebindingDigests(
            _domain,
            _roster,
            users[0],
            _user(9).account,
            0,
            BIND_UNTIL
        );
        bytes memory signature = _signature(REGISTRAR_KEY, byRegistrar);
        bytes memory data = abi.encodeCall(
            IRewardPool.rebind,
            (_roster, users[0].userId, _user(9).account, BIND_UNTIL, "said yes", signature)
        );
        vm.expectRevert(abi.encodeWithSelector(IRewardPool.RewardPoolWrongSignature.selector, newborn, digest));
        _make(address(_pool), _one(data));
        _make(address(_pool), new bytes[](0));
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, ) = address(_pool).call(data);
        vm.assertTrue(success, "its word counts once it can be asked");
        vm.assertEq(_pool.memberOf(_roster, users[0].userId).account, _user(9).account, "moved");
    }

    /// @notice A token or an indicator must be there when the pool is made.
    function test_tokenAndIndicator() public {
        address newborn = _next();
        IRewardPool.PoolConfig memory config = _config();
        config.profitToken = newborn;
        bytes memory data = abi.encodeCall(IRewardPool.createPool, ("own token", config));
        vm.expectRevert(abi.encodeWithSelector(IRewardPool.RewardPoolWithoutCode.selector, newborn));
        _make(address(_pool), _one(data));
        config = _config(IRewardPool.Mode.INDICATOR, IRewardPool.Form.ROOT);
        config.indicator = newborn;
        data = abi.encodeCall(IRewardPool.createPool, ("own indicator", config));
        vm.expectRevert(
            abi.encodeWithSelector(
                IRewardPool.RewardPoolModeMismatch.selector,
                IRewardPool.Mode.INDICATOR,
                IRewardPool.Form.ROOT,
                0,
                newborn
            )
        );
        _make(address(_pool), _one(data));
    }
}
