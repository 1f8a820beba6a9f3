// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";

import {ICertificateLedger} from "../../contracts/certificates/ICertificateLedger.sol";
import {IERC5192} from "../../contracts/certificates/IERC5192.sol";
import {CertificatePapers} from "../helpers/CertificatePapers.sol";

/// @notice What a wallet reads of a certificate as an ERC-721 token.
contract LockedTokensTest is CertificatePapers {
    /// @notice A token that was issued is locked, and nobody may move it for its owner; others there are none.
    function test_lockedAndApproved() public {
        uint256 tokenId = uint256(_id(CONTENT));
        bytes memory unknown = abi.encodeWithSelector(
            ICertificateLedger.CertificateLedgerCertificateUnknown.selector,
            tokenId
        );
        vm.expectRevert(unknown);
        IERC5192(address(_ledger)).locked(tokenId);
        vm.expectRevert(unknown);
        IERC721(address(_ledger)).getApproved(tokenId);

        _do(_issue(_application(), CONTENT));
        vm.assertTrue(IERC5192(address(_ledger)).locked(tokenId), "locked");
        vm.assertEq(IERC721(address(_ledger)).getApproved(tokenId), address(0), "approved");
    }

    function testFuzz_nobodyIsApprovedForAll(address owner, address operator) public view {
        vm.assertFalse(IERC721(address(_ledger)).isApprovedForAll(owner, operator), "approved for all");
    }

    function testFuzz_supportsThreeInterfaces(bytes4 interfaceId) public view {
        IERC165 ledger = IERC165(address(_ledger));
        vm.assertTrue(ledger.supportsInterface(type(IERC165).interfaceId), "ERC-165");
        vm.assertTrue(ledger.supportsInterface(type(IERC721).interfaceId), "ERC-721");
        vm.assertTrue(ledger.supportsInterface(type(IERC5192).interfaceId), "ERC-5192");
        vm.assertTrue(
            ledger.supportsInterface(interfaceId) ==
                (interfaceId == type(IERC165).interfaceId ||
                    interfaceId == type(IERC721).interfaceId ||
                    interfaceId == type(IERC5192).interfaceId),
            "any other"
        );
    }
}
