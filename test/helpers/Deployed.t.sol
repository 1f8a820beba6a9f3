// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDirectory} from "../../contracts/directory/IDirectory.sol";
import {Deployed} from "./Deployed.sol";
import {TestBase} from "./Vm.sol";

/// @notice What `Deployed` creates. Where GUILDHALL_LOG_CODES is set, the hash of each creation code is logged: a test of the
/// scripts holds them against what the build made to be deployed.
contract DeployedTest is TestBase {
    /// @dev Both runners print it.
    // solhint-disable-next-line event-name-capwords
    event log_named_bytes32(string key, bytes32 val);

    function test_createsEachContract() public {
        vm.assertTrue(address(Deployed.committeeRegistry()).code.length > 0, "no registry");
        vm.assertTrue(address(Deployed.referralDeals()).code.length > 0, "no deals");
        vm.assertTrue(
            address(Deployed.rewardPool(Deployed.committeeRegistry(), Deployed.chunkStore())).code.length > 0,
            "no pool"
        );
        vm.assertTrue(
            address(Deployed.certificateLedger(Deployed.committeeRegistry())).code.length > 0,
            "no certificates"
        );
        IDirectory first = Deployed.directory(new IDirectory.Entry[](0), address(0));
        IDirectory next = Deployed.directory(new IDirectory.Entry[](0), address(first));
        vm.assertEq(next.previous(), address(first), "constructor arguments");
        if (!vm.envOr("GUILDHALL_LOG_CODES", false)) return;
        _log(Deployed.COMMITTEE_REGISTRY);
        _log(Deployed.REFERRAL_DEALS);
        _log(Deployed.CHUNK_STORE);
        _log(Deployed.REWARD_POOL);
        _log(Deployed.P256_VERIFIER);
        _log(Deployed.CERTIFICATE_LEDGER);
        _log(Deployed.DIRECTORY);
    }

    function test_revertsAsTheConstructorDoes() public {
        vm.expectRevert(abi.encodeWithSelector(IDirectory.DirectoryPreviousNoCode.selector, address(0xdead)));
        Deployed.directory(new IDirectory.Entry[](0), address(0xdead));
    }

    function _log(string memory artifact) private {
        emit log_named_bytes32(artifact, keccak256(vm.getCode(artifact)));
    }
}
