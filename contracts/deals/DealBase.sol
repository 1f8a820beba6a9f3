// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SignatureCheck} from "../utils/SignatureCheck.sol";
import {IReferralDeals} from "./IReferralDeals.sol";

/// @title Checks that sales, offers and deals share
abstract contract DealBase is IReferralDeals, EIP712, ReentrancyGuardTransient {
    constructor() EIP712("Guildhall ReferralDeals", "1") {}

    function _requireBefore(uint40 moment) internal view {
        if (block.timestamp >= moment) revert DealsTooLate(moment, block.timestamp);
    }

    function _requireFrom(uint40 moment) internal view {
        if (block.timestamp < moment) revert DealsTooEarly(moment, block.timestamp);
    }

    function _requireSignature(address account, bytes32 digest, bytes calldata signature) internal view {
        if (!SignatureCheck.isValid(account, digest, signature)) revert DealsWrongSignature(account, digest);
    }

    /// @dev The merchant consents by its signature, or by being the caller.
    function _requireMerchant(address merchant, bytes32 structHash, bytes calldata signature) internal view {
        if (signature.length > 0) _requireSignature(merchant, _hashTypedDataV4(structHash), signature);
        else if (msg.sender != merchant) revert DealsNotMerchant(merchant, msg.sender);
    }
}
