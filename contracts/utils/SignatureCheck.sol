// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title Whether a signature is an account's
/// @notice It is if it recovers to the account (65 bytes, or 64 bytes by ERC-2098, low s only), or if the account has code and
/// its ERC-1271 accepts. The key comes first, so that an EOA that delegated to code (EIP-7702) keeps its key.
library SignatureCheck {
    /// @dev Only the first two words of a wallet's answer are read, so a flood of return data costs the wallet's caller nothing.
    function isValid(address account, bytes32 digest, bytes calldata signature) internal view returns (bool) {
        if (signature.length == 64 || signature.length == 65) {
            (address signer, ECDSA.RecoverError failure, ) = signature.length == 64
                ? ECDSA.tryRecover(digest, bytes32(signature[:32]), bytes32(signature[32:]))
                : ECDSA.tryRecoverCalldata(digest, signature);
            if (failure == ECDSA.RecoverError.NoError && signer == account) return true;
        }
        return account.code.length > 0 && _accepts(account, digest, signature);
    }

    function _accepts(address wallet, bytes32 digest, bytes calldata signature) private view returns (bool) {
        (bool success, bytes32 answer, ) = LowLevelCall.staticcallReturn64Bytes(
            wallet,
            abi.encodeCall(IERC1271.isValidSignature, (digest, signature))
        );
        return success && LowLevelCall.returnDataSize() >= 32 && answer == bytes32(IERC1271.isValidSignature.selector);
    }
}
