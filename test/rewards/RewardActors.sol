// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";

import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {RewardHash} from "../../contracts/rewards/RewardHash.sol";
import {IChunkStore} from "../../contracts/utils/IChunkStore.sol";
import {Books} from "../helpers/Books.sol";
import {RewardModel} from "./actors/RewardModel.sol";

/// @title Actors who do everything that there is to do with reward pools, and books of what should come of it
abstract contract RewardActors is RewardModel {
    IRewardPool public immutable pools;
    IChunkStore private immutable _store;
    bytes32 private immutable _verifier;
    bytes32 private immutable _domain;
    address private immutable _operator;
    address private immutable _registrar;
    address private immutable _member;

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

    /// @notice The publisher thinks again while it may.
    function correct(uint256 seed) external counted {
        uint256 pool = _open(seed);
        uint256 cycle = _publish(pool, seed);
        _reach(_endOf(pool, cycle) + _draw(seed, "within", 0, FINAL_DELAY - 1));
        uint256 again = uint256(keccak256(abi.encode(seed)));
        _announce(pool, cycle, again, 2);
    }

    function settle(uint256 seed) external counted {
        (uint256 pool, uint256 user) = _anyUser(seed);
        _settle(pool, user, _publish(pool, seed));
    }

    /// @notice All users of a pool with bitmaps, one of them twice and one who is nobody.
    function settleBatch(uint256 seed) external counted {
        uint256 pool = _open(seed);
        if (!_pools[pool].bitmap) pool = _createOf(seed, true, false);
        uint256 cycle = _publish(pool, seed);
        _reach(_finalFrom(pool, cycle));
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
        _settle(pool, user, _publish(pool, seed));
        PoolBook storage book = _pools[pool];
        IRewardPool.UserAccount memory who = _userAccount(pool, user);
        bytes32[] memory none = new bytes32[](0);
        uint256 cycle = _users[pool][user].nextCycle - 1;
        _demandRefusal(
            holder,
            book.bitmap
                ? abi.encodeCall(pools.settle, (book.id, who.userId, who.account, type(uint32).max))
                : _proofCall(pool, user, cycle)
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
        uint256 pool = _createWith(seed, token, false, false);
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
        uint256 pool = _createWith(seed, token, true, false);
        _earn(pool, 0);
        _setRefusing(token, true);
        _demandRefusal(holder, abi.encodeCall(pools.claim, (_pools[pool].id, _users[pool][0].userId)));
        _setRefusing(token, false);
        _claim(pool, 0);
    }

    /// @notice A token that calls back in the middle of a deposit gets nothing: what it claimed is there afterwards.
    function reenter(uint256 seed) external counted {
        uint256 pool = _createWith(seed, address(_reentering), true, false);
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
        uint256 kind = _draw(seed, "kind", 0, 2);
        return _createOf(seed, kind > 0, kind == 2);
    }

    function _createOf(uint256 seed, bool bitmap, bool both) private returns (uint256) {
        return _createWith(seed, _token(seed), bitmap, both);
    }

    function _createWith(uint256 seed, address token, bool bitmap, bool both) private returns (uint256 pool) {
        pool = _pools.length;
        lastPool = pool;
        PoolBook storage book = _pools.push();
        IRewardPool.PoolConfig memory config;
        config.mode = both ? IRewardPool.Mode.BOTH : IRewardPool.Mode.ROSTER;
        config.form = bitmap ? IRewardPool.Form.BITMAP : IRewardPool.Form.ROOT;
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
        if (both) (config.verifier, config.verifierDelay) = (_verifier, uint32(CYCLE));
        bytes32 salt = bytes32(pool);
        _act(_operator, abi.encodeCall(pools.createPool, (salt, config)));
        book.id = keccak256(abi.encode(keccak256("Pool(address operator,bytes32 salt)"), _operator, salt));
        book.token = token;
        book.bitmap = bitmap;
        book.both = both;
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
        _act(_registrar, abi.encodeCall(pools.bind, (book.id, users, "")));
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
        IRewardPool.VerdictApproval memory verdict;
        (IRewardPool.Roster memory roster, bytes32[] memory chunks) = _roster(pool, cycle, evidence.roster);
        _act(_operator, abi.encodeCall(pools.publish, (book.id, uint32(cycle), roster, chunks, verdict)));
        if (!book.both) return;
        (roster, chunks) = _roster(pool, cycle, evidence.verdict);
        bytes32 structHash = this.verdictHash(_verifier, book.id, uint32(cycle), revision, roster);
        verdict = IRewardPool.VerdictApproval(1, revision, _approval(structHash));
        _act(address(this), abi.encodeCall(pools.publish, (book.id, uint32(cycle), roster, chunks, verdict)));
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
            roster.root = _root(_leaves(pool, cycle, answers));
            return (roster, new bytes32[](0));
        }
        chunks = new bytes32[](1);
        chunks[0] = _store.store(abi.encodePacked(uint8(answers)));
        roster.contentHash = keccak256(abi.encode(uint256(roster.count), chunks));
    }

    /// @dev A tree of four: those who are not bound yet stand in it, too.
    function _leaves(uint256 pool, uint256 cycle, uint256 answers) private view returns (bytes32[USERS] memory leaves) {
        for (uint256 i = 0; i < USERS; ++i) {
            bytes32 userId = keccak256(abi.encode("user", pool, i));
            bytes32 inner = keccak256(abi.encode(_pools[pool].id, cycle, userId, (answers >> i) & 1 == 1));
            leaves[i] = keccak256(abi.encode(inner));
        }
    }

    function _root(bytes32[USERS] memory leaves) private pure returns (bytes32) {
        return _pair(_pair(leaves[0], leaves[1]), _pair(leaves[2], leaves[3]));
    }

    function _pair(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }

    function _proofCall(uint256 pool, uint256 user, uint256 cycle) private view returns (bytes memory) {
        uint256 answers = _evidence[pool][cycle].roster;
        bytes32[USERS] memory leaves = _leaves(pool, cycle, answers);
        bytes32[] memory proof = new bytes32[](2);
        proof[0] = leaves[user ^ 1];
        proof[1] = user < 2 ? _pair(leaves[2], leaves[3]) : _pair(leaves[0], leaves[1]);
        IRewardPool.UserAccount memory who = _userAccount(pool, user);
        bool eligible = (answers >> user) & 1 == 1;
        return
            abi.encodeCall(
                pools.settleWithProof,
                (_pools[pool].id, who.userId, who.account, uint32(cycle), eligible, proof)
            );
    }

    /// @dev Settles everything up to and with a cycle; where the pool runs short, it is topped up and the same call made again.
    function _settle(uint256 pool, uint256 user, uint256 cycle) private {
        _reach(_finalFrom(pool, cycle));
        PoolBook storage book = _pools[pool];
        UserBook storage who = _users[pool][user];
        if (!book.bitmap) {
            _settleByProofs(pool, user, cycle);
            return;
        }
        bytes memory data = abi.encodeCall(pools.settle, (book.id, who.userId, who.account, type(uint32).max));
        while (!_settleAllInBook(pool, user, cycle)) {
            _demandRefusal(holder, data);
            _topUp(pool, GRANT);
        }
        _act(address(this), data);
    }

    function _settleByProofs(uint256 pool, uint256 user, uint256 cycle) private {
        for (uint256 i = _users[pool][user].nextCycle; i <= cycle; ++i) {
            bool open = block.timestamp < _finalFrom(pool, i) + ACTION;
            if (!open || !_evidence[pool][i].published) continue;
            bytes memory data = _proofCall(pool, user, i);
            while (!_settleInBook(pool, user, i)) {
                _demandRefusal(holder, data);
                _topUp(pool, GRANT);
            }
            _act(address(this), data);
        }
    }

    /// @dev All cycles up to and with one, or none. False: the pool lacks the units.
    function _settleAllInBook(uint256 pool, uint256 user, uint256 cycle) private returns (bool) {
        (uint256 available, UserBook memory before) = (_pools[pool].available, _users[pool][user]);
        for (uint256 i = before.nextCycle; i <= cycle; ++i) {
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

    function _userAccount(uint256 pool, uint256 user) private view returns (IRewardPool.UserAccount memory) {
        return IRewardPool.UserAccount(_users[pool][user].userId, _users[pool][user].account);
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
