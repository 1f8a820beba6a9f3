// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Call, Failures} from "./Failures.sol";

/// @notice Something to fail at.
contract Tally {
    uint256 public count;

    error TallyTooMuch(uint256 max, uint256 actual);

    function add(uint256 amount) external {
        if (amount > 5) revert TallyTooMuch(5, amount);
        count += amount;
    }
}

/// @notice A row of a failure table holds for one reason, and fails for each of the others.
contract FailureTableTest is Failures {
    Tally private _tally = new Tally();

    function test_holds() public {
        this.row(_add(5), _add(6), _tooMuch(5, 6));
        vm.assertEq(_tally.count(), 0, "a row leaves nothing behind");
    }

    function test_failsForAnotherArgument() public {
        _refused(_add(5), _add(6), _tooMuch(4, 6));
    }

    function test_failsForMoreBytes() public {
        _refused(_add(5), _add(6), bytes.concat(_tooMuch(5, 6), hex"00"));
    }

    function test_failsWhenNothingIsRefused() public {
        _refused(_add(5), _add(4), _tooMuch(5, 4));
    }

    function test_failsWhenTwoThingsDiffer() public {
        _refused(_add(5), _by(_add(6), address(0xdead)), _tooMuch(5, 6));
    }

    function test_failsWhenNothingDiffers() public {
        _refused(_add(6), _add(6), _tooMuch(5, 6));
    }

    function test_failsWhenTheHonestCallFails() public {
        _refused(_add(7), _add(6), _tooMuch(5, 6));
    }

    function test_failsWhenTheHonestCallDoesNothing() public {
        _refused(_add(0), _add(6), _tooMuch(5, 6));
    }

    function test_failsWhenWhatShouldReadWrites() public {
        (Call memory honest, Call memory faulty) = (_add(5), _add(6));
        (honest.reads, faulty.reads) = (true, true);
        _refused(honest, faulty, _tooMuch(5, 6));
    }

    function row(Call calldata honest, Call calldata faulty, bytes calldata expected) external {
        _row("row", honest, faulty, expected);
    }

    function _refused(Call memory honest, Call memory faulty, bytes memory expected) private {
        bool held;
        try this.row(honest, faulty, expected) {
            held = true;
        } catch {}
        vm.assertFalse(held, "the row held");
    }

    function _add(uint256 amount) private view returns (Call memory) {
        return Call(address(_tally), address(this), 1, ALL_GAS, abi.encodeCall(Tally.add, (amount)), false);
    }

    function _tooMuch(uint256 max, uint256 actual) private pure returns (bytes memory) {
        return abi.encodeWithSelector(Tally.TallyTooMuch.selector, max, actual);
    }
}
