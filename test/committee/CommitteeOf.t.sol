// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {Deployed} from "../helpers/Deployed.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice What is known of a committee beside its epochs.
contract CommitteeOfTest is TestBase {
    ICommitteeRegistry private _registry = Deployed.committeeRegistry();

    /// @notice Admin and kind are as they were created, whatever follows; the epoch counts rotations; of another id nothing is known.
    function testFuzz_isWhatWasCreated(address admin, bool attributable, bytes32 salt, uint8 rotations) public {
        ICommitteeRegistry.EpochConfig memory config;
        config.members = new address[](1);
        config.members[0] = address(this);
        config.threshold = 1;
        bytes32 id = _registry.create(salt, admin, attributable, config);
        for (uint256 i = 0; i < rotations % 4; ++i) {
            vm.prank(admin);
            _registry.rotate(id, config, 0, "");
        }
        _is(id, admin, attributable, 1 + (rotations % 4));
        _is(~id, address(0), false, 0);
    }

    function _is(bytes32 id, address admin, bool attributable, uint256 epoch) private view {
        (address actualAdmin, bool actualAttributable, uint32 actualEpoch) = _registry.committeeOf(id);
        vm.assertEq(actualAdmin, admin, "admin");
        vm.assertTrue(actualAttributable == attributable, "attributable");
        vm.assertEq(actualEpoch, epoch, "epoch");
    }
}
