// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccountType, Operation, Requester} from "../../../contracts/certificates/CertificateMoves.sol";
import {ICertificateLedger} from "../../../contracts/certificates/ICertificateLedger.sol";
import {Actors} from "../../helpers/Actors.sol";

/// @title Tells the time anew each time that it is asked
/// @notice The compiler takes the time for the same throughout a transaction, which a cheatcode makes untrue.
contract Clock {
    function time() external view returns (uint40) {
        return uint40(block.timestamp);
    }
}

/// @title Where certificates should be and what they should be worth, told in the plainest way
/// @notice Nothing is packed, each freeze has its own fields, and the verdict is asked of the state alone. Nothing here asks the ledger.
abstract contract CertificateModel is Actors {
    uint40 internal constant FREEZE_TIME = 7 days;
    uint40 internal constant FOREVER = type(uint40).max;

    struct Book {
        bytes32 id;
        bytes32 content;
        bytes32 key;
        address holder;
        uint32 centre;
        AccountType state;
        uint40 notBefore;
        uint40 notAfter;
        Requester frozenBy;
        uint40 frozenUntil;
        uint40 centreWaitsUntil; // zero: it may freeze at once
        uint8 reason;
        uint40 since;
        uint32 records;
        bytes32 head;
        bytes32 successor;
    }

    Clock internal immutable _clock = new Clock();
    Book[] internal _books;
    /// @notice The certificate of the last action.
    uint256 public lastBook;
    mapping(bytes32 id => uint256 number) internal _numbers; // from 1
    /// @dev The last certificate of a key, from 1, and all there were.
    mapping(bytes32 key => uint256 number) internal _lastOf;
    mapping(bytes32 key => uint256[] indexes) private _allOf;
    mapping(uint32 centre => bool over) internal _isRetired;

    /// @notice Final states that were left.
    uint256 public resurrections;

    function bookCount() external view returns (uint256) {
        return _books.length;
    }

    function bookAt(uint256 index) external view returns (Book memory) {
        return _books[index];
    }

    /// @notice How many certificates of the key are live.
    function liveOf(bytes32 key) external view returns (uint256 count) {
        uint256[] storage all = _allOf[key];
        for (uint256 i = 0; i < all.length; ++i) if (_isLive(_books[all[i]])) ++count;
    }

    /// @notice What the certificate should be worth.
    function verdictOf(uint256 index) external view returns (ICertificateLedger.Verdict) {
        Book storage book = _books[index];
        uint40 time = _clock.time();
        if (book.state == AccountType.REVOCATION) return ICertificateLedger.Verdict.REVOKED;
        if (book.state == AccountType.RETIRED) return ICertificateLedger.Verdict.SUPERSEDED;
        if (book.state == AccountType.EXPIRY) return ICertificateLedger.Verdict.EXPIRED;
        if (time > book.notAfter) return ICertificateLedger.Verdict.EXPIRED;
        bool frozen = book.state == AccountType.FREEZING && time < book.frozenUntil;
        if (frozen) return ICertificateLedger.Verdict.FROZEN;
        if (time < book.notBefore) return ICertificateLedger.Verdict.NOT_YET_VALID;
        if (_isRetired[book.centre]) return ICertificateLedger.Verdict.ISSUER_INACTIVE;
        return ICertificateLedger.Verdict.VALID;
    }

    /// @dev Neither in a final state nor over by time.
    function _isLive(Book storage book) internal view returns (bool) {
        bool open = book.state == AccountType.ISSUING || book.state == AccountType.FREEZING;
        return open && _clock.time() <= book.notAfter;
    }

    /// @dev Where the operation should lead, or NONE where it should be refused.
    /// @param centre Where it should be re-homed to
    function _leads(
        Book storage book,
        Operation operation,
        Requester requester,
        uint32 centre
    ) internal view returns (AccountType) {
        bool valid = book.state == AccountType.ISSUING;
        bool frozen = book.state == AccountType.FREEZING;
        uint40 time = _clock.time();
        if (!valid && !frozen) return AccountType.NONE;
        if (requester == Requester.CENTRE && _isRetired[book.centre]) return AccountType.NONE;
        if (operation == Operation.REVOKE) {
            return requester == Requester.ANYONE ? AccountType.NONE : AccountType.REVOCATION;
        }
        if (time > book.notAfter) return operation == Operation.EXPIRE ? AccountType.EXPIRY : AccountType.NONE;
        if (operation == Operation.FREEZE && valid) {
            if (requester == Requester.ANYONE) return AccountType.NONE;
            if (requester == Requester.CENTRE && time < book.centreWaitsUntil) return AccountType.NONE;
            return AccountType.FREEZING;
        }
        if (operation == Operation.UPDATE && valid && requester != Requester.ANYONE) {
            uint256 number = _numbers[book.successor];
            if (number == 0) return AccountType.NONE;
            Book storage next = _books[number - 1];
            return next.state == AccountType.ISSUING && time <= next.notAfter ? AccountType.RETIRED : AccountType.NONE;
        }
        if (requester == Requester.COMMITTEE && operation == Operation.REHOME && valid && !_isRetired[centre]) {
            return AccountType.ISSUING;
        }
        if (requester == Requester.COMMITTEE && operation == Operation.CONFIRM_FREEZE && frozen) {
            return AccountType.FREEZING;
        }
        if (operation == Operation.UNFREEZE && frozen) {
            bool may = requester == Requester.COMMITTEE || requester == book.frozenBy || time >= book.frozenUntil;
            return may ? AccountType.ISSUING : AccountType.NONE;
        }
        return AccountType.NONE;
    }

    /// @dev One more record.
    function _moveInBook(
        Book storage book,
        AccountType to,
        uint32 centre,
        Operation operation,
        Requester requester,
        uint8 reason,
        bytes32 requestHash
    ) internal {
        if (book.state != AccountType.ISSUING && book.state != AccountType.FREEZING) ++resurrections;
        uint40 time = _clock.time();
        uint40 from = _account(book.centre, book.state);
        book.state = to;
        book.centre = centre;
        book.reason = reason;
        book.since = time;
        book.head = _recordId(book, from, operation, requester, requestHash);
        ++book.records;
        book.frozenBy = to == AccountType.FREEZING ? requester : Requester.ANYONE;
        if (operation == Operation.FREEZE && requester == Requester.CENTRE) {
            book.frozenUntil = time + FREEZE_TIME;
            book.centreWaitsUntil = time + 2 * FREEZE_TIME;
        } else if (to == AccountType.FREEZING) {
            (book.frozenUntil, book.centreWaitsUntil) = (FOREVER, 0);
        } else if (operation == Operation.REHOME) {
            book.centreWaitsUntil = 0;
        }
    }

    function _issueInBook(
        bytes32 id,
        bytes32 content,
        ICertificateLedger.Application memory application,
        bytes32 applicationId
    ) internal returns (uint256 index) {
        index = _books.length;
        Book storage book = _books.push();
        (book.id, book.content, book.key) = (id, content, application.subjectKeyHash);
        (book.holder, book.centre, book.state) = (application.applicant, application.centre, AccountType.ISSUING);
        (book.notBefore, book.notAfter) = (application.notBefore, application.notAfter);
        (book.since, book.records) = (_clock.time(), 1);
        book.head = _recordId(book, 0, Operation.ISSUE, Requester.COMMITTEE, applicationId);
        _numbers[id] = index + 1;
        _lastOf[book.key] = index + 1;
        _allOf[book.key].push(index);
        uint256 predecessor = _numbers[application.predecessorId];
        if (predecessor != 0) _books[predecessor - 1].successor = id;
        lastBook = index;
    }

    function _account(uint32 centre, AccountType state) internal pure returns (uint40) {
        return uint40(centre) * 256 + uint8(state);
    }

    /// @dev Of the record that the book has just come to; its head is still the one before.
    function _recordId(
        Book storage book,
        uint40 from,
        Operation operation,
        Requester requester,
        bytes32 requestHash
    ) private view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "Record(bytes32 certificateId,uint40 from,uint40 to,uint8 operation,uint8 requester,uint8 reason,bytes32 requestHash,bytes32 previousRecord,uint256 blockNumber,uint40 timestamp)"
        );
        bytes memory where = abi.encode(typeHash, book.id, from, _account(book.centre, book.state));
        bytes memory what = abi.encode(operation, requester, book.reason, requestHash);
        return keccak256(bytes.concat(where, what, abi.encode(book.head, block.number, book.since)));
    }
}
