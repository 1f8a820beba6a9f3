// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CommitteeHash} from "../../contracts/committee/CommitteeHash.sol";
import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {CommitteeHashProbe} from "../../contracts/mocks/committee/CommitteeHashProbe.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice The committees' hash library against the runner's own EIP-712 and against encodings written by hand.
contract CommitteeHashTest is TestBase {
    CommitteeHashProbe private _probe;

    function setUp() public {
        _probe = new CommitteeHashProbe();
    }

    function test_typeHashes() public pure {
        _sameType(CommitteeHash.COMMITTEE_TYPEHASH, "Committee(address creator,bytes32 salt)");
        _sameType(
            CommitteeHash.GROUP_KEY_CONFIRMATION_TYPEHASH,
            "GroupKeyConfirmation(bytes32 committeeId,uint32 epoch,uint256 groupKeyX,uint256 groupKeyY)"
        );
        _sameType(CommitteeHash.MEMBER_APPROVAL_TYPEHASH, "MemberApproval(address member,bytes32 digest)");
        _sameType(
            CommitteeHash.RETIREMENT_TYPEHASH,
            "Retirement(bytes32 committeeId,uint32 currentEpoch,uint32 epoch)"
        );
        _sameType(
            CommitteeHash.ROTATION_TYPEHASH,
            "Rotation(bytes32 committeeId,uint32 currentEpoch,address[] members,uint8 threshold,uint256 groupKeyX,uint256 groupKeyY,uint40 graceUntil)"
        );
    }

    function testFuzz_committee(address creator, bytes32 salt) public view {
        bytes32 expected = keccak256(
            bytes.concat(CommitteeHash.COMMITTEE_TYPEHASH, bytes32(uint256(uint160(creator))), salt)
        );
        vm.assertEq(_probe.committee(creator, salt), expected, "Committee");
    }

    function testFuzz_groupKeyConfirmation(bytes32 id, uint32 epoch, uint256 x, uint256 y) public view {
        bytes32 expected = keccak256(
            bytes.concat(
                CommitteeHash.GROUP_KEY_CONFIRMATION_TYPEHASH,
                id,
                bytes32(uint256(epoch)),
                bytes32(x),
                bytes32(y)
            )
        );
        bytes32 actual = _probe.groupKeyConfirmation(id, epoch, ICommitteeRegistry.GroupKey(x, y));
        vm.assertEq(actual, expected, "GroupKeyConfirmation");
    }

    function testFuzz_memberApproval(address member, bytes32 digest) public view {
        bytes32 expected = keccak256(
            bytes.concat(CommitteeHash.MEMBER_APPROVAL_TYPEHASH, bytes32(uint256(uint160(member))), digest)
        );
        vm.assertEq(_probe.memberApproval(member, digest), expected, "MemberApproval");
    }

    function testFuzz_retirement(bytes32 id, uint32 currentEpoch, uint32 epoch) public view {
        bytes32 expected = keccak256(
            bytes.concat(CommitteeHash.RETIREMENT_TYPEHASH, id, bytes32(uint256(currentEpoch)), bytes32(uint256(epoch)))
        );
        vm.assertEq(_probe.retirement(id, currentEpoch, epoch), expected, "Retirement");
    }

    function testFuzz_rotation(
        bytes32 id,
        uint32 currentEpoch,
        ICommitteeRegistry.EpochConfig calldata config,
        uint40 graceUntil
    ) public view {
        bytes memory members;
        for (uint256 i = 0; i < config.members.length; ++i) {
            members = bytes.concat(members, bytes32(uint256(uint160(config.members[i]))));
        }
        bytes32 expected = keccak256(
            bytes.concat(
                bytes.concat(CommitteeHash.ROTATION_TYPEHASH, id, bytes32(uint256(currentEpoch)), keccak256(members)),
                bytes.concat(
                    bytes32(uint256(config.threshold)),
                    bytes32(config.groupKey.x),
                    bytes32(config.groupKey.y),
                    bytes32(uint256(graceUntil))
                )
            )
        );
        vm.assertEq(_probe.rotation(id, currentEpoch, config, graceUntil), expected, "Rotation");
    }

    function _sameType(bytes32 typeHash, string memory definition) private pure {
        vm.assertEq(typeHash, vm.eip712HashType(definition), definition);
    }
}
