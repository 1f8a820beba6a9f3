// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice An account's type is the state of the certificates it holds.
enum AccountType {
    NONE, // no account has it
    ISSUING, // valid
    FREEZING, // held back for a time
    REVOCATION, // withdrawn
    RETIRED, // superseded by a successor
    EXPIRY // over
}

/// @notice What makes a record.
enum Operation {
    ISSUE,
    FREEZE,
    CONFIRM_FREEZE, // a committee makes a freeze last until it is undone
    UNFREEZE,
    REVOKE,
    UPDATE, // names the successor
    EXPIRE,
    REHOME // to another centre
}

/// @notice As whom an operation is asked for.
enum Requester {
    ANYONE,
    HOLDER,
    CENTRE, // the receiving centre
    COMMITTEE
}

/// @notice Why a record is made.
struct Cause {
    Operation operation;
    Requester requester;
    uint8 reason;
    bytes32 requestHash; // of what was signed; zero where the caller asked
}

/// @title The arrows between accounts: which operation leads where, and who may ask for it
library CertificateMoves {
    /// @notice Where the operation leads, or NONE where there is no such arrow, or not now, or not for this requester.
    /// @param frozenBy Who froze the certificate
    /// @param expired Whether its time is over
    /// @param freezeOver Whether its freeze ended by itself
    /// @param mayFreezeAgain Whether the centre's last freeze ended long enough ago
    function target(
        AccountType from,
        Operation operation,
        Requester requester,
        Requester frozenBy,
        bool expired,
        bool freezeOver,
        bool mayFreezeAgain
    ) internal pure returns (AccountType) {
        bool named = requester != Requester.ANYONE;
        bool committee = requester == Requester.COMMITTEE;
        bool allowed;
        AccountType to;
        if (from == AccountType.ISSUING) {
            if (operation == Operation.FREEZE) {
                to = AccountType.FREEZING;
                allowed = named && !expired && (requester != Requester.CENTRE || mayFreezeAgain);
            } else if (operation == Operation.UPDATE) {
                to = AccountType.RETIRED;
                allowed = named && !expired;
            } else if (operation == Operation.REHOME) {
                to = AccountType.ISSUING;
                allowed = committee && !expired;
            }
        } else if (from == AccountType.FREEZING) {
            if (operation == Operation.UNFREEZE) {
                to = AccountType.ISSUING;
                allowed = !expired && (committee || freezeOver || (named && requester == frozenBy));
            } else if (operation == Operation.CONFIRM_FREEZE) {
                to = AccountType.FREEZING;
                allowed = committee && !expired;
            }
        } else {
            return AccountType.NONE;
        }
        if (operation == Operation.REVOKE) {
            to = AccountType.REVOCATION;
            allowed = named;
        } else if (operation == Operation.EXPIRE) {
            to = AccountType.EXPIRY;
            allowed = expired;
        }
        return allowed ? to : AccountType.NONE;
    }
}
