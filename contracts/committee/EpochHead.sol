// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What stands in the first word of an epoch, so that one storage read tells all that a check needs:
/// `members (160) | validFrom (40) | validUntil (40) | threshold (8) | flags (8)`, lowest bits first.
///
/// `members` is the account whose code holds the members, 20 bytes each; a head of zero is an epoch that never was.
type EpochHead is uint256;

using EpochHeads for EpochHead global;

library EpochHeads {
    uint256 internal constant ATTRIBUTABLE = 1;
    uint256 internal constant GROUP_KEY_ODD = 2;
    uint256 internal constant GROUP_KEY_CONFIRMED = 4;

    uint256 private constant VALID_UNTIL_MASK = uint256(type(uint40).max) << 200;

    function pack(
        address members_,
        uint40 validFrom_,
        uint40 validUntil_,
        uint8 threshold_,
        uint256 flags
    ) internal pure returns (EpochHead) {
        return
            EpochHead.wrap(
                uint256(uint160(members_)) |
                    (uint256(validFrom_) << 160) |
                    (uint256(validUntil_) << 200) |
                    (uint256(threshold_) << 240) |
                    (flags << 248)
            );
    }

    function members(EpochHead head) internal pure returns (address) {
        return address(uint160(EpochHead.unwrap(head)));
    }

    function validFrom(EpochHead head) internal pure returns (uint40) {
        return uint40(EpochHead.unwrap(head) >> 160);
    }

    function validUntil(EpochHead head) internal pure returns (uint40) {
        return uint40(EpochHead.unwrap(head) >> 200);
    }

    function threshold(EpochHead head) internal pure returns (uint8) {
        return uint8(EpochHead.unwrap(head) >> 240);
    }

    function exists(EpochHead head) internal pure returns (bool) {
        return EpochHead.unwrap(head) != 0;
    }

    function isAttributable(EpochHead head) internal pure returns (bool) {
        return _has(head, ATTRIBUTABLE);
    }

    function isGroupKeyOdd(EpochHead head) internal pure returns (bool) {
        return _has(head, GROUP_KEY_ODD);
    }

    function isGroupKeyConfirmed(EpochHead head) internal pure returns (bool) {
        return _has(head, GROUP_KEY_CONFIRMED);
    }

    function withValidUntil(EpochHead head, uint40 validUntil_) internal pure returns (EpochHead) {
        return EpochHead.wrap((EpochHead.unwrap(head) & ~VALID_UNTIL_MASK) | (uint256(validUntil_) << 200));
    }

    function withConfirmedGroupKey(EpochHead head, bool odd) internal pure returns (EpochHead) {
        uint256 cleared = EpochHead.unwrap(head) & ~(GROUP_KEY_ODD << 248);
        return EpochHead.wrap(cleared | (((odd ? GROUP_KEY_ODD : 0) | GROUP_KEY_CONFIRMED) << 248));
    }

    function _has(EpochHead head, uint256 flag) private pure returns (bool) {
        return EpochHead.unwrap(head) & (flag << 248) != 0;
    }
}
