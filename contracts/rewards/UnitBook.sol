// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {MemberWord} from "./MemberWord.sol";
import {PoolBase} from "./PoolBase.sol";
import {RewardHash} from "./RewardHash.sol";

/// @title Who holds which units, readable as ERC-1155 balances that their holders cannot move
abstract contract UnitBook is PoolBase, IERC1155 {
    /// @dev Whom a user id is bound to.
    struct Binding {
        address account;
        uint32 nonce;
    }

    /// @dev A struct, so that where it stands is computed once and passed on.
    struct MemberRecord {
        MemberWord word;
    }

    mapping(bytes32 poolId => mapping(bytes32 userId => Binding binding)) internal _bindings;
    mapping(bytes32 poolId => mapping(address account => bytes32 userId)) internal _userIds;
    /// @dev A word is there exactly for a bound pair of user id and account, so that settling reads one slot.
    mapping(bytes32 memberKey => MemberRecord record) private _members;

    /// @notice Units of the account in the pool of which `id` is the number; what the pool can grant, for this contract.
    function balanceOf(address account, uint256 id) public view returns (uint256) {
        bytes32 poolId = bytes32(id);
        if (account == address(this)) return _pools[poolId].word.available();
        return _recordOf(poolId, _userIds[poolId][account], account).word.units();
    }

    /// @inheritdoc IERC1155
    function balanceOfBatch(
        address[] calldata accounts,
        uint256[] calldata ids
    ) external view returns (uint256[] memory balances) {
        require(accounts.length == ids.length, RewardPoolLengthMismatch(accounts.length, ids.length));
        balances = new uint256[](accounts.length);
        for (uint256 i = 0; i < accounts.length; ++i) balances[i] = balanceOf(accounts[i], ids[i]);
    }

    /// @notice Always refuses: units move between pool and user only.
    function safeTransferFrom(address from, address to, uint256 id, uint256, bytes calldata) external pure {
        revert RewardPoolNotTransferable(id, from, to);
    }

    /// @notice Always refuses: units move between pool and user only.
    function safeBatchTransferFrom(
        address from,
        address to,
        uint256[] calldata ids,
        uint256[] calldata,
        bytes calldata
    ) external pure {
        revert RewardPoolNotTransferable(ids.length == 0 ? 0 : ids[0], from, to);
    }

    /// @notice Always refuses: there is nothing that an operator could move.
    function setApprovalForAll(address operator, bool) external view {
        revert RewardPoolNotTransferable(0, msg.sender, operator);
    }

    /// @notice Always false.
    function isApprovedForAll(address, address) external pure returns (bool) {
        return false;
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(IERC1155).interfaceId || interfaceId == type(IERC165).interfaceId;
    }

    /// @dev Where a bound user's word stands.
    function _recordOf(
        bytes32 poolId,
        bytes32 userId,
        address account
    ) internal view returns (MemberRecord storage record) {
        return _members[RewardHash.member(poolId, userId, account)];
    }

    function _logTransfer(bytes32 poolId, address from, address to, uint256 units) internal {
        emit TransferSingle(msg.sender, from, to, uint256(poolId), units);
    }
}
