// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "../../../contracts/rewards/IRewardPool.sol";
import {HostileTokens} from "../../helpers/HostileTokens.sol";

/// @title What pools should come to, told in the plainest way
/// @notice Every holder is walked at every report, every cycle stands in a list; nothing is packed and nothing is lazy. Nothing
/// here asks the contract.
abstract contract RewardModel is HostileTokens {
    uint256 internal constant USERS = 4;
    uint256 internal constant GRANT = 10;
    uint256 internal constant MAX_UNITS = 40;
    uint256 internal constant CYCLE = 1 days;
    uint256 internal constant PUBLISH = 2 hours;
    uint256 internal constant FINAL_DELAY = 3 hours;
    uint256 internal constant ACTION = 3 days;

    /// @dev What one cycle's evidence says: bit i of a list is user i.
    struct Evidence {
        bool published;
        uint256 count; // users that it covers
        uint256 roster; // in mode INDICATOR: who reached the threshold
        uint256 verdict;
    }

    struct UserBook {
        bytes32 userId;
        address account;
        uint256 nonce;
        uint256 units;
        uint256 nextCycle;
        uint256 owed;
    }

    struct PoolBook {
        bytes32 id;
        address token;
        IRewardPool.Mode mode;
        bool bitmap;
        bool leftAlone; // closed, or of a token that misbehaved
        uint256 start;
        uint256 total;
        uint256 available;
        uint256 share;
        uint256 carry;
        uint256 reported;
        uint256 deposited;
        uint256 claimed;
        uint256 bound;
    }

    PoolBook[] internal _pools;
    /// @notice The pool of the last action.
    uint256 public lastPool;
    mapping(uint256 pool => UserBook[USERS] users) internal _users;
    mapping(uint256 pool => mapping(uint256 cycle => Evidence evidence)) internal _evidence;

    function poolCount() external view returns (uint256) {
        return _pools.length;
    }

    function poolAt(uint256 pool) external view returns (PoolBook memory) {
        return _pools[pool];
    }

    function userAt(uint256 pool, uint256 user) external view returns (UserBook memory) {
        return _users[pool][user];
    }

    function _endOf(uint256 pool, uint256 cycle) internal view returns (uint256) {
        return _pools[pool].start + (cycle + 1) * CYCLE;
    }

    function _finalFrom(uint256 pool, uint256 cycle) internal view returns (uint256) {
        return _endOf(pool, cycle) + FINAL_DELAY;
    }

    /// @dev The cycle that runs.
    function _presentCycle(uint256 pool) internal view returns (uint256 cycle) {
        if (block.timestamp > _pools[pool].start) cycle = (block.timestamp - _pools[pool].start) / CYCLE;
    }

    /// @dev Whether settling brings proofs.
    function _isProven(uint256 pool) internal view returns (bool) {
        return !_pools[pool].bitmap && _pools[pool].mode != IRewardPool.Mode.INDICATOR;
    }

    /// @dev Whether a cycle can still act, or could if there were evidence.
    function _isOpen(uint256 pool, uint256 cycle) internal view returns (bool) {
        return block.timestamp < _finalFrom(pool, cycle) + ACTION;
    }

    /// @dev A grant, a reclaim or nothing, by the words of the specification.
    function _acts(uint256 pool, uint256 user, uint256 cycle) internal view returns (bool grants, bool reclaims) {
        Evidence storage evidence = _evidence[pool][cycle];
        if (!evidence.published || user >= evidence.count) return (false, false);
        bool roster = (evidence.roster >> user) & 1 == 1;
        bool verdict = (evidence.verdict >> user) & 1 == 1;
        IRewardPool.Mode mode = _pools[pool].mode;
        if (mode == IRewardPool.Mode.BOTH) return (roster && verdict, !verdict);
        bool yes = mode == IRewardPool.Mode.VERIFIER ? verdict : roster;
        return (yes, !yes);
    }

    /// @dev One cycle of one user. False: the pool lacks the units.
    function _settleInBook(uint256 pool, uint256 user, uint256 cycle) internal returns (bool) {
        UserBook storage book = _users[pool][user];
        (bool grants, bool reclaims) = _acts(pool, user, cycle);
        if (grants && book.units + GRANT <= MAX_UNITS) {
            if (_pools[pool].available < GRANT) return false;
            _pools[pool].available -= GRANT;
            book.units += GRANT;
        }
        if (reclaims) {
            _pools[pool].available += book.units;
            book.units = 0;
        }
        book.nextCycle = cycle + 1;
        return true;
    }

    /// @dev What a report brings: to each unit the whole base units of its share, the rest to the next report.
    function _reportInBook(uint256 pool, uint256 profit) internal returns (uint256 deposit) {
        PoolBook storage book = _pools[pool];
        ++book.reported;
        uint256 outstanding = book.total - book.available;
        if (outstanding == 0) return 0;
        uint256 parts = profit * book.share + book.carry;
        book.carry = parts % 1e18;
        for (uint256 i = 0; i < USERS; ++i) {
            uint256 part = _users[pool][i].units * (parts / 1e18);
            _users[pool][i].owed += part;
            deposit += part;
        }
        book.deposited += deposit;
        _received(book.token, deposit, "profit");
    }
}
