// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SSTORE2} from "solady/src/utils/SSTORE2.sol";

import {CommitteeApprovals} from "./CommitteeApprovals.sol";
import {CommitteeHash} from "./CommitteeHash.sol";
import {EpochHead, EpochHeads} from "./EpochHead.sol";
import {Frost} from "./Frost.sol";
import {ICommitteeRegistry} from "./ICommitteeRegistry.sol";

uint256 constant MAX_MEMBERS = 255;

/// @title k-of-n committees: their making, their changes, their end
contract CommitteeRegistry is CommitteeApprovals {
    constructor() EIP712("Guildhall CommitteeRegistry", "1") {}

    /// @inheritdoc ICommitteeRegistry
    function create(
        bytes32 salt,
        address admin,
        bool attributable,
        EpochConfig calldata config
    ) external returns (bytes32 committeeId) {
        committeeId = CommitteeHash.committee(msg.sender, salt);
        // Check: replay.
        require(_committees[committeeId].currentEpoch == 0, CommitteeExists(committeeId));

        // Effect: create.
        _committees[committeeId] = Committee({admin: admin, currentEpoch: 1, attributable: attributable});
        emit CommitteeCreated(committeeId, msg.sender, admin, salt, attributable);
        _startEpoch(committeeId, 1, attributable, config);
    }

    /// @inheritdoc ICommitteeRegistry
    function rotate(
        bytes32 committeeId,
        EpochConfig calldata config,
        uint40 graceUntil,
        bytes calldata approval
    ) external returns (uint32 epoch) {
        uint32 currentEpoch = _currentEpochOf(committeeId);
        // Check: deadlines.
        _requireOpen(committeeId, currentEpoch);
        require(graceUntil != type(uint40).max, CommitteeGraceOutOfRange(graceUntil));
        // Check: approval.
        _requireAuthority(
            committeeId,
            currentEpoch,
            CommitteeHash.rotation(committeeId, currentEpoch, config, graceUntil),
            approval
        );

        // Effect: rotate. 2³² rotations do not happen.
        epoch = currentEpoch + 1;
        _committees[committeeId].currentEpoch = epoch;
        _endEpoch(committeeId, currentEpoch, graceUntil);
        _startEpoch(committeeId, epoch, _committees[committeeId].attributable, config);
    }

    /// @inheritdoc ICommitteeRegistry
    function retire(bytes32 committeeId, uint32 epoch, bytes calldata approval) external {
        uint32 currentEpoch = _currentEpochOf(committeeId);
        // Check: deadline.
        _requireOpen(committeeId, epoch);
        // Check: approval.
        _requireAuthority(
            committeeId,
            currentEpoch,
            CommitteeHash.retirement(committeeId, currentEpoch, epoch),
            approval
        );

        // Effect: end the epoch.
        _endEpoch(committeeId, epoch, 0);
    }

    /// @inheritdoc ICommitteeRegistry
    function confirmGroupKey(
        bytes32 committeeId,
        uint32 epoch,
        GroupKey calldata groupKey,
        bytes calldata approval
    ) external {
        EpochHead head = _requireOpen(committeeId, epoch);
        // Check: the key can count.
        require(!head.isAttributable(), CommitteeAttributable(committeeId));
        require(Frost.isGroupKey(groupKey.x, groupKey.y), CommitteeInvalidGroupKey(groupKey.x, groupKey.y));
        // Check: replay.
        require(!head.isGroupKeyConfirmed(), CommitteeGroupKeyAlreadyConfirmed(committeeId, epoch));
        // Check: approval, by the members themselves.
        bytes32 digest = _hashTypedDataV4(CommitteeHash.groupKeyConfirmation(committeeId, epoch, groupKey));
        _requireApproval(committeeId, epoch, digest, approval, Demand.Members);

        // Effect: confirm.
        EpochRecord storage record = _epochs[committeeId][epoch];
        record.head = head.withConfirmedGroupKey(_isOdd(groupKey));
        record.groupKeyX = groupKey.x;
        emit GroupKeyConfirmed(committeeId, epoch, groupKey.x, groupKey.y);
    }

    /// @inheritdoc ICommitteeRegistry
    function committeeOf(
        bytes32 committeeId
    ) external view returns (address admin, bool attributable, uint32 currentEpoch) {
        Committee memory committee = _committees[committeeId];
        return (committee.admin, committee.attributable, committee.currentEpoch);
    }

    /// @inheritdoc ICommitteeRegistry
    function epochOf(bytes32 committeeId, uint32 epoch) external view returns (Epoch memory) {
        EpochHead head = _requireKnown(committeeId, epoch);
        return
            Epoch({
                validFrom: head.validFrom(),
                validUntil: head.validUntil(),
                threshold: head.threshold(),
                memberCount: uint8(SSTORE2.read(head.members()).length / 20),
                groupKeyConfirmed: head.isGroupKeyConfirmed(),
                groupKeyX: _epochs[committeeId][epoch].groupKeyX,
                groupKeyOdd: head.isGroupKeyOdd()
            });
    }

    /// @inheritdoc ICommitteeRegistry
    function membersOf(bytes32 committeeId, uint32 epoch) external view returns (address[] memory) {
        bytes memory members = SSTORE2.read(_requireKnown(committeeId, epoch).members());
        return _unpack(members, (1 << (members.length / 20)) - 1);
    }

    /// @dev Checks a new epoch's members, threshold and key, and writes them.
    function _startEpoch(bytes32 committeeId, uint32 epoch, bool attributable, EpochConfig calldata config) private {
        bytes memory members = _pack(config.members);
        require(
            config.threshold != 0 && config.threshold <= config.members.length,
            CommitteeThresholdOutOfRange(config.members.length, config.threshold)
        );
        GroupKey calldata groupKey = config.groupKey;
        uint256 flags =
            (_isOdd(groupKey) ? EpochHeads.GROUP_KEY_ODD : 0) | (attributable ? EpochHeads.ATTRIBUTABLE : 0);
        if (groupKey.x != 0 || groupKey.y != 0) {
            require(!attributable, CommitteeAttributable(committeeId));
            require(Frost.isGroupKey(groupKey.x, groupKey.y), CommitteeInvalidGroupKey(groupKey.x, groupKey.y));
        }

        EpochRecord storage record = _epochs[committeeId][epoch];
        record.head = EpochHeads.pack(
            SSTORE2.write(members),
            uint40(block.timestamp),
            type(uint40).max,
            config.threshold,
            flags
        );
        if (groupKey.x != 0) record.groupKeyX = groupKey.x;
        emit EpochStarted(committeeId, epoch, config.members, config.threshold, groupKey.x, groupKey.y);
    }

    /// @dev Ends an epoch at `graceUntil`, or now if that is past.
    function _endEpoch(bytes32 committeeId, uint32 epoch, uint40 graceUntil) private {
        uint40 validUntil = graceUntil > block.timestamp ? graceUntil : uint40(block.timestamp);
        EpochRecord storage record = _epochs[committeeId][epoch];
        record.head = record.head.withValidUntil(validUntil);
        emit EpochEnding(committeeId, epoch, validUntil, msg.sender);
    }

    /// @dev Checks that members are 1 to 255, not zero and distinct; returns them packed. Ascending members take one pass; one
    /// that is out of order is compared with all before it.
    function _pack(address[] calldata members) private pure returns (bytes memory packed) {
        uint256 count = members.length;
        require(count != 0 && count <= MAX_MEMBERS, CommitteeMemberCount(MAX_MEMBERS, count));
        packed = new bytes(count * 20);
        address highest;
        for (uint256 i = 0; i < count; ++i) {
            address member = members[i];
            require(member != address(0), CommitteeZeroMember(i));
            if (member > highest) {
                highest = member;
            } else {
                for (uint256 j = 0; j < i; ++j) {
                    require(members[j] != member, CommitteeDuplicateMember(member, j, i));
                }
            }
            assembly ("memory-safe") {
                // The word's last 12 bytes are the next members' or, after the last one, padding or beyond the free pointer.
                mstore(add(add(packed, 32), mul(i, 20)), shl(96, member))
            }
        }
    }

    /// @dev Checks that the digest of a struct is approved: by the admin, who sends an empty approval, or by the current epoch.
    function _requireAuthority(
        bytes32 committeeId,
        uint32 currentEpoch,
        bytes32 structHash,
        bytes calldata approval
    ) private view {
        if (approval.length == 0) {
            address admin = _committees[committeeId].admin;
            require(msg.sender == admin, CommitteeNotAdmin(committeeId, admin, msg.sender));
        } else {
            _requireApproval(committeeId, currentEpoch, _hashTypedDataV4(structHash), approval, Demand.EitherScheme);
        }
    }

    /// @dev An epoch that is; reverts for one that never was.
    function _requireKnown(bytes32 committeeId, uint32 epoch) private view returns (EpochHead head) {
        uint32 currentEpoch = _currentEpochOf(committeeId);
        head = _epochs[committeeId][epoch].head;
        require(head.exists(), CommitteeUnknownEpoch(committeeId, currentEpoch, epoch));
    }

    /// @dev An epoch that is not over.
    function _requireOpen(bytes32 committeeId, uint32 epoch) private view returns (EpochHead head) {
        head = _requireKnown(committeeId, epoch);
        uint40 validUntil = head.validUntil();
        require(block.timestamp < validUntil, CommitteeEpochOver(committeeId, epoch, validUntil, block.timestamp));
    }

    function _isOdd(GroupKey calldata groupKey) private pure returns (bool) {
        return groupKey.y & 1 == 1;
    }
}
