// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDirectory} from "./IDirectory.sol";

/// @title Directory
/// @notice See {IDirectory}.
contract Directory is IDirectory {
    Entry[] private _entries; // slot 0
    mapping(bytes32 name => address account) private _accounts; // slot 1
    address private immutable _previous;

    constructor(Entry[] memory lines, address before) {
        // Check: the release before
        if (before != address(0) && before.code.length == 0) revert DirectoryPreviousNoCode(before);

        _previous = before;
        emit Succeeded(before);

        for (uint256 i = 0; i < lines.length; ++i) {
            (bytes32 name, address account) = (lines[i].name, lines[i].account);

            // Check: name
            if (!_isName(name)) revert DirectoryInvalidName(i, name);
            if (_accounts[name] != address(0)) revert DirectoryNameTaken(i, name, _accounts[name]);
            // Check: account
            if (account.code.length == 0) revert DirectoryNoCode(i, name, account);

            // Effect: enter
            _accounts[name] = account;
            _entries.push(lines[i]);
            emit Entered(name, account);
        }
    }

    /// @inheritdoc IDirectory
    function addressOf(bytes32 name) external view returns (address account) {
        account = _accounts[name];
        // Check: name
        if (account == address(0)) revert DirectoryUnknownName(name);
    }

    /// @inheritdoc IDirectory
    function entries() external view returns (Entry[] memory) {
        return _entries;
    }

    /// @inheritdoc IDirectory
    function previous() external view returns (address) {
        return _previous;
    }

    /// @dev Whether `name` is 1 to 31 printable ASCII characters followed by zeros only: what every client's decoder reads
    /// back as the same text.
    function _isName(bytes32 name) private pure returns (bool) {
        uint256 length = 0;
        while (length < 32 && name[length] != 0) {
            if (name[length] <= 0x20 || name[length] >= 0x7f) return false;
            ++length;
        }
        // Zero bytes only after the text: shifting the text out leaves nothing.
        return length != 0 && length < 32 && uint256(name) << (8 * length) == 0;
    }
}
