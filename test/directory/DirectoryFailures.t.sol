// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDirectory} from "../../contracts/directory/IDirectory.sol";
import {Deployed} from "../helpers/Deployed.sol";
import {Call, Failures} from "../helpers/Failures.sol";

/// @notice Creates directories, so that a constructor is a call like others.
contract DirectoryMaker {
    function make(IDirectory.Entry[] calldata lines, address before) external returns (IDirectory) {
        return Deployed.directory(lines, before);
    }
}

/// @notice The table of what the directory refuses.
contract DirectoryFailuresTest is Failures {
    uint256 private constant NOW = 1_800_000_000;
    address private constant NOBODY = address(0xdead);

    DirectoryMaker private _maker = new DirectoryMaker();

    function test_constructor() public {
        Call memory honest = _make("Deals", address(_maker), "Registry", address(this), address(this));

        _row(
            "the directory before has no code",
            honest,
            _make("Deals", address(_maker), "Registry", address(this), NOBODY),
            abi.encodeWithSelector(IDirectory.DirectoryPreviousNoCode.selector, NOBODY)
        );
        _row(
            "an empty name",
            honest,
            _make("Deals", address(_maker), "", address(this), address(this)),
            abi.encodeWithSelector(IDirectory.DirectoryInvalidName.selector, 1, bytes32(0))
        );
        _row(
            "a name with a space",
            honest,
            _make("Deals", address(_maker), "The Registry", address(this), address(this)),
            abi.encodeWithSelector(IDirectory.DirectoryInvalidName.selector, 1, bytes32("The Registry"))
        );
        _row(
            "a name with a character that is not printable",
            honest,
            _make("Deals", address(_maker), "Registry\x7f", address(this), address(this)),
            abi.encodeWithSelector(IDirectory.DirectoryInvalidName.selector, 1, bytes32("Registry\x7f"))
        );
        _row(
            "a name that goes on after a zero",
            honest,
            _make("Deals", address(_maker), "Registry\x00y", address(this), address(this)),
            abi.encodeWithSelector(IDirectory.DirectoryInvalidName.selector, 1, bytes32("Registry\x00y"))
        );
        _row(
            "a name of 32 characters",
            honest,
            _make("Deals", address(_maker), "RegistryRegistryRegistryRegistry", address(this), address(this)),
            abi.encodeWithSelector(
                IDirectory.DirectoryInvalidName.selector,
                1,
                bytes32("RegistryRegistryRegistryRegistry")
            )
        );
        _row(
            "a name that stands already",
            honest,
            _make("Deals", address(_maker), "Deals", address(this), address(this)),
            abi.encodeWithSelector(IDirectory.DirectoryNameTaken.selector, 1, bytes32("Deals"), address(_maker))
        );
        _row(
            "an account without code",
            honest,
            _make("Deals", address(_maker), "Registry", NOBODY, address(this)),
            abi.encodeWithSelector(IDirectory.DirectoryNoCode.selector, 1, bytes32("Registry"), NOBODY)
        );
    }

    function test_addressOf() public {
        IDirectory.Entry[] memory lines = new IDirectory.Entry[](1);
        lines[0] = IDirectory.Entry("Deals", address(_maker));
        address directory = address(Deployed.directory(lines, address(0)));

        _row(
            "a name that was not entered",
            Call(directory, NOBODY, NOW, ALL_GAS, abi.encodeCall(IDirectory.addressOf, ("Deals")), true),
            Call(directory, NOBODY, NOW, ALL_GAS, abi.encodeCall(IDirectory.addressOf, ("Dealt")), true),
            abi.encodeWithSelector(IDirectory.DirectoryUnknownName.selector, bytes32("Dealt"))
        );
    }

    function _make(
        bytes32 first,
        address firstAccount,
        bytes32 second,
        address secondAccount,
        address before
    ) private view returns (Call memory) {
        IDirectory.Entry[] memory lines = new IDirectory.Entry[](2);
        lines[0] = IDirectory.Entry(first, firstAccount);
        lines[1] = IDirectory.Entry(second, secondAccount);
        bytes memory data = abi.encodeCall(DirectoryMaker.make, (lines, before));
        return Call(address(_maker), NOBODY, NOW, ALL_GAS, data, false);
    }
}
