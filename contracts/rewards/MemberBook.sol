// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "./IRewardPool.sol";
import {MemberWord, MemberWords} from "./MemberWord.sol";
import {PoolWord} from "./PoolWord.sol";
import {RewardHash} from "./RewardHash.sol";
import {UnitBook} from "./UnitBook.sol";

/// @title Binding user ids to accounts
abstract contract MemberBook is UnitBook {
    /// @inheritdoc IRewardPool
    function bind(bytes32 poolId, UserAccount[] calldata users, uint40 deadline, bytes calldata signature) external {
        PoolWord word = _requireOpen(poolId);
        PoolRecord storage record = _pools[poolId];
        // Check: deadlines.
        _requireBefore(deadline);
        uint32 firstCycle = word.endedAt(block.timestamp);
        require(record.endCycle == _NO_END, RewardPoolEnded(poolId, record.endCycle, firstCycle));
        // Check: signature.
        _requireRegistrar(poolId, RewardHash.bindings(poolId, users, deadline), signature);

        // Effect: bind each that can be. 2³² users are not bound.
        uint32 index = record.userCount;
        uint32 reportCount = word.reportCount();
        for (uint256 i = 0; i < users.length; ++i) {
            if (_bind(poolId, users[i], MemberWords.pack(index, firstCycle, reportCount))) ++index;
        }
        record.userCount = index;
    }

    /// @inheritdoc IRewardPool
    function rebind(
        bytes32 poolId,
        bytes32 userId,
        address newAccount,
        uint40 deadline,
        bytes calldata userSignature,
        bytes calldata registrarSignature
    ) external {
        _requirePool(poolId);
        // Check: deadline.
        _requireBefore(deadline);
        // Check: parties.
        Binding memory binding = _bindings[poolId][userId];
        address account = binding.account;
        require(account != address(0), RewardPoolNotBound(poolId, userId, account));
        require(newAccount != address(0) && newAccount != address(this), RewardPoolZeroUser(userId, newAccount));
        bytes32 taken = _userIds[poolId][newAccount];
        require(taken == 0, RewardPoolAccountTaken(poolId, newAccount, taken));
        // Check: signatures, the user's first.
        RewardHash.Rebinding memory rebinding = RewardHash.Rebinding({
            poolId: poolId,
            userId: userId,
            account: account,
            newAccount: newAccount,
            nonce: binding.nonce,
            deadline: deadline
        });
        bytes32 endorsement = _hashTypedDataV4(RewardHash.userRebinding(rebinding));
        _requireSignature(account, endorsement, userSignature);
        _requireRegistrar(poolId, RewardHash.registrarRebinding(rebinding, endorsement), registrarSignature);

        // Effect: the user's word moves; the nonce ends both signatures.
        _bindings[poolId][userId] = Binding({account: newAccount, nonce: binding.nonce + 1});
        _move(rebinding);
    }

    /// @inheritdoc IRewardPool
    function userIdOf(bytes32 poolId, address account) external view returns (bytes32) {
        return _userIds[poolId][account];
    }

    /// @dev Binds a user, or names it as left out.
    function _bind(bytes32 poolId, UserAccount calldata user, MemberWord word) private returns (bool bound) {
        bytes32 userId = user.userId;
        address account = user.account;
        address boundAccount = _bindings[poolId][userId].account;
        bound =
            userId != 0 &&
            account != address(0) &&
            account != address(this) &&
            boundAccount == address(0) &&
            _userIds[poolId][account] == 0;
        if (!bound) {
            emit NotBound(poolId, userId, account, boundAccount);
            return false;
        }
        _bindings[poolId][userId].account = account;
        _userIds[poolId][account] = userId;
        _recordOf(poolId, userId, account).word = word;
        emit Bound(poolId, userId, account, word.index(), word.nextCycle());
    }

    /// @dev Moves a user's word, and with it units and profit owed, from one account to the other.
    function _move(RewardHash.Rebinding memory rebinding) private {
        bytes32 poolId = rebinding.poolId;
        bytes32 userId = rebinding.userId;
        address account = rebinding.account;
        address newAccount = rebinding.newAccount;
        MemberRecord storage record = _recordOf(poolId, userId, account);
        MemberWord word = record.word;
        record.word = MemberWord.wrap(0);
        _recordOf(poolId, userId, newAccount).word = word;
        delete _userIds[poolId][account];
        _userIds[poolId][newAccount] = userId;
        emit Rebound(poolId, userId, account, newAccount, rebinding.nonce);
        if (word.units() != 0) _logTransfer(poolId, account, newAccount, word.units());
    }
}
