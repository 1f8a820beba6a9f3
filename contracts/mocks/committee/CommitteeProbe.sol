// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICommitteeRegistry} from "../../committee/ICommitteeRegistry.sol";

/// @title A module that asks the registry, as far as gas is concerned
contract CommitteeProbe {
    ICommitteeRegistry private immutable _registry;

    constructor(ICommitteeRegistry registry) {
        _registry = registry;
    }

    /// @notice What the whole call to the registry costs a module, the cold account included.
    function gasOfCheck(
        bytes32 committeeId,
        uint32 epoch,
        bytes32 digest,
        bytes calldata approval
    ) external view returns (uint256 gasUsed) {
        bytes memory request = abi.encodeCall(
            ICommitteeRegistry.requireApproval,
            (committeeId, epoch, digest, approval)
        );
        address registry = address(_registry);
        uint256 before = gasleft();
        assembly ("memory-safe") {
            if iszero(staticcall(gas(), registry, add(request, 32), mload(request), 0, 0)) {
                returndatacopy(mload(0x40), 0, returndatasize())
                revert(mload(0x40), returndatasize())
            }
        }
        gasUsed = before - gasleft();
    }

    /// @notice Does what a module does with an approval, in a transaction, for the gas of the whole.
    function check(bytes32 committeeId, uint32 epoch, bytes32 digest, bytes calldata approval) external view {
        _registry.requireApproval(committeeId, epoch, digest, approval);
    }
}
