// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccountType, Operation} from "../../contracts/certificates/CertificateMoves.sol";
import {ICertificateLedger} from "../../contracts/certificates/ICertificateLedger.sol";
import {CertificatePapers} from "../helpers/CertificatePapers.sol";
import {Construction} from "../helpers/Construction.sol";

/// @notice Calls out of constructors: a caller is who it is before it has code, and signs nothing until it has.
contract CertificateConstructionTest is CertificatePapers, Construction {
    /// @notice A holder that is being made freezes its certificate; its word as a wallet counts once it can be asked.
    function test_holder() public {
        address newborn = _next();
        ICertificateLedger.Application memory application = _application();
        application.applicant = newborn;
        _do(_issue(application, CONTENT));
        ICertificateLedger.Request memory request = _request(CONTENT, Operation.FREEZE);
        bytes memory signed = abi.encodeCall(ICertificateLedger.executeAsHolder, (request, KEY, newborn, "said yes"));
        bytes32 digest = _requestDigest(request);
        vm.expectRevert(
            abi.encodeWithSelector(ICertificateLedger.CertificateLedgerWrongSignature.selector, newborn, digest)
        );
        _make(address(_ledger), _one(signed));
        _make(address(_ledger), _one(abi.encodeCall(ICertificateLedger.executeAsHolder, (request, KEY, newborn, ""))));
        _isIn(AccountType.FREEZING);

        request = _request(CONTENT, Operation.REVOKE);
        _do(_call(abi.encodeCall(ICertificateLedger.executeAsHolder, (request, KEY, newborn, "said yes"))));
        _isIn(AccountType.REVOCATION);
    }

    /// @notice A centre's account that is being made acts for the centre, and for no other.
    function test_centre() public {
        address newborn = _next();
        _do(_admit(_committee, _config(newborn), "newborn"));
        uint32 centre = OTHER_CENTRE + 1;
        _do(_issue(_application(centre, KEY), CONTENT));
        bytes32 certificateId = _id(CONTENT);
        bytes memory freeze = abi.encodeCall(ICertificateLedger.freeze, (certificateId, _head(certificateId), 6));
        _do(_issue(_application(CENTRE, "another key"), "another"));
        bytes32 foreign = _id("another");
        bytes memory trespass = abi.encodeCall(ICertificateLedger.freeze, (foreign, _head(foreign), 6));
        vm.expectRevert(
            abi.encodeWithSelector(ICertificateLedger.CertificateLedgerNotRequester.selector, _centre, newborn)
        );
        _make(address(_ledger), _one(trespass));
        _make(address(_ledger), _one(freeze));
        _isIn(AccountType.FREEZING);
    }

    /// @notice Whoever issues needs nothing but the approval.
    function test_issue() public {
        _next();
        _make(address(_ledger), _one(_issue(_application(), CONTENT).data));
        _isIn(AccountType.ISSUING);
    }

    function _isIn(AccountType expected) private view {
        vm.assertEq(uint8(_ledger.certificateOf(_id(CONTENT)).accountType), uint8(expected), "account type");
    }
}
