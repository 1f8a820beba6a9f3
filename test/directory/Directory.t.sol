// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDirectory} from "../../contracts/directory/IDirectory.sol";
import {Deployed} from "../helpers/Deployed.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice The directory, against plain reference rules.
contract DirectoryTest is TestBase {
    /// @notice Whatever 32 bytes are given as a name: taken exactly when the plain rule takes them.
    function testFuzz_aNameIsTakenExactlyWhenItIsText(bytes32 name, uint256 length) public {
        // Half of the runs are cut to a length, so that names of text and zeros come up.
        if (length % 2 == 0) name = bytes32(uint256(name) & ~(type(uint256).max >> (8 * bound(length / 2, 0, 31))));
        _checkName(name);
    }

    /// @notice The same for printable text of each length with at most one byte made wrong.
    function testFuzz_oneWrongByteIsSeen(bytes32 seed, uint256 length, uint256 place, bytes1 wrong) public {
        length = bound(length, 0, 32);
        bytes memory text = new bytes(32);
        for (uint256 i = 0; i < length; ++i) text[i] = bytes1(uint8(0x21 + (uint8(seed[i]) % 0x5e)));
        if (place % 3 != 0) text[(place / 3) % 32] = wrong;
        _checkName(bytes32(text));
    }

    /// @notice Every line of any set of distinct names is found under its name, in its place, and no other name is.
    function testFuzz_everyLineIsFound(uint8 count, bytes32 other) public {
        count = uint8(bound(count, 0, 24));
        IDirectory.Entry[] memory lines = new IDirectory.Entry[](count);
        bool known = false;
        for (uint256 i = 0; i < count; ++i) {
            bytes32 name = bytes32(bytes(vm.toString(1000 + i)));
            lines[i] = IDirectory.Entry({name: name, account: address(Deployed.directory(_none(), address(0)))});
            known = known || name == other;
        }
        IDirectory directory = Deployed.directory(lines, address(this));

        IDirectory.Entry[] memory found = directory.entries();
        assert(found.length == count);
        assert(directory.previous() == address(this));
        for (uint256 i = 0; i < count; ++i) {
            assert(found[i].name == lines[i].name);
            assert(found[i].account == lines[i].account);
            assert(directory.addressOf(lines[i].name) == lines[i].account);
        }
        vm.assume(!known);
        vm.expectRevert(abi.encodeWithSelector(IDirectory.DirectoryUnknownName.selector, other));
        directory.addressOf(other);
    }

    function _checkName(bytes32 name) private {
        IDirectory.Entry[] memory lines = new IDirectory.Entry[](1);
        lines[0] = IDirectory.Entry({name: name, account: address(this)});

        if (_isText(name)) {
            assert(Deployed.directory(lines, address(0)).addressOf(name) == address(this));
        } else {
            vm.expectRevert(abi.encodeWithSelector(IDirectory.DirectoryInvalidName.selector, 0, name));
            Deployed.directory(lines, address(0));
        }
    }

    /// @dev The rule in its plainest form: some byte is the first zero, all before it print, all after it are zero.
    function _isText(bytes32 name) private pure returns (bool) {
        for (uint256 end = 1; end < 32; ++end) {
            bool text = true;
            for (uint256 i = 0; i < 32; ++i) {
                bool prints = uint8(name[i]) >= 0x21 && uint8(name[i]) <= 0x7e;
                text = text && (i < end ? prints : name[i] == 0);
            }
            if (text) return true;
        }
        return false;
    }

    function _none() private pure returns (IDirectory.Entry[] memory) {
        return new IDirectory.Entry[](0);
    }
}
