// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {StandardToken} from "../../contracts/mocks/tokens/StandardToken.sol";
import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {IUsageIndicator} from "../../contracts/rewards/IUsageIndicator.sol";
import {IChunkStore} from "../../contracts/utils/IChunkStore.sol";
import {Call, Failures} from "./Failures.sol";
import {RewardReference} from "./RewardReference.sol";

/// @title An indicator that says what it was told to
contract ToldIndicator is IUsageIndicator {
    bytes private _answer; // empty: it reverts

    /// @notice Answers with these bytes from now on.
    function tell(bytes calldata answer) external {
        _answer = answer;
    }

    /// @inheritdoc IUsageIndicator
    function usageOf(bytes32, uint40, uint40) external view returns (bool, uint256) {
        bytes memory answer = _answer;
        require(answer.length != 0, "nothing was told");
        assembly ("memory-safe") {
            return(add(answer, 32), mload(answer))
        }
    }
}

/// @title A pool of each mode and form with four users, what is published about them, and the calls that it serves for
/// @notice Rosters and verdicts are of the four users, as a mask: bit i says yes of user i.
abstract contract RewardPapers is Failures {
    uint256 internal constant NOW = 1_800_000_000;
    uint40 internal constant START = uint40(NOW + 1 hours);
    uint32 internal constant CYCLE = 7 days;
    uint24 internal constant PUBLISH = 1 days;
    uint24 internal constant DISPUTE = 2 days;
    uint24 internal constant ACTION = 14 days;
    uint40 internal constant TOTAL = 10_000;
    uint24 internal constant GRANT = 10;
    uint64 internal constant SHARE = 1e13;
    uint64 internal constant MAX_SHARE = 1e14; // of 10,000 units
    uint32 internal constant DELAY = 21 days;
    uint256 internal constant THRESHOLD = 40;
    uint32 internal constant NO_END = type(uint32).max;
    uint32 internal constant USERS = 4;
    uint128 internal constant PROFIT = 1e9;

    uint256 internal constant REGISTRAR_KEY = 0x4E61;
    uint256 internal constant MEMBER_KEY = 0xA11CE;
    uint256 internal constant USER_KEY = 0xB0B0;
    address internal constant OPERATOR = address(0x0BE7A704);
    /// @dev Somebody who signs nothing and may submit everything.
    address internal constant ANYBODY = address(0xA17B0D1);
    /// @dev The id of no pool.
    bytes32 internal constant NOWHERE = "nowhere";

    address internal immutable _registrar = vm.addr(REGISTRAR_KEY);
    ICommitteeRegistry internal immutable _registry = ICommitteeRegistry(
        _deploy("CommitteeRegistry.sol:CommitteeRegistry")
    );
    IChunkStore internal immutable _store = IChunkStore(_deploy("ChunkStore.sol:ChunkStore"));
    IRewardPool internal immutable _pool = IRewardPool(
        _deployWith("RewardPool.sol:RewardPool", abi.encode(_registry, _store))
    );
    address internal immutable _token = _deploy("StandardToken.sol:StandardToken");
    ToldIndicator internal immutable _indicator = new ToldIndicator();
    bytes32 internal immutable _domain = RewardReference.domain(address(_pool));
    bytes32 internal immutable _verifier;
    bytes32 internal immutable _nextVerifier;

    bytes32 internal immutable _roster = _idOf(IRewardPool.Mode.ROSTER, IRewardPool.Form.ROOT);
    bytes32 internal immutable _rosterBits = _idOf(IRewardPool.Mode.ROSTER, IRewardPool.Form.BITMAP);
    bytes32 internal immutable _verdict = _idOf(IRewardPool.Mode.VERIFIER, IRewardPool.Form.ROOT);
    bytes32 internal immutable _verdictBits = _idOf(IRewardPool.Mode.VERIFIER, IRewardPool.Form.BITMAP);
    bytes32 internal immutable _both = _idOf(IRewardPool.Mode.BOTH, IRewardPool.Form.ROOT);
    bytes32 internal immutable _bothBits = _idOf(IRewardPool.Mode.BOTH, IRewardPool.Form.BITMAP);
    bytes32 internal immutable _usage = _idOf(IRewardPool.Mode.INDICATOR, IRewardPool.Form.ROOT);

    constructor() {
        vm.warp(NOW);
        ICommitteeRegistry.EpochConfig memory epoch;
        epoch.members = new address[](3);
        for (uint256 i = 0; i < 3; ++i) epoch.members[i] = vm.addr(MEMBER_KEY + i);
        epoch.threshold = 2;
        _verifier = _registry.create("verifier", address(0), false, epoch);
        _nextVerifier = _registry.create("next", address(0), false, epoch);

        StandardToken(_token).mint(OPERATOR, type(uint128).max);
        vm.prank(OPERATOR);
        IERC20(_token).approve(address(_pool), type(uint256).max);
        _indicator.tell(abi.encode(true, THRESHOLD));
        for (uint256 i = 0; i < 1 << USERS; ++i) _store.store(abi.encodePacked(uint8(i)));
        for (uint256 i = 0; i < 7; ++i) {
            _createBound(_saltOf(i), _config(IRewardPool.Mode(i / 2), IRewardPool.Form(i % 2)));
        }
    }

    // ── Pools and users ──

    /// @dev A sound configuration, with what the mode needs.
    function _config(
        IRewardPool.Mode mode,
        IRewardPool.Form form
    ) internal view returns (IRewardPool.PoolConfig memory config) {
        bool asks = mode == IRewardPool.Mode.VERIFIER || mode == IRewardPool.Mode.BOTH;
        bool reads = mode == IRewardPool.Mode.INDICATOR;
        config.mode = mode;
        config.form = form;
        config.totalUnits = TOTAL;
        config.grant = GRANT;
        config.start = START;
        config.cycleLength = CYCLE;
        config.publishWindow = PUBLISH;
        config.disputeWindow = DISPUTE;
        config.actionWindow = ACTION;
        config.registrar = _registrar;
        config.profitToken = _token;
        config.share = SHARE;
        config.verifier = asks ? _verifier : bytes32(0);
        config.verifierDelay = DELAY;
        config.indicator = reads ? address(_indicator) : address(0);
        config.threshold = THRESHOLD;
        config.conditionHash = "condition";
        config.metadataUri = "https://example.org/pool.json";
    }

    /// @dev As most tests want it.
    function _config() internal view returns (IRewardPool.PoolConfig memory) {
        return _config(IRewardPool.Mode.ROSTER, IRewardPool.Form.ROOT);
    }

    /// @dev Creates a pool and binds the four users to it.
    function _createBound(bytes32 salt, IRewardPool.PoolConfig memory config) internal returns (bytes32 poolId) {
        poolId = RewardReference.poolId(OPERATOR, salt);
        IRewardPool.UserAccount[] memory users = new IRewardPool.UserAccount[](USERS);
        for (uint256 i = 0; i < USERS; ++i) users[i] = _user(i);
        _do(_create(salt, config));
        _do(_bind(poolId, users));
    }

    function _user(uint256 i) internal pure returns (IRewardPool.UserAccount memory) {
        return IRewardPool.UserAccount(_userId(i), vm.addr(USER_KEY + i));
    }

    function _userId(uint256 i) internal pure returns (bytes32) {
        return keccak256(abi.encode("user", i));
    }

    function _users(uint256 first, uint256 count) internal pure returns (IRewardPool.UserAccount[] memory users) {
        users = new IRewardPool.UserAccount[](count);
        for (uint256 i = 0; i < count; ++i) users[i] = _user(first + i);
    }

    function _endOf(uint256 cycle) internal pure returns (uint256) {
        return START + (cycle + 1) * CYCLE;
    }

    function _finalFrom(uint256 cycle) internal pure returns (uint256) {
        return _endOf(cycle) + PUBLISH + DISPUTE;
    }

    function _actionUntil(uint256 cycle) internal pure returns (uint256) {
        return _finalFrom(cycle) + ACTION;
    }

    function _unitsOf(bytes32 poolId, uint256 user) internal view returns (uint256) {
        return _pool.memberOf(poolId, _userId(user)).units;
    }

    // ── Calls of operator and registrar ──

    function _create(bytes32 salt, IRewardPool.PoolConfig memory config) internal view returns (Call memory) {
        return _byOperator(NOW, abi.encodeCall(IRewardPool.createPool, (salt, config)));
    }

    function _topUp(bytes32 poolId, uint40 units) internal view returns (Call memory) {
        return _byOperator(NOW, abi.encodeCall(IRewardPool.topUp, (poolId, units)));
    }

    function _raiseShare(bytes32 poolId, uint64 share) internal view returns (Call memory) {
        return _byOperator(NOW, abi.encodeCall(IRewardPool.raiseShare, (poolId, share)));
    }

    function _changeVerifier(bytes32 poolId, bytes32 verifier) internal view returns (Call memory) {
        return _byOperator(NOW, abi.encodeCall(IRewardPool.changeVerifier, (poolId, verifier)));
    }

    /// @dev In cycle 0, which so is the only one.
    function _announceEnd(bytes32 poolId) internal view returns (Call memory) {
        return _byOperator(START, abi.encodeCall(IRewardPool.announceEnd, (poolId)));
    }

    function _closePool(bytes32 poolId) internal view returns (Call memory) {
        return _byOperator(_actionUntil(0), abi.encodeCall(IRewardPool.closePool, (poolId)));
    }

    function _reportProfit(bytes32 poolId, uint32 cycle, uint128 profit) internal view returns (Call memory) {
        return _reportIn(_token, poolId, cycle, profit);
    }

    function _reportIn(
        address token,
        bytes32 poolId,
        uint32 cycle,
        uint128 profit
    ) internal view returns (Call memory) {
        bytes memory data = abi.encodeCall(IRewardPool.reportProfit, (poolId, cycle, token, profit, "accounts"));
        return _byOperator(_endOf(cycle), data);
    }

    function _bind(bytes32 poolId, IRewardPool.UserAccount[] memory users) internal view returns (Call memory) {
        return _by(_bindSigned(poolId, users, ""), _registrar);
    }

    function _bindSigned(
        bytes32 poolId,
        IRewardPool.UserAccount[] memory users,
        bytes memory signature
    ) internal view returns (Call memory) {
        return _call(NOW, abi.encodeCall(IRewardPool.bind, (poolId, users, signature)));
    }

    // ── What is published ──

    /// @dev The tree of what is said of each user.
    function _tree(bytes32 poolId, uint32 cycle, uint256 yes) internal pure returns (bytes32[4] memory leaves) {
        for (uint256 i = 0; i < USERS; ++i) {
            leaves[i] = RewardReference.leaf(poolId, cycle, _userId(i), (yes >> i) & 1 == 1);
        }
    }

    function _rootRoster(bytes32 root, uint256 yes) internal pure returns (IRewardPool.Roster memory) {
        return IRewardPool.Roster(root, USERS, _ones(yes), "the file", "https://example.org/roster", false);
    }

    function _bitRoster(uint256 yes) internal pure returns (IRewardPool.Roster memory) {
        bytes32 content = RewardReference.content(USERS, _chunks(yes));
        return IRewardPool.Roster(0, USERS, _ones(yes), content, "", yes == 0);
    }

    /// @dev The one chunk of a bitmap of four users.
    function _chunks(uint256 yes) internal pure returns (bytes32[] memory hashes) {
        hashes = new bytes32[](1);
        hashes[0] = RewardReference.chunkHash(abi.encodePacked(uint8(yes)));
    }

    function _publishRoot(bytes32 poolId, uint32 cycle, uint256 yes) internal view returns (Call memory) {
        bytes32 root = RewardReference.root(_tree(poolId, cycle, yes));
        return _publish(poolId, cycle, _rootRoster(root, yes), new bytes32[](0));
    }

    function _publishBits(bytes32 poolId, uint32 cycle, uint256 yes) internal view returns (Call memory) {
        return _publish(poolId, cycle, _bitRoster(yes), _chunks(yes));
    }

    /// @dev By the operator.
    function _publish(
        bytes32 poolId,
        uint32 cycle,
        IRewardPool.Roster memory roster,
        bytes32[] memory chunks
    ) internal view returns (Call memory) {
        return _by(_publishAs(poolId, cycle, roster, chunks, IRewardPool.VerdictApproval(0, 0, "")), OPERATOR);
    }

    function _publishAs(
        bytes32 poolId,
        uint32 cycle,
        IRewardPool.Roster memory roster,
        bytes32[] memory chunks,
        IRewardPool.VerdictApproval memory verdict
    ) internal view returns (Call memory) {
        bytes memory data = abi.encodeCall(IRewardPool.publish, (poolId, cycle, roster, chunks, verdict));
        return _call(_endOf(cycle), data);
    }

    function _judgeRoot(
        bytes32 poolId,
        uint32 cycle,
        uint256 yes,
        uint32 revision
    ) internal view returns (Call memory) {
        bytes32 root = RewardReference.root(_tree(poolId, cycle, yes));
        return _judge(poolId, cycle, _rootRoster(root, yes), new bytes32[](0), revision);
    }

    function _judgeBits(
        bytes32 poolId,
        uint32 cycle,
        uint256 yes,
        uint32 revision
    ) internal view returns (Call memory) {
        return _judge(poolId, cycle, _bitRoster(yes), _chunks(yes), revision);
    }

    /// @dev By the verifier, whose verdict anybody brings.
    function _judge(
        bytes32 poolId,
        uint32 cycle,
        IRewardPool.Roster memory roster,
        bytes32[] memory chunks,
        uint32 revision
    ) internal view returns (Call memory) {
        return _judgeBy(_verifier, poolId, cycle, roster, chunks, revision);
    }

    function _judgeBy(
        bytes32 verifier,
        bytes32 poolId,
        uint32 cycle,
        IRewardPool.Roster memory roster,
        bytes32[] memory chunks,
        uint32 revision
    ) internal view returns (Call memory) {
        bytes32 digest = RewardReference.verdictDigest(_domain, verifier, poolId, cycle, revision, roster);
        IRewardPool.VerdictApproval memory verdict = IRewardPool.VerdictApproval(1, revision, _approval(digest));
        return _publishAs(poolId, cycle, roster, chunks, verdict);
    }

    // ── Settling, by anybody ──

    /// @dev When all cycles before `untilCycle` are final.
    function _settle(bytes32 poolId, uint256 user, uint32 untilCycle) internal view returns (Call memory) {
        return _settleAs(poolId, _user(user), untilCycle);
    }

    function _settleAs(
        bytes32 poolId,
        IRewardPool.UserAccount memory user,
        uint32 untilCycle
    ) internal view returns (Call memory) {
        bytes memory data = abi.encodeCall(IRewardPool.settle, (poolId, user.userId, user.account, untilCycle));
        return _call(_finalFrom(untilCycle - 1), data);
    }

    function _settleBatch(
        bytes32 poolId,
        IRewardPool.UserAccount[] memory users,
        uint32 untilCycle
    ) internal view returns (Call memory) {
        bytes memory data = abi.encodeCall(IRewardPool.settleBatch, (poolId, users, untilCycle));
        return _call(_finalFrom(untilCycle - 1), data);
    }

    /// @dev By a proof out of the tree of `yes`.
    function _prove(bytes32 poolId, uint256 user, uint32 cycle, uint256 yes) internal view returns (Call memory) {
        return _proveAs(poolId, user, _user(user), cycle, yes);
    }

    /// @dev The line of one user of the tree, told of `named`.
    function _proveAs(
        bytes32 poolId,
        uint256 line,
        IRewardPool.UserAccount memory named,
        uint32 cycle,
        uint256 yes
    ) internal view returns (Call memory) {
        IRewardPool.ProvenAnswer memory answer = _proven(poolId, line, cycle, yes);
        bytes memory data = abi.encodeCall(
            IRewardPool.settleWithProof,
            (poolId, named.userId, named.account, cycle, answer.eligible, answer.proof)
        );
        return _call(_finalFrom(cycle), data);
    }

    function _proven(
        bytes32 poolId,
        uint256 user,
        uint32 cycle,
        uint256 yes
    ) internal pure returns (IRewardPool.ProvenAnswer memory) {
        return IRewardPool.ProvenAnswer((yes >> user) & 1 == 1, RewardReference.proof(_tree(poolId, cycle, yes), user));
    }

    function _proveBoth(
        bytes32 poolId,
        uint256 user,
        uint32 cycle,
        uint256 rosterYes,
        uint256 verdictYes
    ) internal view returns (Call memory) {
        return
            _proveBothBy(
                poolId,
                user,
                cycle,
                _proven(poolId, user, cycle, rosterYes),
                _proven(poolId, user, cycle, verdictYes)
            );
    }

    function _proveBothBy(
        bytes32 poolId,
        uint256 user,
        uint32 cycle,
        IRewardPool.ProvenAnswer memory roster,
        IRewardPool.ProvenAnswer memory verdict
    ) internal view returns (Call memory) {
        IRewardPool.UserAccount memory named = _user(user);
        bytes memory data = abi.encodeCall(
            IRewardPool.settleWithProofs,
            (poolId, named.userId, named.account, cycle, roster, verdict)
        );
        return _call(_finalFrom(cycle), data);
    }

    /// @dev All four users under one multiproof, which needs no node but theirs.
    function _proveAll(bytes32 poolId, uint32 cycle, uint256 yes) internal view returns (Call memory) {
        bool[] memory flags = new bool[](3);
        (flags[0], flags[1], flags[2]) = (true, true, true);
        return _proveBatch(poolId, cycle, _provenUsers(yes), new bytes32[](0), flags);
    }

    function _provenUsers(uint256 yes) internal pure returns (IRewardPool.ProvenUser[] memory users) {
        users = new IRewardPool.ProvenUser[](USERS);
        for (uint256 i = 0; i < USERS; ++i) {
            users[i] = IRewardPool.ProvenUser(_userId(i), _user(i).account, (yes >> i) & 1 == 1);
        }
    }

    function _proveBatch(
        bytes32 poolId,
        uint32 cycle,
        IRewardPool.ProvenUser[] memory users,
        bytes32[] memory proof,
        bool[] memory flags
    ) internal view returns (Call memory) {
        bytes memory data = abi.encodeCall(IRewardPool.settleBatchWithProof, (poolId, cycle, users, proof, flags));
        return _call(_finalFrom(cycle), data);
    }

    function _claim(bytes32 poolId, uint256 user) internal view returns (Call memory) {
        return _call(_finalFrom(1), abi.encodeCall(IRewardPool.claim, (poolId, _userId(user))));
    }

    // ── Parts ──

    /// @dev The same call about another pool, which is the first argument of all calls but `createPool`.
    function _of(Call memory call, bytes32 poolId) internal pure returns (Call memory other) {
        other = _at(call, call.time);
        other.data = bytes.concat(call.data);
        bytes memory data = other.data;
        assembly ("memory-safe") {
            mstore(add(data, 36), poolId)
        }
    }

    function _reading(uint256 time, bytes memory data) internal view returns (Call memory call) {
        call = _call(time, data);
        call.reads = true;
    }

    function _byOperator(uint256 time, bytes memory data) internal view returns (Call memory) {
        return _by(_call(time, data), OPERATOR);
    }

    function _call(uint256 time, bytes memory data) internal view returns (Call memory) {
        return Call(address(_pool), ANYBODY, time, ALL_GAS, data, false);
    }

    /// @dev The approval of two of the verifier's three members.
    function _approval(bytes32 digest) internal pure returns (bytes memory) {
        return
            abi.encodePacked(
                hex"01",
                uint256(3),
                uint256(0),
                _signature(MEMBER_KEY, digest),
                _signature(MEMBER_KEY + 1, digest)
            );
    }

    /// @dev r ‖ vs.
    function _signature(uint256 secret, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(secret, digest);
        return abi.encodePacked(r, uint256(s) | (uint256(v - 27) << 255));
    }

    function _ones(uint256 mask) private pure returns (uint32 count) {
        for (; mask != 0; mask &= mask - 1) ++count;
    }

    function _saltOf(uint256 i) private pure returns (bytes32) {
        return keccak256(abi.encode("pool", i));
    }

    function _idOf(IRewardPool.Mode mode, IRewardPool.Form form) private pure returns (bytes32) {
        return RewardReference.poolId(OPERATOR, _saltOf(2 * uint256(mode) + uint256(form)));
    }
}
