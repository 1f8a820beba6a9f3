// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccountType, CertificateMoves, Operation, Requester} from "../../contracts/certificates/CertificateMoves.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice The arrows between accounts, as the library has them, against a list of them as one would tell it.
contract CertificateMovesTest is TestBase {
    /// @dev When an arrow is there.
    enum When {
        IN_TIME,
        OVER, // the certificate's time is
        ALWAYS
    }

    struct Arrow {
        AccountType from;
        Operation operation;
        AccountType to;
        When when;
        bool forHolder;
        bool forCentre;
        bool forCommittee;
        bool forAnyone;
    }

    struct Moment {
        Requester frozenBy;
        bool expired;
        bool freezeOver;
        bool mayFreezeAgain;
    }

    Arrow[] private _arrows;

    function setUp() public {
        AccountType issuing = AccountType.ISSUING;
        AccountType freezing = AccountType.FREEZING;
        _arrows.push(Arrow(issuing, Operation.FREEZE, freezing, When.IN_TIME, true, true, true, false));
        _arrows.push(Arrow(issuing, Operation.REVOKE, AccountType.REVOCATION, When.ALWAYS, true, true, true, false));
        _arrows.push(Arrow(issuing, Operation.UPDATE, AccountType.RETIRED, When.IN_TIME, true, true, true, false));
        _arrows.push(Arrow(issuing, Operation.EXPIRE, AccountType.EXPIRY, When.OVER, true, true, true, true));
        _arrows.push(Arrow(issuing, Operation.REHOME, issuing, When.IN_TIME, false, false, true, false));
        _arrows.push(Arrow(freezing, Operation.UNFREEZE, issuing, When.IN_TIME, false, false, true, false));
        _arrows.push(Arrow(freezing, Operation.CONFIRM_FREEZE, freezing, When.IN_TIME, false, false, true, false));
        _arrows.push(Arrow(freezing, Operation.REVOKE, AccountType.REVOCATION, When.ALWAYS, true, true, true, false));
        _arrows.push(Arrow(freezing, Operation.EXPIRE, AccountType.EXPIRY, When.OVER, true, true, true, true));
    }

    /// @notice Every account type, operation, requester and moment there is.
    function test_everyCell() public view {
        uint256 cells;
        uint256 allowed;
        for (uint8 from = 0; from <= uint8(type(AccountType).max); ++from) {
            for (uint8 operation = 0; operation <= uint8(type(Operation).max); ++operation) {
                for (uint8 requester = 0; requester <= uint8(type(Requester).max); ++requester) {
                    for (uint8 moment = 0; moment < 32; ++moment) {
                        if (_sameCell(from, operation, requester, moment)) ++allowed;
                        ++cells;
                    }
                }
            }
        }
        vm.assertEq(cells, 6 * 8 * 4 * 32, "cells");
        // From ISSUING 40 freeze, 96 revoke, 48 update, 64 expire, 16 re-home; from FREEZING 44 unfreeze, 16 confirm, 96, 64.
        vm.assertEq(allowed, 484, "allowed cells");
    }

    /// @notice The same, drawn by the fuzzer.
    function testFuzz_cell(uint8 from, uint8 operation, uint8 requester, uint8 moment) public view {
        _sameCell(from % 6, operation % 8, requester % 4, moment % 32);
    }

    function _sameCell(uint8 from, uint8 operation, uint8 requester, uint8 bits) private view returns (bool) {
        Moment memory moment = Moment(Requester(bits & 3), bits & 4 != 0, bits & 8 != 0, bits & 16 != 0);
        AccountType actual = CertificateMoves.target(
            AccountType(from),
            Operation(operation),
            Requester(requester),
            moment.frozenBy,
            moment.expired,
            moment.freezeOver,
            moment.mayFreezeAgain
        );
        AccountType expected = _told(AccountType(from), Operation(operation), Requester(requester), moment);
        if (actual != expected) {
            string memory cell = string.concat(vm.toString(from), " ", vm.toString(operation));
            cell = string.concat(cell, " ", vm.toString(requester), " ", vm.toString(bits));
            vm.assertEq(uint8(actual), uint8(expected), cell);
        }
        return actual != AccountType.NONE;
    }

    /// @dev Where an arrow of the list leads.
    function _told(
        AccountType from,
        Operation operation,
        Requester requester,
        Moment memory moment
    ) private view returns (AccountType) {
        for (uint256 i = 0; i < _arrows.length; ++i) {
            Arrow memory arrow = _arrows[i];
            if (arrow.from != from || arrow.operation != operation) continue;
            if (arrow.when == When.IN_TIME && moment.expired) return AccountType.NONE;
            if (arrow.when == When.OVER && !moment.expired) return AccountType.NONE;
            return _mayAsk(arrow, requester, moment) ? arrow.to : AccountType.NONE;
        }
        return AccountType.NONE;
    }

    function _mayAsk(Arrow memory arrow, Requester requester, Moment memory moment) private pure returns (bool) {
        // Whoever froze undoes it; a freeze that ended by itself anyone may clear away.
        if (arrow.operation == Operation.UNFREEZE && moment.freezeOver) return true;
        bool froze = arrow.operation == Operation.UNFREEZE && requester == moment.frozenBy;
        if (requester == Requester.HOLDER) return arrow.forHolder || froze;
        if (requester == Requester.COMMITTEE) return arrow.forCommittee;
        if (requester == Requester.ANYONE) return arrow.forAnyone;
        if (arrow.operation == Operation.FREEZE && !moment.mayFreezeAgain) return false;
        return arrow.forCentre || froze;
    }
}
