// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TestBase, Vm} from "./Vm.sol";

/// @notice A call, by whom and when.
struct Call {
    address target;
    address caller;
    uint256 time;
    uint256 gasLimit;
    bytes data;
    bool reads; // it changes nothing, even where it goes through
}

/// @title A table of failures
/// @notice A row takes a call that goes through, changes one thing of it, and shows three things: the changed call is refused
/// with exactly these bytes; it leaves no trace in any account; the honest call still goes through.
///
/// What is changed is the caller, the time, the gas, the calldata, or the state by one step before the call. A step cannot be
/// taken back, so there the honest call is made without it.
///
/// Where GUILDHALL_LOG_REFUSALS is set, each row that held logs what it was refused with: `npm run check:failures` reads the
/// logs of a run, and demands every error there is.
abstract contract Failures is TestBase {
    /// @dev Both runners print it.
    // solhint-disable-next-line event-name-capwords
    event log_named_bytes(string key, bytes val);

    uint256 internal constant ALL_GAS = 0;

    /// @notice One row: `faulty` is `honest` but for one thing.
    function _row(string memory what, Call memory honest, Call memory faulty, bytes memory expected) internal {
        _fails(what, honest, new Call[](0), faulty, expected);
    }

    /// @notice One row: `honest` fails once `step` was made.
    function _rowAfter(string memory what, Call memory honest, Call memory step, bytes memory expected) internal {
        Call[] memory steps = new Call[](1);
        steps[0] = step;
        _fails(what, honest, steps, _at(honest, honest.time), expected);
    }

    /// @notice One row: `honest` fails for want of gas. The last argument, what was left, is for the caller to judge.
    function _rowOfGas(
        string memory what,
        Call memory honest,
        uint256 gasLimit,
        bytes memory expectedHead
    ) internal returns (uint256 left) {
        Call memory faulty = _at(honest, honest.time);
        faulty.gasLimit = gasLimit;
        uint256 state = vm.snapshotState();
        (, bytes memory actual) = _make(faulty);
        vm.revertToState(state);
        vm.assertTrue(actual.length == expectedHead.length + 32, string.concat(what, ": another error"));
        assembly ("memory-safe") {
            left := mload(add(actual, mload(actual)))
        }
        _fails(what, honest, new Call[](0), faulty, bytes.concat(expectedHead, bytes32(left)));
    }

    /// @notice Deploys what is compiled elsewhere. With `new` each table would have the compiler optimise the whole contract anew.
    function _deploy(string memory artifact) internal returns (address) {
        return _deployWith(artifact, "");
    }

    /// @notice The same, with arguments of its constructor.
    function _deployWith(string memory artifact, bytes memory arguments) internal returns (address deployed) {
        bytes memory code = bytes.concat(vm.getCode(artifact), arguments);
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
        }
        vm.assertTrue(deployed != address(0), artifact);
    }

    /// @notice The same call at another time.
    function _at(Call memory call, uint256 time) internal pure returns (Call memory) {
        return Call(call.target, call.caller, time, call.gasLimit, call.data, call.reads);
    }

    /// @notice The same call by somebody else.
    function _by(Call memory call, address caller) internal pure returns (Call memory) {
        return Call(call.target, caller, call.time, call.gasLimit, call.data, call.reads);
    }

    /// @notice What must go through to come to a situation.
    function _do(Call memory call) internal {
        (bool success, bytes memory returned) = _make(call);
        if (success) return;
        assembly ("memory-safe") {
            revert(add(returned, 32), mload(returned))
        }
    }

    function _fails(
        string memory what,
        Call memory honest,
        Call[] memory steps,
        Call memory faulty,
        bytes memory expected
    ) private {
        vm.assertEq(_differences(honest, faulty) + steps.length, 1, string.concat(what, ": not one thing differs"));
        uint256 state = vm.snapshotState();

        // Refused, with these bytes, without a trace.
        for (uint256 i = 0; i < steps.length; ++i) _do(steps[i]);
        vm.startStateDiffRecording();
        (bool success, bytes memory actual) = _make(faulty);
        bool changed = _changed(vm.stopAndReturnStateDiff());
        vm.assertFalse(success, string.concat(what, ": went through"));
        vm.assertEq(actual, expected, string.concat(what, ": another error"));
        vm.assertFalse(changed, string.concat(what, ": left a trace"));

        // The honest call goes through, and does something.
        if (steps.length > 0) vm.revertToState(state);
        vm.startStateDiffRecording();
        (success, actual) = _make(honest);
        changed = _changed(vm.stopAndReturnStateDiff());
        if (!success) vm.assertEq(actual, "", string.concat(what, ": the honest call failed"));
        vm.assertTrue(success, string.concat(what, ": the honest call failed"));
        vm.assertTrue(changed != honest.reads, string.concat(what, ": the honest call's traces"));

        vm.revertToState(state);
        if (vm.envOr("GUILDHALL_LOG_REFUSALS", false)) emit log_named_bytes("refused", expected);
    }

    function _make(Call memory call) private returns (bool success, bytes memory returned) {
        vm.warp(call.time);
        vm.prank(call.caller);
        // The calldata is made of any function's, and the outcome is looked at.
        // solhint-disable avoid-low-level-calls
        if (call.gasLimit == ALL_GAS) (success, returned) = call.target.call(call.data);
        else (success, returned) = call.target.call{gas: call.gasLimit}(call.data);
        // solhint-enable avoid-low-level-calls
    }

    function _differences(Call memory a, Call memory b) private pure returns (uint256 count) {
        if (a.target != b.target) ++count;
        if (a.caller != b.caller) ++count;
        if (a.time != b.time) ++count;
        if (a.gasLimit != b.gasLimit) ++count;
        if (keccak256(a.data) != keccak256(b.data)) ++count;
    }

    /// @dev Whether any account's storage, balance or code is another than before.
    function _changed(Vm.AccountAccess[] memory accesses) private pure returns (bool) {
        for (uint256 i = 0; i < accesses.length; ++i) {
            Vm.AccountAccess memory access = accesses[i];
            for (uint256 j = 0; j < access.storageAccesses.length; ++j) {
                Vm.StorageAccess memory word = access.storageAccesses[j];
                if (word.isWrite && !word.reverted && word.newValue != word.previousValue) return true;
            }
            if (access.reverted) continue;
            if (access.newBalance != access.oldBalance || access.kind == Vm.AccessKind.Create) return true;
        }
        return false;
    }
}
