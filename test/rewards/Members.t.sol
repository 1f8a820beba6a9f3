// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";

import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {Call} from "../helpers/Failures.sol";
import {RewardPapers} from "../helpers/RewardPapers.sol";
import {RewardReference} from "../helpers/RewardReference.sol";

/// @notice Who is bound to what.
contract MembersTest is RewardPapers {
    function test_memberOf() public view {
        for (uint256 i = 0; i < USERS; ++i) {
            _is(_roster, i, IRewardPool.Member(_user(i).account, uint32(i), 0, 0, 0, 0), "bound");
            vm.assertEq(_pool.userIdOf(_roster, _user(i).account), _userId(i), "userIdOf");
        }
        _is(_roster, USERS, IRewardPool.Member(address(0), 0, 0, 0, 0, 0), "not bound");
        vm.assertEq(_pool.userIdOf(_roster, _user(USERS).account), bytes32(0), "nobody's");
    }

    /// @notice Whoever is bound later begins with the cycle that runs.
    function test_bind_later() public {
        IRewardPool.UserAccount[] memory users = _users(USERS, 1);
        bytes32 digest = RewardReference.bindingsDigest(_domain, _roster, users, BIND_UNTIL);
        vm.expectEmit();
        emit IRewardPool.Bound(_roster, users[0].userId, users[0].account, USERS, 1);
        _do(_at(_bindSigned(_roster, users, _signature(REGISTRAR_KEY, digest)), _endOf(0)));
        _is(_roster, USERS, IRewardPool.Member(users[0].account, USERS, 0, 1, 0, 0), "bound in cycle 1");
    }

    /// @notice What cannot be bound is left out, and the rest is bound.
    function test_bind_leftOut() public {
        IRewardPool.UserAccount[] memory users = new IRewardPool.UserAccount[](7);
        users[0] = IRewardPool.UserAccount(0, _user(8).account);
        users[1] = IRewardPool.UserAccount(_userId(8), address(0));
        users[2] = IRewardPool.UserAccount(_userId(8), address(_pool));
        users[3] = IRewardPool.UserAccount(_userId(0), _user(8).account);
        users[4] = IRewardPool.UserAccount(_userId(8), _user(0).account);
        users[5] = _user(8);
        users[6] = _user(8);
        for (uint256 i = 0; i < 7; ++i) {
            address bound =
                i == 3
                    ? _user(0).account
                    : i == 6
                        ? _user(8).account
                        : address(0);
            vm.expectEmit();
            if (i == 5) emit IRewardPool.Bound(_roster, _userId(8), _user(8).account, USERS, 0);
            else emit IRewardPool.NotBound(_roster, users[i].userId, users[i].account, bound);
        }
        _do(_bind(_roster, users));
        vm.assertEq(_pool.poolOf(_roster).userCount, USERS + 1, "one more");
        _is(_roster, 8, IRewardPool.Member(_user(8).account, USERS, 0, 0, 0, 0), "the one that can be");
    }

    /// @notice Units and profit owed go with the user id, and the old account is free.
    function test_rebind() public {
        _do(_publishBits(_rosterBits, 0, 1));
        _do(_settle(_rosterBits, 0, 1));
        _do(_reportProfit(_rosterBits, 0, 1e18));
        address newAccount = _user(9).account;
        IERC1155 units = IERC1155(address(_pool));

        vm.expectEmit();
        emit IRewardPool.Rebound(_rosterBits, _userId(0), _user(0).account, newAccount, 0);
        vm.expectEmit();
        emit IERC1155.TransferSingle(ANYBODY, _user(0).account, newAccount, uint256(_rosterBits), GRANT);
        _do(_rebind(newAccount));

        _is(_rosterBits, 0, IRewardPool.Member(newAccount, 0, 1, 1, GRANT, GRANT * SHARE), "moved");
        vm.assertEq(units.balanceOf(newAccount, uint256(_rosterBits)), GRANT, "the units");
        vm.assertEq(units.balanceOf(_user(0).account, uint256(_rosterBits)), 0, "no units are left");
        vm.assertEq(_pool.userIdOf(_rosterBits, newAccount), _userId(0), "the new account is bound");
        vm.assertEq(_pool.userIdOf(_rosterBits, _user(0).account), bytes32(0), "the old one is not");
    }

    /// @notice A closed pool's users change accounts all the same, as profit is owed to them.
    function test_rebind_closed() public {
        _do(_announceEnd(_rosterBits));
        _do(_reportProfit(_rosterBits, 0, PROFIT));
        _do(_closePool(_rosterBits));
        _do(_rebind(_user(9).account));
        _is(_rosterBits, 0, IRewardPool.Member(_user(9).account, 0, 1, 0, 0, 0), "without units");
    }

    /// @dev Of user 0, for the first time.
    function _rebind(address newAccount) private view returns (Call memory) {
        (bytes32 user, bytes32 registrar) = RewardReference.rebindingDigests(
            _domain,
            _rosterBits,
            _user(0),
            newAccount,
            0,
            type(uint40).max
        );
        bytes memory data = abi.encodeCall(
            IRewardPool.rebind,
            (
                _rosterBits,
                _userId(0),
                newAccount,
                type(uint40).max,
                _signature(USER_KEY, user),
                _signature(REGISTRAR_KEY, registrar)
            )
        );
        return _call(_finalFrom(0), data);
    }

    function _is(bytes32 poolId, uint256 user, IRewardPool.Member memory expected, string memory what) private view {
        vm.assertEq(abi.encode(_pool.memberOf(poolId, _userId(user))), abi.encode(expected), what);
    }
}
