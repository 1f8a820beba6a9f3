// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title Asks a wallet that does not exist yet whether it accepts a signature (ERC-6492)
/// @notice Never deployed: the SDK runs the creation code inside one eth_call, where it deploys the wallet, asks it, and
/// leaves no trace. What it "deploys" is the answer: one byte, 1 for yes and 0 for no.
contract SignatureProbe {
    /// @param account The wallet
    /// @param digest What was signed
    /// @param signature What the wallet is asked to accept, out of its ERC-6492 wrapping
    /// @param factory Called with `factoryCalldata` where the wallet has no code; what it returns does not matter
    constructor(
        address account,
        bytes32 digest,
        bytes memory signature,
        address factory,
        bytes memory factoryCalldata
    ) {
        bool accepted = _accepts(account, digest, signature);
        if (!accepted) {
            // Also where the wallet has code: ERC-6492 lets the call prepare a deployed wallet (a session key, an upgrade).
            (bool done, ) = factory.call(factoryCalldata);
            done; // a factory that reverts leaves the wallet as it was, and the answer is the wallet's
            accepted = _accepts(account, digest, signature);
        }
        assembly ("memory-safe") {
            mstore8(0, accepted)
            return(0, 1)
        }
    }

    function _accepts(address account, bytes32 digest, bytes memory signature) private view returns (bool) {
        if (account.code.length == 0) return false;
        (bool done, bytes memory answer) = account.staticcall(
            abi.encodeCall(IERC1271.isValidSignature, (digest, signature))
        );
        return done && answer.length >= 32 && bytes32(answer) == bytes32(IERC1271.isValidSignature.selector);
    }
}
