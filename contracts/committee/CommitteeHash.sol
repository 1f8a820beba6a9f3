// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICommitteeRegistry} from "./ICommitteeRegistry.sol";

/// @title Type strings, type hashes and struct hashes of what committees sign about themselves
library CommitteeHash {
    bytes32 internal constant COMMITTEE_TYPEHASH = keccak256("Committee(address creator,bytes32 salt)");
    bytes32 internal constant GROUP_KEY_CONFIRMATION_TYPEHASH = keccak256(
        "GroupKeyConfirmation(bytes32 committeeId,uint32 epoch,uint256 groupKeyX,uint256 groupKeyY)"
    );
    bytes32 internal constant MEMBER_APPROVAL_TYPEHASH = keccak256("MemberApproval(address member,bytes32 digest)");
    bytes32 internal constant RETIREMENT_TYPEHASH = keccak256(
        "Retirement(bytes32 committeeId,uint32 currentEpoch,uint32 epoch)"
    );
    bytes32 internal constant ROTATION_TYPEHASH = keccak256(
        "Rotation(bytes32 committeeId,uint32 currentEpoch,address[] members,uint8 threshold,uint256 groupKeyX,uint256 groupKeyY,uint40 graceUntil)"
    );

    /// @notice A committee's id.
    function committee(address creator, bytes32 salt) internal pure returns (bytes32) {
        return keccak256(abi.encode(COMMITTEE_TYPEHASH, creator, salt));
    }

    function groupKeyConfirmation(
        bytes32 committeeId,
        uint32 epoch,
        ICommitteeRegistry.GroupKey calldata groupKey
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(GROUP_KEY_CONFIRMATION_TYPEHASH, committeeId, epoch, groupKey.x, groupKey.y));
    }

    function memberApproval(address member, bytes32 digest) internal pure returns (bytes32) {
        return keccak256(abi.encode(MEMBER_APPROVAL_TYPEHASH, member, digest));
    }

    function retirement(bytes32 committeeId, uint32 currentEpoch, uint32 epoch) internal pure returns (bytes32) {
        return keccak256(abi.encode(RETIREMENT_TYPEHASH, committeeId, currentEpoch, epoch));
    }

    function rotation(
        bytes32 committeeId,
        uint32 currentEpoch,
        ICommitteeRegistry.EpochConfig calldata config,
        uint40 graceUntil
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    ROTATION_TYPEHASH,
                    committeeId,
                    currentEpoch,
                    // An array of addresses is hashed as its elements, each padded to 32 bytes, which is how calldata holds it.
                    keccak256(abi.encodePacked(config.members)),
                    config.threshold,
                    config.groupKey.x,
                    config.groupKey.y,
                    graceUntil
                )
            );
    }
}
