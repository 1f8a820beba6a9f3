// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title One address from which a front end finds all others
/// @notice Written once, by the constructor; nobody can change a line later. A new release is a new directory that names
/// the one before.
///
/// Requirements of the constructor, which takes the lines and the directory before:
///
/// - each name is 1 to 31 printable ASCII characters other than the space, padded with zeros, and stands once;
/// - each account has code;
/// - the directory before is zero or has code.
interface IDirectory {
    /// @notice One line of the directory.
    struct Entry {
        bytes32 name; // the contract's name in ASCII, padded with zeros: "ReferralDeals"
        address account;
    }

    /// @notice `name` was entered for `account`.
    event Entered(bytes32 indexed name, address indexed account);
    /// @notice This directory follows `previous`; zero for the first.
    event Succeeded(address indexed previous);

    /// @notice No contract has this name.
    error DirectoryUnknownName(bytes32 name);
    /// @notice The name at `index` is empty, has a character that is not printable, or is longer than 31 characters.
    error DirectoryInvalidName(uint256 index, bytes32 name);
    /// @notice The name at `index` already stands for `account`.
    error DirectoryNameTaken(uint256 index, bytes32 name, address account);
    /// @notice The account at `index` has no code.
    error DirectoryNoCode(uint256 index, bytes32 name, address account);
    /// @notice The directory before has no code.
    error DirectoryPreviousNoCode(address previous);

    /// @notice The address of `name`.
    ///
    /// Requirements: the name was entered.
    function addressOf(bytes32 name) external view returns (address account);

    /// @notice All lines, in the order in which they were entered.
    function entries() external view returns (Entry[] memory);

    /// @notice The directory of the release before; zero for the first.
    function previous() external view returns (address);
}
