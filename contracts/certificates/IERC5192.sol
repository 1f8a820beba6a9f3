// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title ERC-5192: tokens that say whether they can be transferred
interface IERC5192 {
    event Locked(uint256 tokenId);
    event Unlocked(uint256 tokenId);

    /// @notice Whether the token is locked. Reverts for one that does not exist.
    function locked(uint256 tokenId) external view returns (bool);
}
