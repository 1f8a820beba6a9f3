// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {OwnerWallet} from "./OwnerWallet.sol";

/// @title Deploys owner wallets to addresses known in advance, for signatures of wallets that are not deployed yet (ERC-6492)
contract OwnerWalletFactory {
    /// @notice Deploys the wallet, or returns it where it is deployed already.
    function deploy(address owner, bytes32 salt) external returns (address wallet) {
        wallet = addressOf(owner, salt);
        if (wallet.code.length == 0) new OwnerWallet{salt: salt}(owner);
    }

    function addressOf(address owner, bytes32 salt) public view returns (address) {
        bytes32 codeHash = keccak256(abi.encodePacked(type(OwnerWallet).creationCode, abi.encode(owner)));
        return address(uint160(uint256(keccak256(abi.encodePacked(bytes1(0xff), address(this), salt, codeHash)))));
    }
}
