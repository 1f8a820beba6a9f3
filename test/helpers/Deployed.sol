// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICertificateLedger} from "../../contracts/certificates/ICertificateLedger.sol";
import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {IDirectory} from "../../contracts/directory/IDirectory.sol";
import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {IChunkStore} from "../../contracts/utils/IChunkStore.sol";
import {Vm} from "./Vm.sol";

/// @title The contracts of the suite, as they are built to be deployed
/// @notice Tests are compiled in a plainer way than the contracts (decision 112), and `new` would compile the contract as the
/// test is. So what is deployed is made here alone, from the code of its own artifact.
library Deployed {
    string internal constant COMMITTEE_REGISTRY = "CommitteeRegistry.sol:CommitteeRegistry";
    string internal constant REFERRAL_DEALS = "ReferralDeals.sol:ReferralDeals";
    string internal constant CHUNK_STORE = "ChunkStore.sol:ChunkStore";
    string internal constant REWARD_POOL = "RewardPool.sol:RewardPool";
    string internal constant P256_VERIFIER = "P256Verifier.sol:P256Verifier";
    string internal constant CERTIFICATE_LEDGER = "CertificateLedger.sol:CertificateLedger";
    string internal constant DIRECTORY = "Directory.sol:Directory";

    Vm private constant _vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);

    /// @notice A registry of committees.
    function committeeRegistry() internal returns (ICommitteeRegistry) {
        return ICommitteeRegistry(create(COMMITTEE_REGISTRY, ""));
    }

    /// @notice The deals.
    function referralDeals() internal returns (IReferralDeals) {
        return IReferralDeals(create(REFERRAL_DEALS, ""));
    }

    /// @notice A store of chunks.
    function chunkStore() internal returns (IChunkStore) {
        return IChunkStore(create(CHUNK_STORE, ""));
    }

    /// @notice The reward pools of a registry's committees and a store's chunks.
    function rewardPool(ICommitteeRegistry registry, IChunkStore chunks) internal returns (IRewardPool) {
        return IRewardPool(create(REWARD_POOL, abi.encode(registry, chunks)));
    }

    /// @notice The certificates of a registry's committees.
    function certificateLedger(ICommitteeRegistry registry) internal returns (ICertificateLedger) {
        address verifier = create(P256_VERIFIER, "");
        return ICertificateLedger(create(CERTIFICATE_LEDGER, abi.encode(registry, verifier)));
    }

    /// @notice A directory.
    function directory(IDirectory.Entry[] memory lines, address before) internal returns (IDirectory) {
        return IDirectory(create(DIRECTORY, abi.encode(lines, before)));
    }

    /// @notice What an artifact names, created with these constructor arguments; reverts with what its constructor does.
    function create(string memory artifact, bytes memory arguments) internal returns (address deployed) {
        bytes memory code = bytes.concat(_vm.getCode(artifact), arguments);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
            if iszero(deployed) {
                let data := mload(0x40)
                returndatacopy(data, 0, returndatasize())
                revert(data, returndatasize())
            }
        }
    }
}
