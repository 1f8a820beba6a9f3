// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {SignatureCheck} from "../utils/SignatureCheck.sol";
import {IRewardPool} from "./IRewardPool.sol";
import {PoolWord} from "./PoolWord.sol";

/// @title What all parts of a pool share: its record, and the checks of caller, time and signature
abstract contract PoolBase is IRewardPool, EIP712, ReentrancyGuardTransient {
    /// @dev `endCycle` of a pool whose end is not announced.
    uint32 internal constant _NO_END = type(uint32).max;

    /// @dev What settling does not need stands apart from the word.
    struct PoolRecord {
        PoolWord word; // slot 0
        address operator; // slot 1
        uint24 publishWindow;
        uint32 userCount;
        uint32 endCycle;
        address profitToken; // slot 2
        uint40 totalUnits;
        uint32 verifierDelay;
        uint64 share; // slot 3
        uint64 carry;
        uint128 deposited;
        address registrar; // slot 4
        uint40 nextVerifierFrom;
        bytes32 verifier; // slot 5
        bytes32 nextVerifier; // slot 6
        address indicator; // slot 7
        uint256 threshold; // slot 8
    }

    mapping(bytes32 poolId => PoolRecord record) internal _pools;

    /// @dev The word of a pool that exists.
    function _requirePool(bytes32 poolId) internal view returns (PoolWord word) {
        word = _pools[poolId].word;
        require(word.exists(), RewardPoolUnknown(poolId));
    }

    /// @dev The word of a pool that is not closed.
    function _requireOpen(bytes32 poolId) internal view returns (PoolWord word) {
        word = _requirePool(poolId);
        require(!word.isClosed(), RewardPoolIsClosed(poolId));
    }

    function _requireOperator(bytes32 poolId) internal view {
        address operator = _pools[poolId].operator;
        require(msg.sender == operator, RewardPoolNotOperator(operator, msg.sender));
    }

    function _requireFrom(uint256 moment) internal view {
        require(block.timestamp >= moment, RewardPoolTooEarly(moment, block.timestamp));
    }

    function _requireBefore(uint256 moment) internal view {
        require(block.timestamp < moment, RewardPoolTooLate(moment, block.timestamp));
    }

    function _requireSignature(address account, bytes32 digest, bytes calldata signature) internal view {
        require(SignatureCheck.isValid(account, digest, signature), RewardPoolWrongSignature(account, digest));
    }

    /// @dev The registrar consents by its signature, or by being the caller.
    function _requireRegistrar(bytes32 poolId, bytes32 structHash, bytes calldata signature) internal view {
        address registrar = _pools[poolId].registrar;
        if (signature.length > 0) _requireSignature(registrar, _hashTypedDataV4(structHash), signature);
        else require(msg.sender == registrar, RewardPoolNotRegistrar(registrar, msg.sender));
    }

    /// @dev The verifier in office now.
    function _verifierOf(PoolRecord storage record) internal view returns (bytes32) {
        bytes32 next = record.nextVerifier;
        return next != 0 && block.timestamp >= record.nextVerifierFrom ? next : record.verifier;
    }
}
