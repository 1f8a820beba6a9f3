// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import {ECDSA} from "solady/src/utils/ECDSA.sol";

/// @title Whether a signature is an account's
/// @notice It is if it recovers to the account (65 bytes, or 64 bytes by ERC-2098, low s only), or if the account has code and
/// its ERC-1271 accepts. The key comes first, so that an EOA that delegated to code (EIP-7702) keeps its key.
library SignatureCheck {
    /// @dev Half the order of secp256k1: the largest s that is not malleable.
    uint256 private constant MAX_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    function isValid(address account, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        if (_hasLowS(signature) && ECDSA.tryRecoverCalldata(digest, signature) == account && account != address(0)) {
            return true;
        }
        return account.code.length > 0 && _accepts(account, digest, signature);
    }

    function _hasLowS(bytes calldata signature) private pure returns (bool) {
        if (signature.length == 65) return uint256(bytes32(signature[32:64])) <= MAX_S;
        if (signature.length == 64) return (uint256(bytes32(signature[32:64])) << 1) >> 1 <= MAX_S;
        return false;
    }

    /// @dev Only the first two words of a wallet's answer are read, so a flood of return data costs the caller nothing.
    function _accepts(address wallet, bytes32 digest, bytes calldata signature) private view returns (bool) {
        (bool success, bytes32 answer, ) = LowLevelCall.staticcallReturn64Bytes(
            wallet,
            abi.encodeCall(IERC1271.isValidSignature, (digest, signature))
        );
        return success && LowLevelCall.returnDataSize() >= 32 && answer == bytes32(IERC1271.isValidSignature.selector);
    }
}
