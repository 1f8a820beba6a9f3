// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {Call} from "../helpers/Failures.sol";
import {RewardPapers} from "../helpers/RewardPapers.sol";
import {RewardReference} from "../helpers/RewardReference.sol";

/// @notice The table of failures of binding and rebinding.
contract MemberFailuresTest is RewardPapers {
    /// @dev All that a rebinding of user 0 is made of.
    struct Papers {
        IRewardPool.UserAccount user;
        address newAccount;
        uint40 deadline;
        uint32 nonce;
        uint256 userKey;
        uint256 registrarKey;
    }

    uint40 private constant DEADLINE = uint40(NOW + 1 days);
    uint256 private constant NEW_USER = 7;

    function test_bind() public {
        IRewardPool.UserAccount[] memory users = _users(USERS, 2);
        Call memory honest = _bind(_roster, users);

        _row("by the operator", honest, _by(honest, OPERATOR), _notRegistrar(OPERATOR));
        _row(
            "at the deadline",
            honest,
            _at(honest, BIND_UNTIL),
            abi.encodeWithSelector(IRewardPool.RewardPoolTooLate.selector, BIND_UNTIL, BIND_UNTIL)
        );
        Call memory inFirstCycle = _at(honest, START);
        _rowAfter(
            "the end was announced",
            inFirstCycle,
            _announceEnd(_roster),
            abi.encodeWithSelector(IRewardPool.RewardPoolEnded.selector, _roster, 1, 0)
        );
    }

    function test_bind_signed() public {
        IRewardPool.UserAccount[] memory users = _users(USERS, 2);
        bytes32 digest = RewardReference.bindingsDigest(_domain, _roster, users, BIND_UNTIL);
        Call memory honest = _bindSigned(_roster, users, _signature(REGISTRAR_KEY, digest));

        _row("not signed", honest, _bindSigned(_roster, users, ""), _notRegistrar(ANYBODY));
        bytes memory expected = _wrongSignature(_registrar, digest);
        _row("signed by a user", honest, _bindSigned(_roster, users, _signature(USER_KEY, digest)), expected);
        users = _users(USERS, 1);
        expected = _wrongSignature(_registrar, RewardReference.bindingsDigest(_domain, _roster, users, BIND_UNTIL));
        _row("of other users", honest, _bindSigned(_roster, users, _signature(REGISTRAR_KEY, digest)), expected);
        users = _users(USERS, 2);
        expected = _wrongSignature(_registrar, RewardReference.bindingsDigest(_domain, _both, users, BIND_UNTIL));
        _row("of another pool", honest, _of(honest, _both), expected);
    }

    function test_rebind() public {
        Papers memory p = _papers();
        Call memory honest = _rebind(p);

        _row("no such pool", honest, _of(honest, NOWHERE), _unknown(NOWHERE));
        _row(
            "at the deadline",
            honest,
            _at(honest, DEADLINE),
            abi.encodeWithSelector(IRewardPool.RewardPoolTooLate.selector, DEADLINE, DEADLINE)
        );
        p.user = _user(USERS);
        bytes memory expected = abi.encodeWithSelector(
            IRewardPool.RewardPoolNotBound.selector,
            _roster,
            p.user.userId,
            address(0)
        );
        _row("nobody is bound", honest, _rebind(p), expected);
    }

    function test_rebind_account() public {
        Papers memory p = _papers();
        Call memory honest = _rebind(p);

        p.newAccount = address(0);
        _row("to nobody", honest, _rebind(p), _zeroUser(p));
        p.newAccount = address(_pool);
        _row("to the pool", honest, _rebind(p), _zeroUser(p));
        p.newAccount = _user(1).account;
        _row("to another user's account", honest, _rebind(p), _taken(p.newAccount, _userId(1)));
        p.newAccount = p.user.account;
        _row("to the same account", honest, _rebind(p), _taken(p.newAccount, _userId(0)));
    }

    function test_rebind_signatures() public {
        Papers memory p = _papers();
        Call memory honest = _rebind(p);
        (bytes32 user, bytes32 registrar) = _digests(p);

        p.userKey = REGISTRAR_KEY;
        _row("the user's by another", honest, _rebind(p), _wrongSignature(p.user.account, user));
        p = _papers();
        p.registrarKey = USER_KEY;
        _row("the registrar's by another", honest, _rebind(p), _wrongSignature(_registrar, registrar));
        p.registrarKey = 0;
        _row("the registrar's missing", honest, _rebind(p), _notRegistrar(ANYBODY));
        p = _papers();
        p.nonce = 1;
        _row("for another time", honest, _rebind(p), _wrongSignature(p.user.account, user));
    }

    /// @notice Both signatures serve once: back on the first account, they move nobody any more.
    function test_rebind_replay() public {
        Papers memory first = _papers();
        _do(_rebind(first));
        Papers memory back = _papers();
        back.user.account = first.newAccount;
        back.newAccount = first.user.account;
        back.nonce = 1;
        back.userKey = USER_KEY + NEW_USER;
        _do(_rebind(back));
        Papers memory again = _papers();
        again.nonce = 2;

        (bytes32 asked, ) = _digests(again);
        _row("signed for the first time", _rebind(again), _rebind(first), _wrongSignature(first.user.account, asked));
    }

    /// @notice The registrar may call instead of signing.
    function test_rebind_byRegistrar() public {
        Papers memory p = _papers();
        p.registrarKey = 0;
        Call memory honest = _by(_rebind(p), _registrar);
        _row("by the operator", honest, _by(honest, OPERATOR), _notRegistrar(OPERATOR));
    }

    // ── Papers ──

    function _papers() private pure returns (Papers memory) {
        return Papers(_user(0), vm.addr(USER_KEY + NEW_USER), DEADLINE, 0, USER_KEY, REGISTRAR_KEY);
    }

    function _digests(Papers memory p) private view returns (bytes32 user, bytes32 registrar) {
        return RewardReference.rebindingDigests(_domain, _roster, p.user, p.newAccount, p.nonce, p.deadline);
    }

    /// @dev Without the registrar's signature where its key is zero.
    function _rebind(Papers memory p) private view returns (Call memory) {
        (bytes32 user, bytes32 registrar) = _digests(p);
        bytes memory consent = p.registrarKey == 0 ? bytes("") : _signature(p.registrarKey, registrar);
        bytes memory endorsement = _signature(p.userKey, user);
        bytes memory data = abi.encodeCall(
            IRewardPool.rebind,
            (_roster, p.user.userId, p.newAccount, p.deadline, endorsement, consent)
        );
        return _call(NOW, data);
    }

    // ── Refusals ──

    function _unknown(bytes32 poolId) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolUnknown.selector, poolId);
    }

    function _notRegistrar(address caller) private view returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolNotRegistrar.selector, _registrar, caller);
    }

    function _wrongSignature(address account, bytes32 digest) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolWrongSignature.selector, account, digest);
    }

    function _zeroUser(Papers memory p) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolZeroUser.selector, p.user.userId, p.newAccount);
    }

    function _taken(address account, bytes32 userId) private view returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolAccountTaken.selector, _roster, account, userId);
    }
}
