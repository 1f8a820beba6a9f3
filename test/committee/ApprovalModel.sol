// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

import {FrostReference} from "../../contracts/mocks/committee/FrostReference.sol";

/// @notice The approval formats as their description reads, byte by byte, to hold the registry against. It shares no code with
/// it: bounds by Solidity, `ecrecover` by Solidity, the wallet's question hashed by hand, FROST by the reference.
contract ApprovalModel {
    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    struct Question {
        address registry;
        address[] members;
        uint256 threshold;
        bytes32 digest;
        bool attributable;
        FrostReference.Point groupKey; // (0, 0) unless confirmed
    }

    /// @notice Whether the approval should be accepted, and by how many members.
    function judge(
        Question calldata question,
        bytes calldata approval
    ) external view returns (bool approved, uint256 approvals) {
        if (approval.length == 0) return (false, 0);
        if (approval[0] == 0x01) {
            bool wellFormed;
            (wellFormed, approvals) = _count(question, approval);
            return (wellFormed && approvals >= question.threshold, approvals);
        }
        if (approval[0] == 0x02) return (_group(question, approval), 0);
        return (false, 0);
    }

    function _count(
        Question calldata question,
        bytes calldata approval
    ) private view returns (bool wellFormed, uint256 approvals) {
        if (approval.length < 65) return (false, 0);
        bytes calldata rest = approval[65:];
        bool refused;
        for (uint256 index = 0; index < 256; ++index) {
            // Bit `index` of a 32-byte number, in the byte that holds it.
            bool signs = (uint8(approval[1 + 31 - index / 8]) >> (index % 8)) % 2 == 1;
            bool isWallet = (uint8(approval[33 + 31 - index / 8]) >> (index % 8)) % 2 == 1;
            if (isWallet && !signs) return (false, 0);
            if (!signs) continue;
            if (index >= question.members.length) return (false, 0);
            address member = question.members[index];
            if (isWallet) {
                if (rest.length < 2) return (false, 0);
                uint256 length = uint256(uint8(rest[0])) * 256 + uint8(rest[1]);
                if (rest.length < 2 + length) return (false, 0);
                if (_asks(question, member, rest[2:2 + length])) ++approvals;
                rest = rest[2 + length:];
            } else {
                if (rest.length < 64) return (false, 0);
                if (_signs(question.digest, member, rest[:64])) ++approvals;
                else refused = true;
                rest = rest[64:];
            }
        }
        return (rest.length == 0 && !refused, approvals);
    }

    function _signs(bytes32 digest, address member, bytes calldata entry) private pure returns (bool) {
        (uint256 r, uint256 vs) = abi.decode(entry, (uint256, uint256));
        uint256 s = vs % 2 ** 255;
        if (s > HALF_ORDER) return false;
        address signer = ecrecover(digest, vs >= 2 ** 255 ? 28 : 27, bytes32(r), bytes32(s));
        return signer != address(0) && signer == member;
    }

    function _asks(Question calldata question, address member, bytes calldata signature) private view returns (bool) {
        if (member.code.length == 0) return false;
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Guildhall CommitteeRegistry"),
                keccak256("1"),
                block.chainid,
                question.registry
            )
        );
        bytes32 request = keccak256(
            abi.encode(keccak256("MemberApproval(address member,bytes32 digest)"), member, question.digest)
        );
        bytes32 hash = keccak256(abi.encodePacked(hex"1901", domain, request));
        try IERC1271(member).isValidSignature(hash, signature) returns (bytes4 answer) {
            return answer == 0x1626ba7e;
        } catch {
            return false;
        }
    }

    function _group(Question calldata question, bytes calldata approval) private pure returns (bool) {
        if (approval.length != 97 || question.attributable) return false;
        (uint256 x, uint256 y, uint256 z) = abi.decode(approval[1:], (uint256, uint256, uint256));
        FrostReference.Point memory r = FrostReference.Point(x, y);
        return FrostReference.verify(question.groupKey, abi.encodePacked(question.digest), r, z);
    }
}
