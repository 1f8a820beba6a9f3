// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TestBase} from "./Vm.sol";

/// @title People with keys who act on a contract, and what is counted of them
/// @notice What the handler of a campaign inherits. Its actions are its external functions whose first parameter is called
/// `seed`: the runners fail a campaign that did not reach each of them with success (scripts/checks/campaigns/). An action does
/// what it says: where nothing fits, it first makes what it needs, so that no call is empty. It draws all that it needs from
/// the seed, and says that it acted with `counted`.
abstract contract Actors is TestBase {
    uint256 private constant FIRST_KEY = 0xA11CE;

    mapping(address account => uint256 key) private _keys;
    uint256 private _people;

    /// @notice How often each action acted.
    mapping(bytes4 action => uint256 count) public calls;
    /// @notice What should have reverted and did not.
    uint256 public trespasses;

    modifier counted() {
        _;
        ++calls[msg.sig];
    }

    /// @notice Time passes.
    function wait(uint256 seed) external counted {
        _reach(block.timestamp + _draw(seed, "wait", 1, _longestWait()));
    }

    /// @notice The longest time that passes at once. Of the order of the longest period of the contract.
    function _longestWait() internal view virtual returns (uint256) {
        return 3 days;
    }

    /// @notice So many people more. Only `_sign` knows their keys.
    function _hire(uint256 count) internal returns (address[] memory people) {
        people = new address[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 key = FIRST_KEY + _people++;
            people[i] = vm.addr(key);
            _keys[people[i]] = key;
        }
    }

    /// @notice A signature of 65 bytes or of 64, as the salt draws.
    function _sign(address account, bytes32 digest, uint256 salt) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keys[account], digest);
        if (salt % 2 == 0) return abi.encodePacked(r, s, v);
        return abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }

    /// @notice A number within `[min, max]`, one for each `what`.
    function _draw(uint256 seed, string memory what, uint256 min, uint256 max) internal pure returns (uint256) {
        return min + (uint256(keccak256(abi.encode(seed, what))) % (max - min + 1));
    }

    function _pick(uint256 seed, string memory what, address[] storage people) internal view returns (address) {
        return people[_draw(seed, what, 0, people.length - 1)];
    }

    /// @notice Calls what must be refused, whatever its return; going through is a trespass.
    function _demandRefusal(address target, bytes memory data) internal {
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, ) = target.call(data);
        if (success) ++trespasses;
    }

    /// @notice Waits for a moment that is not over.
    function _reach(uint256 moment) internal {
        if (block.timestamp < moment) vm.warp(moment);
    }
}
