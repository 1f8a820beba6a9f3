// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccountType, CertificateMoves, Operation, Requester} from "../../contracts/certificates/CertificateMoves.sol";
import {CertificateWord, CertificateWords} from "../../contracts/certificates/CertificateWord.sol";

/// @title What `npm run prove` shows of the arrows between accounts, for every one there is, and of a certificate's word
contract CertificateMovesProof {
    /// @dev What an arrow depends on beside the account it begins at, the operation and the requester.
    struct Moment {
        Requester frozenBy;
        bool expired;
        bool freezeOver;
        bool mayFreezeAgain;
    }

    uint256 private constant VALIDITY_MASK = uint256(type(uint80).max) << 72;

    /// @notice From REVOCATION, RETIRED and EXPIRY no arrow leads, nor from what is no account (invariant L5).
    function finalStates(
        AccountType from,
        Operation operation,
        Requester requester,
        Moment calldata moment
    ) external pure {
        require(from != AccountType.ISSUING && from != AccountType.FREEZING);
        assert(_target(from, operation, requester, moment) == AccountType.NONE);
    }

    /// @notice Only the committee re-homes, and only what is valid.
    function rehome(AccountType from, Requester requester, Moment calldata moment) external pure {
        AccountType to = _target(from, Operation.REHOME, requester, moment);
        if (to == AccountType.NONE) return;
        assert(requester == Requester.COMMITTEE);
        assert(from == AccountType.ISSUING && to == AccountType.ISSUING && !moment.expired);
    }

    /// @notice Only the committee makes a freeze last.
    function confirmFreeze(AccountType from, Requester requester, Moment calldata moment) external pure {
        AccountType to = _target(from, Operation.CONFIRM_FREEZE, requester, moment);
        if (to == AccountType.NONE) return;
        assert(requester == Requester.COMMITTEE);
        assert(from == AccountType.FREEZING && to == AccountType.FREEZING && !moment.expired);
    }

    /// @notice Anyone only expires what is expired, and ends a freeze that is over.
    function anyone(AccountType from, Operation operation, Moment calldata moment) external pure {
        AccountType to = _target(from, operation, Requester.ANYONE, moment);
        if (to == AccountType.NONE) return;
        if (operation == Operation.EXPIRE) {
            assert(moment.expired && to == AccountType.EXPIRY);
        } else {
            assert(operation == Operation.UNFREEZE && from == AccountType.FREEZING && to == AccountType.ISSUING);
            assert(moment.freezeOver && !moment.expired);
        }
    }

    /// @notice A freeze is undone by the committee, by who froze, or once it is over.
    function unfreeze(AccountType from, Requester requester, Moment calldata moment) external pure {
        AccountType to = _target(from, Operation.UNFREEZE, requester, moment);
        if (to == AccountType.NONE) return;
        assert(from == AccountType.FREEZING && to == AccountType.ISSUING && !moment.expired);
        assert(moment.freezeOver || requester == Requester.COMMITTEE || requester == moment.frozenBy);
    }

    /// @notice A freeze begins with somebody who has a name, and a centre waits after each of its own.
    function freeze(AccountType from, Requester requester, Moment calldata moment) external pure {
        AccountType to = _target(from, Operation.FREEZE, requester, moment);
        if (to == AccountType.NONE) return;
        assert(from == AccountType.ISSUING && to == AccountType.FREEZING && !moment.expired);
        assert(requester != Requester.ANYONE);
        assert(requester != Requester.CENTRE || moment.mayFreezeAgain);
    }

    /// @notice A certificate is superseded while it is valid, by somebody who has a name.
    function update(AccountType from, Requester requester, Moment calldata moment) external pure {
        AccountType to = _target(from, Operation.UPDATE, requester, moment);
        if (to == AccountType.NONE) return;
        assert(from == AccountType.ISSUING && to == AccountType.RETIRED && !moment.expired);
        assert(requester != Requester.ANYONE);
    }

    /// @notice What is live becomes EXPIRY exactly when it is expired.
    function expire(AccountType from, Requester requester, Moment calldata moment) external pure {
        AccountType to = _target(from, Operation.EXPIRE, requester, moment);
        bool live = from == AccountType.ISSUING || from == AccountType.FREEZING;
        assert(to == (live && moment.expired ? AccountType.EXPIRY : AccountType.NONE));
    }

    /// @notice What is live becomes REVOCATION whenever somebody who has a name asks.
    function revoke(AccountType from, Requester requester, Moment calldata moment) external pure {
        AccountType to = _target(from, Operation.REVOKE, requester, moment);
        bool live = from == AccountType.ISSUING || from == AccountType.FREEZING;
        assert(to == (live && requester != Requester.ANYONE ? AccountType.REVOCATION : AccountType.NONE));
    }

    /// @notice Issuing is no arrow.
    function issue(AccountType from, Requester requester, Moment calldata moment) external pure {
        assert(_target(from, Operation.ISSUE, requester, moment) == AccountType.NONE);
    }

    /// @notice What is packed comes out again: a first record.
    function pack(uint40 account, uint40 notBefore, uint40 notAfter, uint40 movedAt) external pure {
        CertificateWord word = CertificateWords.pack(account, notBefore, notAfter, movedAt);
        assert(word.exists() && word.account() == account && word.sequence() == 1);
        assert(word.notBefore() == notBefore && word.notAfter() == notAfter && word.movedAt() == movedAt);
        assert(word.freezeEnds() == 0 && word.reason() == 0 && word.frozenBy() == Requester.ANYONE);
    }

    /// @notice A move keeps the validity, counts, and sets all else as given.
    function moved(
        uint256 before,
        uint40 account,
        uint40 movedAt,
        uint40 freezeEnds,
        uint8 reason,
        Requester frozenBy
    ) external pure {
        CertificateWord word = CertificateWord.wrap(before);
        require(word.sequence() != type(uint32).max);
        CertificateWord later = word.moved(account, movedAt, freezeEnds, reason, frozenBy);
        assert((CertificateWord.unwrap(later) ^ before) & VALIDITY_MASK == 0);
        assert(later.sequence() == word.sequence() + 1);
        assert(later.account() == account && later.movedAt() == movedAt && later.freezeEnds() == freezeEnds);
        assert(later.reason() == reason && later.frozenBy() == frozenBy);
    }

    function _target(
        AccountType from,
        Operation operation,
        Requester requester,
        Moment calldata moment
    ) private pure returns (AccountType) {
        return
            CertificateMoves.target(
                from,
                operation,
                requester,
                moment.frozenBy,
                moment.expired,
                moment.freezeOver,
                moment.mayFreezeAgain
            );
    }
}
