// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";

import {CertificateWord} from "./CertificateWord.sol";
import {ICertificateLedger} from "./ICertificateLedger.sol";
import {IERC5192} from "./IERC5192.sol";

/// @title Certificates as ERC-721 tokens that cannot be transferred
abstract contract LockedTokens is ICertificateLedger, IERC721, IERC5192 {
    /// @inheritdoc IERC721
    function balanceOf(address owner) external pure returns (uint256) {
        revert CertificateLedgerNotCounted(owner);
    }

    /// @inheritdoc IERC721
    function ownerOf(uint256 tokenId) external view returns (address) {
        return _ownerOf(_requireCertificate(bytes32(tokenId)).account());
    }

    /// @inheritdoc IERC5192
    function locked(uint256 tokenId) external view returns (bool) {
        _requireCertificate(bytes32(tokenId));
        return true;
    }

    /// @inheritdoc IERC721
    function getApproved(uint256 tokenId) external view returns (address) {
        _requireCertificate(bytes32(tokenId));
        return address(0);
    }

    /// @inheritdoc IERC721
    function isApprovedForAll(address, address) external pure returns (bool) {
        return false;
    }

    /// @inheritdoc IERC721
    function approve(address, uint256 tokenId) external pure {
        revert CertificateLedgerLocked(bytes32(tokenId));
    }

    /// @inheritdoc IERC721
    function setApprovalForAll(address, bool) external pure {
        revert CertificateLedgerLocked(0);
    }

    /// @inheritdoc IERC721
    function transferFrom(address, address, uint256 tokenId) external pure {
        revert CertificateLedgerLocked(bytes32(tokenId));
    }

    /// @inheritdoc IERC721
    function safeTransferFrom(address, address, uint256 tokenId) external pure {
        revert CertificateLedgerLocked(bytes32(tokenId));
    }

    /// @inheritdoc IERC721
    function safeTransferFrom(address, address, uint256 tokenId, bytes calldata) external pure {
        revert CertificateLedgerLocked(bytes32(tokenId));
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return
            interfaceId == type(IERC165).interfaceId ||
            interfaceId == type(IERC721).interfaceId ||
            interfaceId == type(IERC5192).interfaceId;
    }

    function _requireCertificate(bytes32 certificateId) internal view virtual returns (CertificateWord);

    /// @dev What an account owns tokens as: a text and the number, an address that nobody has a key for.
    function _ownerOf(uint40 account) internal pure returns (address) {
        return address(uint160(bytes20("guildhallcentre")) | account);
    }
}
