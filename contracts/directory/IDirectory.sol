// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title One address from which a front end finds all others
/// @notice Written once at deployment. A new release is a new directory that names the one before.
interface IDirectory {
    /// @notice One line of the directory.
    struct Entry {
        bytes32 name; // the contract's name in ASCII, padded with zeros: "ReferralDeals"
        address account;
    }

    /// @notice `name` was entered for `account`.
    event Entered(bytes32 indexed name, address indexed account);

    /// @notice No contract has this name.
    error DirectoryUnknownName(bytes32 name);
    /// @notice The name at `index` stands twice, or is empty.
    error DirectoryInvalidName(uint256 index, bytes32 name);
    /// @notice The account at `index` has no code.
    error DirectoryNoCode(uint256 index, address account);

    /// @notice The address of `name`. Reverts for an unknown name.
    function addressOf(bytes32 name) external view returns (address account);

    /// @notice All lines, in the order of deployment.
    function entries() external view returns (Entry[] memory);

    /// @notice The directory of the release before; zero for the first.
    function previous() external view returns (address);
}
