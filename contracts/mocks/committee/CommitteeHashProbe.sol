// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CommitteeHash} from "../../committee/CommitteeHash.sol";
import {ICommitteeRegistry} from "../../committee/ICommitteeRegistry.sol";

/// @title Shows the committees' hash library to tests
contract CommitteeHashProbe {
    /// @notice The type hashes, in the alphabetical order of their types' names.
    function typeHashes() external pure returns (bytes32[5] memory) {
        return
            [
                CommitteeHash.COMMITTEE_TYPEHASH,
                CommitteeHash.GROUP_KEY_CONFIRMATION_TYPEHASH,
                CommitteeHash.MEMBER_APPROVAL_TYPEHASH,
                CommitteeHash.RETIREMENT_TYPEHASH,
                CommitteeHash.ROTATION_TYPEHASH
            ];
    }

    function committee(address creator, bytes32 salt) external pure returns (bytes32) {
        return CommitteeHash.committee(creator, salt);
    }

    function groupKeyConfirmation(
        bytes32 committeeId,
        uint32 epoch,
        ICommitteeRegistry.GroupKey calldata groupKey
    ) external pure returns (bytes32) {
        return CommitteeHash.groupKeyConfirmation(committeeId, epoch, groupKey);
    }

    function memberApproval(address member, bytes32 digest) external pure returns (bytes32) {
        return CommitteeHash.memberApproval(member, digest);
    }

    function retirement(bytes32 committeeId, uint32 currentEpoch, uint32 epoch) external pure returns (bytes32) {
        return CommitteeHash.retirement(committeeId, currentEpoch, epoch);
    }

    function rotation(
        bytes32 committeeId,
        uint32 currentEpoch,
        ICommitteeRegistry.EpochConfig calldata config,
        uint40 graceUntil
    ) external pure returns (bytes32) {
        return CommitteeHash.rotation(committeeId, currentEpoch, config, graceUntil);
    }
}
