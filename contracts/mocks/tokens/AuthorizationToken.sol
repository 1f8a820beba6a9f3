// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IERC3009} from "../../utils/IERC3009.sol";

/// @title A well-behaved token with ERC-3009 authorizations, free to mint
contract AuthorizationToken is ERC20, EIP712, IERC3009 {
    bytes32 private constant RECEIVE_TYPEHASH = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    mapping(address authorizer => mapping(bytes32 nonce => bool used)) public authorizationState;

    error AuthorizationTokenNotReceiver(address receiver, address caller);
    error AuthorizationTokenNotValidNow(uint256 validAfter, uint256 validBefore, uint256 timestamp);
    error AuthorizationTokenUsed(address authorizer, bytes32 nonce);
    error AuthorizationTokenWrongSigner(address expected, address actual);

    constructor() ERC20("Authorization Token", "AUTH") EIP712("Authorization Token", "1") {}

    function mint(address account, uint256 amount) external {
        _mint(account, amount);
    }

    /// @inheritdoc IERC3009
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        if (to != msg.sender) revert AuthorizationTokenNotReceiver(to, msg.sender);
        if (block.timestamp <= validAfter || block.timestamp >= validBefore) {
            revert AuthorizationTokenNotValidNow(validAfter, validBefore, block.timestamp);
        }
        if (authorizationState[from][nonce]) revert AuthorizationTokenUsed(from, nonce);
        bytes32 structHash = keccak256(abi.encode(RECEIVE_TYPEHASH, from, to, value, validAfter, validBefore, nonce));
        (address signer, , ) = ECDSA.tryRecover(_hashTypedDataV4(structHash), v, r, s);
        if (signer != from) revert AuthorizationTokenWrongSigner(from, signer);

        authorizationState[from][nonce] = true;
        _transfer(from, to, value);
    }
}
