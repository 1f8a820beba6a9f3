// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {LowLevelCall} from "@openzeppelin/contracts/utils/LowLevelCall.sol";

/// @title Asks a wallet whether it accepts a signature, also one that does not exist yet (ERC-6492)
/// @notice Never deployed: the SDK runs the creation code inside one eth_call, which leaves no trace. What it "deploys" is
/// the answer, one byte, so that a wallet that refuses, reverts or burns all gas cannot be taken for a node that fails:
///
/// - 0: it refuses
/// - 1: it accepts
/// - 2: it accepts once the factory was called
/// - 3: there is no wallet
contract SignatureProbe {
    /// @param wallet Whom to ask
    /// @param digest What was signed
    /// @param signature What the wallet is asked to accept, out of its ERC-6492 wrapping
    /// @param factory Whom to call where the wallet does not accept as things are; zero for nobody
    /// @param factoryCalldata With what. ERC-6492 uses it to deploy a wallet, or to prepare one that is deployed
    constructor(address wallet, bytes32 digest, bytes memory signature, address factory, bytes memory factoryCalldata) {
        uint8 answer;
        if (_accepts(wallet, digest, signature)) {
            answer = 1;
        } else {
            // A factory that fails leaves things as they were, and so does the answer.
            if (factory != address(0)) LowLevelCall.callNoReturn(factory, factoryCalldata);
            if (wallet.code.length == 0) answer = 3;
            else if (factory != address(0) && _accepts(wallet, digest, signature)) answer = 2;
        }
        assembly ("memory-safe") {
            mstore8(0, answer)
            return(0, 1)
        }
    }

    /// @dev As SignatureCheck asks, so that the SDK's answer is the contracts' answer.
    function _accepts(address wallet, bytes32 digest, bytes memory signature) private view returns (bool) {
        if (wallet.code.length == 0) return false;
        (bool success, bytes32 answer, ) = LowLevelCall.staticcallReturn64Bytes(
            wallet,
            abi.encodeCall(IERC1271.isValidSignature, (digest, signature))
        );
        return success && LowLevelCall.returnDataSize() >= 32 && answer == bytes32(IERC1271.isValidSignature.selector);
    }
}
