// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title A wallet that answers with its owner's key signature, of 65 or 64 bytes
/// @dev It answers for the hash as it is given. Two such wallets of one owner therefore accept the same signature, which is
/// what a contract that counts wallets has to guard against.
contract OwnerWallet is IERC1271 {
    address public immutable owner;

    error OwnerWalletNotOwner(address owner, address caller);
    error OwnerWalletCallFailed(bytes returned);

    constructor(address owner_) {
        owner = owner_;
    }

    receive() external payable {}

    /// @notice Calls anything for the owner.
    function execute(address target, uint256 value, bytes calldata data) external returns (bytes memory returned) {
        require(msg.sender == owner, OwnerWalletNotOwner(owner, msg.sender));
        bool success;
        (success, returned) = target.call{value: value}(data);
        require(success, OwnerWalletCallFailed(returned));
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        address signer;
        if (signature.length == 64) {
            (signer, , ) = ECDSA.tryRecover(hash, bytes32(signature[:32]), bytes32(signature[32:]));
        } else {
            (signer, , ) = ECDSA.tryRecoverCalldata(hash, signature);
        }
        return signer == owner ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
