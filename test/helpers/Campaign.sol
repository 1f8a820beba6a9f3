// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Actors} from "./Actors.sol";
import {Books, IMintable} from "./Books.sol";
import {InvariantBase} from "./Vm.sol";

/// @title A campaign of invariants over one handler
abstract contract Campaign is InvariantBase {
    bytes4[] private _actions;

    /// @notice The runner calls these actions of the handler and nothing else.
    function _start(Actors handler, bytes4[] memory actions) internal {
        _actions = actions;
        _target(address(handler), actions);
    }

    /// @notice Calls each action once more, from wherever the run came to. Each must go through and count, so that none can
    /// have stopped to act without notice.
    function _actOnceMore(Actors handler, uint256 seed) internal {
        for (uint256 i = 0; i < _actions.length; ++i) {
            uint256 before = handler.calls(_actions[i]);
            // The second word is for those actions that take an amount beside the seed.
            bytes memory data = abi.encodeWithSelector(_actions[i], uint256(keccak256(abi.encode(seed, i))), i);
            // solhint-disable-next-line avoid-low-level-calls
            (bool success, ) = address(handler).call(data);
            vm.assertTrue(success, string.concat("action ", vm.toString(i), " reverted"));
            vm.assertEq(
                handler.calls(_actions[i]),
                before + 1,
                string.concat("action ", vm.toString(i), " did nothing")
            );
        }
    }

    /// @notice Of each token the contract holds what it owes, and what was given to it. No more and no less.
    function _heldIsOwed(Books books, string memory number) internal view {
        address holder = books.holder();
        for (uint256 i = 0; i < books.tokenCount(); ++i) {
            address token = books.tokenAt(i);
            uint256 held = IMintable(token).balanceOf(holder);
            vm.assertEq(held, books.owed(token) + books.donated(token), string.concat(number, ": held is not owed"));
        }
    }

    /// @notice A flow's money that came in went out again, or is where the contract's own states say.
    /// @param kept What the states say, in the order of the tokens
    function _flowAddsUp(Books books, bytes32 flow, uint256[] memory kept, string memory number) internal view {
        for (uint256 i = 0; i < kept.length; ++i) {
            Books.Flow memory total = books.flowOf(flow, books.tokenAt(i));
            vm.assertEq(total.received, total.sent + kept[i], string.concat(number, ": in is not out"));
        }
    }

    /// @notice After every claim was paid nothing is owed, and nothing left but what was given.
    function _nothingIsLeft(Books books, string memory number) internal view {
        for (uint256 i = 0; i < books.tokenCount(); ++i) {
            vm.assertEq(books.owed(books.tokenAt(i)), 0, string.concat(number, ": still owed"));
        }
        _heldIsOwed(books, number);
    }

    function _indexOf(Books books, address token) internal view returns (uint256 index) {
        while (books.tokenAt(index) != token) ++index;
    }
}
