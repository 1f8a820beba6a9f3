// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";

import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {UsageIndicator} from "../../contracts/mocks/rewards/UsageIndicator.sol";
import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {RewardHash} from "../../contracts/rewards/RewardHash.sol";
import {IChunkStore} from "../../contracts/utils/IChunkStore.sol";
import {Books} from "../helpers/Books.sol";
import {RewardReference} from "../helpers/RewardReference.sol";
import {RewardCalls} from "./actors/RewardCalls.sol";

/// @title Actors who do everything that there is to do with reward pools, and books of what should come of it
abstract contract RewardActors is RewardCalls {
    /// @dev Each mode in both forms, but INDICATOR, which has one.
    uint256 internal constant KINDS = 7;
    uint256 private constant THRESHOLD = 40;

    IRewardPool public immutable pools;
    IChunkStore private immutable _store;
    bytes32 private immutable _verifier;
    bytes32 private immutable _domain;
    address private immutable _operator;
    address private immutable _registrar;
    address private immutable _member;
    UsageIndicator private immutable _indicator = new UsageIndicator();

    /// @dev The kind of each new pool, plus one; zero for any.
    uint256 private _onlyKind;

    constructor(IRewardPool pools_, ICommitteeRegistry registry, IChunkStore store) Books(address(pools_)) {
        pools = pools_;
        _store = store;
        address[] memory people = _hire(3);
        (_operator, _registrar, _member) = (people[0], people[1], people[2]);
        address[] memory members = new address[](1);
        members[0] = _member;
        _verifier = registry.create(
            "verifier",
            address(0),
            false,
            ICommitteeRegistry.EpochConfig(members, 1, ICommitteeRegistry.GroupKey(0, 0))
        );
        _domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Guildhall RewardPool"),
                keccak256("1"),
                block.chainid,
                pools_
            )
        );
        _approveAll(people);
    }

    /// @notice All pools from now on are of one mode and form.
    function createOnly(uint256 kind) external {
        _onlyKind = kind + 1;
    }

    function create(uint256 seed) external counted {
        _create(seed);
    }

    /// @notice One more user of a pool that has room.
    function bind(uint256 seed) external counted {
        uint256 pool = _open(seed);
        if (_pools[pool].bound == USERS) pool = _create(seed);
        _bind(pool);
    }

    function rebind(uint256 seed) external counted {
        (uint256 pool, uint256 user) = _anyUser(seed);
        UserBook storage book = _users[pool][user];
        address newAccount = _hire(1)[0];
        bytes memory data = _rebinding(pool, book, newAccount, seed);
        _act(_operator, data);
        _demandRefusal(holder, data);
        book.account = newAccount;
        ++book.nonce;
    }

    function publish(uint256 seed) external counted {
        _publish(_open(seed), seed);
    }

    /// @notice The publisher thinks again while it may. What an indicator knows nobody corrects.
    function correct(uint256 seed) external counted {
        uint256 pool = _open(seed);
        uint256 cycle = _publish(pool, seed);
        _reach(_endOf(pool, cycle) + _draw(seed, "within", 0, FINAL_DELAY - 1));
        uint256 again = uint256(keccak256(abi.encode(seed)));
        if (_pools[pool].mode != IRewardPool.Mode.INDICATOR) return _announce(pool, cycle, again, 2);
        vm.prank(_operator);
        _demandRefusal(holder, _publishCall(pool, cycle, again, IRewardPool.VerdictApproval(0, 0, "")));
    }

    function settle(uint256 seed) external counted {
        (uint256 pool, uint256 user) = _anyUser(seed);
        _settle(pool, user, _publish(pool, seed));
    }

    /// @notice All users of a pool. With evidence on chain one of them twice, and one who is nobody; with proofs one first by an
    /// account that is not his.
    function settleBatch(uint256 seed) external counted {
        uint256 pool = _open(seed);
        uint256 cycle = _publish(pool, seed);
        _reach(_finalFrom(pool, cycle));
        if (_isProven(pool)) _settleBatchByProofs(pool, cycle);
        else _settleBatchOnChain(pool, cycle);
    }

    function _settleBatchOnChain(uint256 pool, uint256 cycle) private {
        uint256 bound = _pools[pool].bound;
        IRewardPool.UserAccount[] memory users = new IRewardPool.UserAccount[](bound + 2);
        for (uint256 i = 0; i < bound; ++i) users[i] = _userAccount(pool, i);
        users[bound] = users[0];
        users[bound + 1] = IRewardPool.UserAccount("nobody", address(this));
        _act(address(this), abi.encodeCall(pools.settleBatch, (_pools[pool].id, users, type(uint32).max)));
        for (uint256 i = 0; i <= bound; ++i) _settleAllInBook(pool, i % bound, cycle);
    }

    function report(uint256 seed) external counted {
        _report(_open(seed), _draw(seed, "profit", 0, 1e24));
    }

    function claim(uint256 seed) external counted {
        (uint256 pool, uint256 user) = _anyUser(seed);
        _earn(pool, user);
        _claim(pool, user);
    }

    function topUp(uint256 seed) external counted {
        _topUp(_open(seed), _draw(seed, "units", 1, 50));
    }

    function raiseShare(uint256 seed) external counted {
        uint256 pool = _open(seed);
        PoolBook storage book = _pools[pool];
        uint256 share = book.share + _draw(seed, "more", 1, 1e10);
        _act(_operator, abi.encodeCall(pools.raiseShare, (book.id, uint64(share))));
        book.share = share;
    }

    /// @notice A pool comes to its end: everything is reported, and it is closed with profit still owed.
    function close(uint256 seed) external counted {
        uint256 pool = _create(seed);
        uint256 user = _draw(seed, "user", 0, _pools[pool].bound - 1);
        _earn(pool, user);
        bytes32 id = _pools[pool].id;
        _act(_operator, abi.encodeCall(pools.announceEnd, (id)));
        uint256 endCycle = _presentCycle(pool) + 1;
        _reach(_endOf(pool, endCycle - 1));
        while (_pools[pool].reported < endCycle) _report(pool, _draw(seed, "last", 0, 1e24));
        vm.prank(_operator);
        _demandRefusal(holder, abi.encodeCall(pools.closePool, (id)));
        _reach(_finalFrom(pool, endCycle - 1) + ACTION);
        _act(_operator, abi.encodeCall(pools.closePool, (id)));
        _pools[pool].leftAlone = true;
    }

    /// @notice What nobody may do.
    function trespass(uint256 seed) external counted {
        (uint256 pool, uint256 user) = _anyUser(seed);
        uint256 cycle = _publish(pool, seed);
        _settle(pool, user, cycle);
        PoolBook storage book = _pools[pool];
        IRewardPool.UserAccount memory who = _userAccount(pool, user);
        bytes32[] memory none = new bytes32[](0);
        _demandRefusal(
            holder,
            _isProven(pool)
                ? _proofCall(pool, user, cycle)
                : abi.encodeCall(pools.settle, (book.id, who.userId, who.account, type(uint32).max))
        );
        _demandRefusal(
            holder,
            abi.encodeCall(pools.settleWithProof, (book.id, who.userId, who.account, uint32(cycle), true, none))
        );
        _demandRefusal(holder, abi.encodeCall(pools.topUp, (book.id, 1)));
        _demandRefusal(
            holder,
            abi.encodeCall(pools.reportProfit, (book.id, uint32(book.reported), book.token, 1, bytes32(0)))
        );
        vm.prank(who.account);
        _demandRefusal(
            holder,
            abi.encodeCall(IERC1155.safeTransferFrom, (who.account, address(this), uint256(book.id), 0, ""))
        );
        if (_users[pool][user].owed == 0) _demandRefusal(holder, abi.encodeCall(pools.claim, (book.id, who.userId)));
    }

    /// @notice A token that brings in less than the deposit is refused.
    function payShort(uint256 seed) external counted {
        address token = _shortToken(seed);
        uint256 pool = _createWith(seed, token);
        _grant(pool, 0);
        while (_pools[pool].reported < _presentCycle(pool)) _report(pool, 0);
        _reach(_endOf(pool, _pools[pool].reported));
        _fund(token, _operator, 1e24);
        _approve(token, _operator);
        _shorten(seed);
        vm.prank(_operator);
        _demandRefusal(holder, _reportCall(pool, 1e23));
        _straighten();
        _pools[pool].leftAlone = true;
    }

    /// @notice While a token refuses to move nothing is consumed: the claim goes through afterwards.
    function refuse(uint256 seed) external counted {
        address token = _refusingToken(seed);
        uint256 pool = _createWith(seed, token);
        _earn(pool, 0);
        _setRefusing(token, true);
        _demandRefusal(holder, abi.encodeCall(pools.claim, (_pools[pool].id, _users[pool][0].userId)));
        _setRefusing(token, false);
        _claim(pool, 0);
    }

    /// @notice A token that calls back in the middle of a deposit gets nothing: what it claimed is there afterwards.
    function reenter(uint256 seed) external counted {
        uint256 pool = _createWith(seed, address(_reentering));
        _earn(pool, 0);
        bytes memory data = _prepareReport(pool, 1e24);
        _reentering.setCall(holder, abi.encodeCall(pools.claim, (_pools[pool].id, _users[pool][0].userId)));
        _act(_operator, data);
        _claim(pool, 0);
    }

    /// @notice Pays every claim there is. Nothing may stand in the way of any.
    function payAllClaims() external {
        for (uint256 i = 0; i < _pools.length; ++i) {
            for (uint256 j = 0; j < USERS; ++j) if (_users[i][j].owed != 0) _claim(i, j);
        }
    }

    function _create(uint256 seed) private returns (uint256) {
        return _createWith(seed, _token(seed));
    }

    function _createWith(uint256 seed, address token) private returns (uint256 pool) {
        uint256 kind = _onlyKind == 0 ? _draw(seed, "kind", 0, KINDS - 1) : _onlyKind - 1;
        pool = _pools.length;
        lastPool = pool;
        PoolBook storage book = _pools.push();
        IRewardPool.PoolConfig memory config;
        config.mode = IRewardPool.Mode(kind / 2);
        config.form = IRewardPool.Form(kind % 2);
        config.totalUnits = uint40(_draw(seed, "total", GRANT, 120));
        config.grant = uint24(GRANT);
        config.maxUnits = uint32(MAX_UNITS);
        config.start = uint40(block.timestamp + _draw(seed, "start", 0, CYCLE));
        config.cycleLength = uint32(CYCLE);
        config.publishWindow = uint24(PUBLISH);
        config.disputeWindow = uint24(FINAL_DELAY - PUBLISH);
        config.actionWindow = uint24(ACTION);
        config.registrar = _registrar;
        config.profitToken = token;
        config.share = uint64(_draw(seed, "first share", 1, 1e12));
        if (config.mode == IRewardPool.Mode.INDICATOR) {
            (config.indicator, config.threshold) = (address(_indicator), THRESHOLD);
        } else if (config.mode != IRewardPool.Mode.ROSTER) {
            (config.verifier, config.verifierDelay) = (_verifier, uint32(CYCLE));
        }
        bytes32 salt = bytes32(pool);
        _act(_operator, abi.encodeCall(pools.createPool, (salt, config)));
        book.id = keccak256(abi.encode(keccak256("Pool(address operator,bytes32 salt)"), _operator, salt));
        book.token = token;
        book.mode = config.mode;
        book.bitmap = config.form == IRewardPool.Form.BITMAP;
        book.start = config.start;
        book.total = config.totalUnits;
        book.available = config.totalUnits;
        book.share = config.share;
        for (uint256 i = 0; i < 3; ++i) _bind(pool);
    }

    function _bind(uint256 pool) private {
        PoolBook storage book = _pools[pool];
        UserBook storage user = _users[pool][book.bound];
        user.userId = keccak256(abi.encode("user", pool, book.bound));
        user.account = _hire(1)[0];
        user.nextCycle = _presentCycle(pool);
        IRewardPool.UserAccount[] memory users = new IRewardPool.UserAccount[](1);
        users[0] = _userAccount(pool, book.bound++);
        _act(_registrar, abi.encodeCall(pools.bind, (book.id, users, uint40(block.timestamp + 1), "")));
    }

    /// @dev Evidence for the cycle that runs, once it is over.
    function _publish(uint256 pool, uint256 seed) private returns (uint256 cycle) {
        cycle = _presentCycle(pool);
        _reach(_endOf(pool, cycle) + _draw(seed, "lateness", 0, PUBLISH - 1));
        _announce(pool, cycle, uint256(keccak256(abi.encode(seed, "answers"))), 1);
    }

    function _announce(uint256 pool, uint256 cycle, uint256 answers, uint32 revision) private {
        PoolBook storage book = _pools[pool];
        Evidence storage evidence = _evidence[pool][cycle];
        evidence.published = true;
        evidence.count = book.bound;
        evidence.roster = answers & (2 ** USERS - 1);
        evidence.verdict = (answers >> USERS) & (2 ** USERS - 1);
        if (book.mode == IRewardPool.Mode.INDICATOR) return _prove(pool, cycle);
        if (book.mode != IRewardPool.Mode.VERIFIER) {
            IRewardPool.VerdictApproval memory none;
            _act(_operator, _publishCall(pool, cycle, evidence.roster, none));
        }
        if (book.mode == IRewardPool.Mode.ROSTER) return;
        (IRewardPool.Roster memory roster, ) = _roster(pool, cycle, evidence.verdict);
        bytes32 structHash = this.verdictHash(_verifier, book.id, uint32(cycle), revision, roster);
        IRewardPool.VerdictApproval memory verdict = IRewardPool.VerdictApproval(1, revision, _approval(structHash));
        _act(address(this), _publishCall(pool, cycle, evidence.verdict, verdict));
    }

    function _publishCall(
        uint256 pool,
        uint256 cycle,
        uint256 answers,
        IRewardPool.VerdictApproval memory verdict
    ) private returns (bytes memory) {
        (IRewardPool.Roster memory roster, bytes32[] memory chunks) = _roster(pool, cycle, answers);
        return abi.encodeCall(pools.publish, (_pools[pool].id, uint32(cycle), roster, chunks, verdict));
    }

    /// @dev The indicator comes to know what each user used in a cycle.
    function _prove(uint256 pool, uint256 cycle) private {
        uint40 end = uint40(_endOf(pool, cycle));
        for (uint256 i = 0; i < _pools[pool].bound; ++i) {
            uint256 total = (_evidence[pool][cycle].roster >> i) & 1 == 1 ? THRESHOLD + i : THRESHOLD - 1 - i;
            _indicator.setTotal(_users[pool][i].userId, end - uint40(CYCLE), end, total);
        }
    }

    /// @notice The library takes calldata.
    function verdictHash(
        bytes32 verifier,
        bytes32 poolId,
        uint32 cycle,
        uint32 revision,
        IRewardPool.Roster calldata roster
    ) external pure returns (bytes32) {
        return RewardHash.verdict(verifier, 1, poolId, cycle, revision, roster);
    }

    function _approval(bytes32 structHash) private view returns (bytes memory) {
        return abi.encodePacked(hex"01", uint256(1), uint256(0), _sign(_member, _digest(structHash), 1));
    }

    function _roster(
        uint256 pool,
        uint256 cycle,
        uint256 answers
    ) private returns (IRewardPool.Roster memory roster, bytes32[] memory chunks) {
        PoolBook storage book = _pools[pool];
        roster.count = uint32(book.bound);
        for (uint256 i = 0; i < book.bound; ++i) if ((answers >> i) & 1 == 1) ++roster.eligible;
        roster.noneEligible = true;
        if (!book.bitmap) {
            roster.root = RewardReference.root(_leaves(pool, cycle, answers));
            return (roster, new bytes32[](0));
        }
        chunks = new bytes32[](1);
        chunks[0] = _store.store(abi.encodePacked(uint8(answers)));
        roster.contentHash = keccak256(abi.encode(uint256(roster.count), chunks));
    }

    /// @dev Each cycle up to this one in turn: all users, or in mode BOTH those of whom both lists say the same.
    function _settleBatchByProofs(uint256 pool, uint256 last) private {
        uint256 from = _presentCycle(pool);
        for (uint256 i = 0; i < _pools[pool].bound; ++i) {
            if (_users[pool][i].nextCycle < from) from = _users[pool][i].nextCycle;
        }
        for (uint256 cycle = from; cycle <= last; ++cycle) {
            Evidence storage evidence = _evidence[pool][cycle];
            if (!evidence.published || !_isOpen(pool, cycle)) continue;
            uint256 chosen = 2 ** evidence.count - 1;
            if (_pools[pool].mode == IRewardPool.Mode.BOTH) chosen &= ~(evidence.roster ^ evidence.verdict);
            if (chosen == 0) continue;
            _batch(pool, cycle, chosen, 0);
            _batch(pool, cycle, chosen, USERS);
        }
    }

    function _batch(uint256 pool, uint256 cycle, uint256 chosen, uint256 wrong) private {
        _act(address(this), _batchCall(pool, cycle, chosen, wrong));
        for (uint256 i = 0; i < USERS; ++i) {
            if ((chosen >> i) & 1 == 0 || i == wrong || !_isNext(pool, i, cycle)) continue;
            _settleInBook(pool, i, cycle);
        }
    }

    /// @dev Whether no earlier cycle of the user can still act, and this one did not.
    function _isNext(uint256 pool, uint256 user, uint256 cycle) private view returns (bool) {
        uint256 nextCycle = _users[pool][user].nextCycle;
        for (uint256 i = nextCycle; i < cycle; ++i) {
            if (_evidence[pool][i].published && _isOpen(pool, i)) return false;
        }
        return nextCycle <= cycle;
    }

    /// @dev Settles everything up to and with a cycle; where the pool runs short, it is topped up and the same call made again.
    function _settle(uint256 pool, uint256 user, uint256 cycle) private {
        _reach(_finalFrom(pool, cycle));
        PoolBook storage book = _pools[pool];
        UserBook storage who = _users[pool][user];
        if (_isProven(pool)) return _settleByProofs(pool, user, cycle);
        bytes memory data = abi.encodeCall(pools.settle, (book.id, who.userId, who.account, type(uint32).max));
        uint256 before = who.nextCycle;
        while (!_settleAllInBook(pool, user, cycle)) {
            _demandRefusal(holder, data);
            _topUp(pool, GRANT);
        }
        if (who.nextCycle == before) _demandRefusal(holder, data);
        else _act(address(this), data);
    }

    function _settleByProofs(uint256 pool, uint256 user, uint256 cycle) private {
        for (uint256 i = _users[pool][user].nextCycle; i <= cycle; ++i) {
            if (!_isOpen(pool, i) || !_evidence[pool][i].published) continue;
            bytes memory data = _proofCall(pool, user, i);
            while (!_settleInBook(pool, user, i)) {
                _demandRefusal(holder, data);
                _topUp(pool, GRANT);
            }
            _act(address(this), data);
        }
    }

    /// @dev All cycles up to and with one, or none; in mode INDICATOR before the first that may still be proved. False: the pool
    /// lacks the units.
    function _settleAllInBook(uint256 pool, uint256 user, uint256 cycle) private returns (bool) {
        (uint256 available, UserBook memory before) = (_pools[pool].available, _users[pool][user]);
        for (uint256 i = before.nextCycle; i <= cycle; ++i) {
            bool waits = _pools[pool].mode == IRewardPool.Mode.INDICATOR && _isOpen(pool, i);
            if (waits && !_evidence[pool][i].published) break;
            if (_settleInBook(pool, user, i)) continue;
            _pools[pool].available = available;
            _users[pool][user] = before;
            return false;
        }
        return true;
    }

    /// @dev The user has units: evidence for him alone, if he has none.
    function _grant(uint256 pool, uint256 user) private {
        if (_users[pool][user].units != 0) return;
        uint256 cycle = _presentCycle(pool);
        _reach(_endOf(pool, cycle));
        _announce(pool, cycle, type(uint256).max, 1);
        _settle(pool, user, cycle);
    }

    /// @dev Something is owed to the user.
    function _earn(uint256 pool, uint256 user) private {
        while (_users[pool][user].owed == 0) {
            _grant(pool, user);
            _report(pool, 1e24);
        }
    }

    function _report(uint256 pool, uint256 profit) private {
        _act(_operator, _prepareReport(pool, profit));
    }

    /// @dev The next report, told in the book already, with the money for it.
    function _prepareReport(uint256 pool, uint256 profit) private returns (bytes memory data) {
        _reach(_endOf(pool, _pools[pool].reported));
        data = _reportCall(pool, profit);
        _fund(_pools[pool].token, _operator, _reportInBook(pool, profit));
    }

    function _reportCall(uint256 pool, uint256 profit) private view returns (bytes memory) {
        PoolBook storage book = _pools[pool];
        return
            abi.encodeCall(
                pools.reportProfit,
                (book.id, uint32(book.reported), book.token, uint128(profit), bytes32(0))
            );
    }

    function _claim(uint256 pool, uint256 user) private {
        PoolBook storage book = _pools[pool];
        UserBook storage who = _users[pool][user];
        uint256 before = _balanceOf(book.token, who.account);
        _act(address(this), abi.encodeCall(pools.claim, (book.id, who.userId)));
        _demandGain(book.token, who.account, before, who.owed);
        _sent(book.token, who.owed, "profit");
        book.claimed += who.owed;
        who.owed = 0;
    }

    function _topUp(uint256 pool, uint256 units) private {
        PoolBook storage book = _pools[pool];
        _act(_operator, abi.encodeCall(pools.topUp, (book.id, uint40(units))));
        book.total += units;
        book.available += units;
    }

    function _rebinding(
        uint256 pool,
        UserBook storage book,
        address newAccount,
        uint256 seed
    ) private view returns (bytes memory) {
        RewardHash.Rebinding memory rebinding = RewardHash.Rebinding({
            poolId: _pools[pool].id,
            userId: book.userId,
            account: book.account,
            newAccount: newAccount,
            nonce: uint32(book.nonce),
            deadline: uint40(block.timestamp + 1)
        });
        bytes32 endorsement = _digest(RewardHash.userRebinding(rebinding));
        bytes32 registrarDigest = _digest(RewardHash.registrarRebinding(rebinding, endorsement));
        return
            abi.encodeCall(
                pools.rebind,
                (
                    rebinding.poolId,
                    rebinding.userId,
                    newAccount,
                    rebinding.deadline,
                    _sign(book.account, endorsement, seed),
                    _sign(_registrar, registrarDigest, seed >> 1)
                )
            );
    }

    function _digest(bytes32 structHash) private view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", _domain, structHash));
    }

    /// @dev A pool that is open.
    function _open(uint256 seed) private returns (uint256 pool) {
        if (_pools.length == 0) return _create(seed);
        pool = _draw(seed, "pool", 0, _pools.length - 1);
        if (_pools[pool].leftAlone) pool = _create(seed);
        lastPool = pool;
    }

    function _anyUser(uint256 seed) private returns (uint256 pool, uint256 user) {
        pool = _open(seed);
        user = _draw(seed, "user", 0, _pools[pool].bound - 1);
    }

    /// @dev What must go through.
    function _act(address caller, bytes memory data) private {
        vm.prank(caller);
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, bytes memory returned) = holder.call(data);
        if (success) return;
        assembly ("memory-safe") {
            revert(add(returned, 32), mload(returned))
        }
    }
}
