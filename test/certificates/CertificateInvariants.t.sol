// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICertificateLedger} from "../../contracts/certificates/ICertificateLedger.sol";
import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {Campaign} from "../helpers/Campaign.sol";
import {Deployed} from "../helpers/Deployed.sol";
import {CertificateModel} from "./actors/CertificateModel.sol";
import {CertificateActors} from "./CertificateActors.sol";

/// @notice The actors as a contract of this file: the runner only knows what stands beside its suites.
contract CertificateHandler is CertificateActors {
    constructor(ICertificateLedger ledger_, ICommitteeRegistry registry) CertificateActors(ledger_, registry) {}
}

/// @notice The invariants L1 to L7 and L10 of docs/invariants.md, whatever the actors do in whatever order.
contract CertificateInvariants is Campaign {
    ICertificateLedger private _ledger;
    CertificateHandler private _handler;

    function setUp() public {
        vm.warp(2_000_000_000);
        ICommitteeRegistry registry = Deployed.committeeRegistry();
        _ledger = Deployed.certificateLedger(registry);
        _handler = new CertificateHandler(_ledger, registry);
        _start(_handler, _actions());
    }

    /// @notice After each call: what holds for all of them, and the rest for the certificate that was acted on.
    function invariant_L1_L2_L3_L4_L5_L6_L7_L10() public view {
        vm.assertEq(_handler.trespasses(), 0, "L10: a trespass went through");
        vm.assertEq(_handler.surprises(), 0, "L3: another outcome than the books say");
        vm.assertEq(_handler.resurrections(), 0, "L5: a final state was left");
        if (_handler.bookCount() == 0) return;
        _asTold(_handler.lastBook());
        _nothingElse(_handler.lastBook());
    }

    /// @notice After each run: every action once more, then every certificate there is.
    function afterInvariant() public {
        _actOnceMore(_handler, block.timestamp);
        invariant_L1_L2_L3_L4_L5_L6_L7_L10();
        for (uint256 i = 0; i < _handler.bookCount(); ++i) _asTold(i);
    }

    /// @notice Each action of the handler does its work, from nothing and again.
    function test_everyActionActs() public {
        for (uint256 round = 1; round < 4; ++round) {
            _actOnceMore(_handler, round);
            invariant_L1_L2_L3_L4_L5_L6_L7_L10();
        }
        afterInvariant();
    }

    /// @notice A certificate is where the books say, and worth what they say.
    function _asTold(uint256 index) private view {
        CertificateModel.Book memory book = _handler.bookAt(index);
        ICertificateLedger.CertificateState memory state = _ledger.certificateOf(book.id);
        vm.assertEq(uint8(state.accountType), uint8(book.state), "L3: account type");
        vm.assertEq(state.account, uint256(book.centre) * 256 + uint8(book.state), "L3: account");
        vm.assertEq(state.centre, book.centre, "L3: centre");
        vm.assertEq(state.head, book.head, "L6: the head is not the chain of the records");
        vm.assertEq(state.sequence, book.records, "L7: number of records");
        vm.assertEq(state.notBefore, book.notBefore, "L3: not before");
        vm.assertEq(state.notAfter, book.notAfter, "L3: not after");
        vm.assertLe(_handler.liveOf(book.key), 1, "L2: two live certificates for a key");

        ICertificateLedger.Verification memory answer = _ledger.verify(book.id, book.content);
        vm.assertEq(uint8(answer.verdict), uint8(_handler.verdictOf(index)), "L4: verdict");
        vm.assertEq(answer.reason, book.reason, "L4: reason");
        vm.assertEq(answer.since, book.since, "L4: since");
        bool superseded = answer.verdict == ICertificateLedger.Verdict.SUPERSEDED;
        vm.assertEq(answer.successorId, superseded ? book.successor : bytes32(0), "L4: successor");
    }

    /// @notice Other bytes are not this certificate's, and an id that was never issued is none.
    function _nothingElse(uint256 index) private view {
        CertificateModel.Book memory book = _handler.bookAt(index);
        bytes32 other = keccak256(abi.encode(book.id));
        ICertificateLedger.Verification memory answer = _ledger.verify(book.id, other);
        vm.assertEq(uint8(answer.verdict), uint8(ICertificateLedger.Verdict.MISMATCH), "L4: other bytes");
        answer = _ledger.verify(other, book.content);
        vm.assertEq(uint8(answer.verdict), uint8(ICertificateLedger.Verdict.UNKNOWN), "L1: never issued");
    }

    function _actions() private view returns (bytes4[] memory actions) {
        actions = new bytes4[](11);
        actions[0] = _handler.issue.selector;
        actions[1] = _handler.move.selector;
        actions[2] = _handler.moveInTime.selector;
        actions[3] = _handler.moveByCentre.selector;
        actions[4] = _handler.moveByAnyone.selector;
        actions[5] = _handler.moveAtOnce.selector;
        actions[6] = _handler.update.selector;
        actions[7] = _handler.retireCentre.selector;
        actions[8] = _handler.judge.selector;
        actions[9] = _handler.trespass.selector;
        actions[10] = _handler.wait.selector;
    }
}
