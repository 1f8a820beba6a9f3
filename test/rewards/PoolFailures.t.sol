// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";

import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {Call} from "../helpers/Failures.sol";
import {RewardPapers} from "../helpers/RewardPapers.sol";
import {RewardReference} from "../helpers/RewardReference.sol";

/// @notice The table of failures of pools: making them, changing them, ending them, and moving what cannot be moved.
contract PoolFailuresTest is RewardPapers {
    uint256 private constant WHOLE = 1e18;

    function test_createPool() public {
        Call memory honest = _create("new", _config());
        bytes32 poolId = RewardReference.poolId(OPERATOR, "new");

        _rowAfter("the salt was used before", honest, honest, _ofPool(IRewardPool.RewardPoolExists.selector, poolId));
        IRewardPool.PoolConfig memory config = _config();
        config.profitToken = ANYBODY;
        bytes memory expected = abi.encodeWithSelector(IRewardPool.RewardPoolWithoutCode.selector, ANYBODY);
        _row("a token without code", honest, _create("new", config), expected);
        config = _config();
        config.share = 0;
        _row("no share", honest, _create("new", config), _shareTooLarge(MAX_SHARE, 0));
        config.share = MAX_SHARE + 1;
        _row("more than the whole profit", honest, _create("new", config), _shareTooLarge(MAX_SHARE, MAX_SHARE + 1));
    }

    function test_createPool_units() public {
        IRewardPool.PoolConfig memory config = _config();
        config.totalUnits = 0;
        _outOfRange("totalUnits", config, 1, type(uint40).max, 0);
        config = _config();
        config.grant = 0;
        _outOfRange("grant", config, 1, TOTAL, 0);
        config.grant = uint24(TOTAL) + 1;
        _outOfRange("grant", config, 1, TOTAL, TOTAL + 1);
        config = _config();
        config.maxUnits = GRANT - 1;
        _outOfRange("maxUnits", config, GRANT, type(uint32).max, GRANT - 1);
    }

    function test_createPool_times() public {
        IRewardPool.PoolConfig memory config = _config();
        config.start = uint40(NOW - 1);
        _outOfRange("start", config, NOW, type(uint40).max, NOW - 1);
        config = _config();
        config.cycleLength = 59;
        _outOfRange("cycleLength", config, 60, type(uint32).max, 59);
        config = _config();
        config.publishWindow = 0;
        _outOfRange("publishWindow", config, 1, type(uint24).max - DISPUTE, 0);
        config.publishWindow = type(uint24).max - DISPUTE + 1;
        _outOfRange("publishWindow", config, 1, type(uint24).max - DISPUTE, config.publishWindow);
        config = _config();
        config.actionWindow = 0;
        _outOfRange("actionWindow", config, 1, 64 * uint256(CYCLE), 0);
        config.cycleLength = 60;
        config.actionWindow = 64 * 60;
        Call memory honest = _create("new", config);
        config.actionWindow = 64 * 60 + 1;
        _row("65 open cycles", honest, _create("new", config), _range("actionWindow", 1, 64 * 60, 64 * 60 + 1));
    }

    function test_createPool_verifierDelay() public {
        IRewardPool.PoolConfig memory config = _config(IRewardPool.Mode.VERIFIER, IRewardPool.Form.ROOT);
        config.verifierDelay = CYCLE;
        Call memory honest = _create("new", config);
        config.verifierDelay = CYCLE - 1;
        bytes memory expected = _range("verifierDelay", CYCLE, type(uint32).max, CYCLE - 1);
        _row("less than a cycle", honest, _create("new", config), expected);
    }

    function test_createPool_mode() public {
        IRewardPool.Form root = IRewardPool.Form.ROOT;
        IRewardPool.PoolConfig memory config = _config();
        config.verifier = _verifier;
        _mismatch("a roster with a verifier", config);
        config = _config();
        config.indicator = address(_indicator);
        _mismatch("a roster with an indicator", config);
        config = _config(IRewardPool.Mode.VERIFIER, root);
        config.verifier = 0;
        _mismatch("a verdict of nobody", config);
        config = _config(IRewardPool.Mode.VERIFIER, root);
        config.indicator = address(_indicator);
        _mismatch("a verdict with an indicator", config);
        config = _config(IRewardPool.Mode.BOTH, root);
        config.verifier = 0;
        _mismatch("both without a verifier", config);
        config = _config(IRewardPool.Mode.INDICATOR, root);
        config.verifier = _verifier;
        _mismatch("an indicator with a verifier", config);
        config = _config(IRewardPool.Mode.INDICATOR, root);
        config.indicator = address(0);
        _mismatch("no indicator", config);
        config.indicator = ANYBODY;
        _mismatch("an indicator without code", config);
        _mismatch("an indicator with bitmaps", _config(IRewardPool.Mode.INDICATOR, IRewardPool.Form.BITMAP));
    }

    function test_topUp() public {
        Call memory honest = _topUp(_roster, 1);
        uint40 max = type(uint40).max;
        uint40 wholeProfit = uint40(WHOLE / SHARE - TOTAL);

        _changes(honest);
        _row("nothing", honest, _topUp(_roster, 0), _tooManyUnits(TOTAL));
        _row("more than is counted", honest, _topUp(_roster, max), _tooManyUnits(uint256(TOTAL) + max));
        _row(
            "more than the whole profit",
            _topUp(_roster, wholeProfit),
            _topUp(_roster, wholeProfit + 1),
            _shareTooLarge(uint64(WHOLE / (TOTAL + wholeProfit + 1)), SHARE)
        );
    }

    function test_raiseShare() public {
        Call memory honest = _raiseShare(_roster, MAX_SHARE);

        _changes(honest);
        bytes memory expected = abi.encodeWithSelector(IRewardPool.RewardPoolShareNotRaised.selector, SHARE, SHARE);
        _row("the same share", honest, _raiseShare(_roster, SHARE), expected);
        expected = abi.encodeWithSelector(IRewardPool.RewardPoolShareNotRaised.selector, SHARE, SHARE - 1);
        _row("a lower share", honest, _raiseShare(_roster, SHARE - 1), expected);
        expected = _shareTooLarge(MAX_SHARE, MAX_SHARE + 1);
        _row("more than the whole profit", honest, _raiseShare(_roster, MAX_SHARE + 1), expected);
    }

    function test_changeVerifier() public {
        Call memory honest = _changeVerifier(_both, _nextVerifier);

        _changes(honest);
        _row(
            "nobody",
            honest,
            _changeVerifier(_both, 0),
            _modeMismatch(IRewardPool.Mode.BOTH, IRewardPool.Form.ROOT, 0, address(0))
        );
        honest = _changeVerifier(_verdictBits, _nextVerifier);
        _row(
            "of a roster",
            honest,
            _of(honest, _rosterBits),
            _modeMismatch(IRewardPool.Mode.ROSTER, IRewardPool.Form.BITMAP, _nextVerifier, address(0))
        );
        _row(
            "of an indicator",
            honest,
            _of(honest, _usage),
            _modeMismatch(IRewardPool.Mode.INDICATOR, IRewardPool.Form.ROOT, _nextVerifier, address(_indicator))
        );
    }

    function test_announceEnd() public {
        Call memory honest = _announceEnd(_roster);

        _changes(honest);
        _rowAfter(
            "it was announced before",
            honest,
            honest,
            abi.encodeWithSelector(IRewardPool.RewardPoolEnded.selector, _roster, 1, 1)
        );
    }

    function test_closePool() public {
        _do(_announceEnd(_roster));
        _do(_reportProfit(_roster, 0, PROFIT));
        _do(_announceEnd(_both));
        Call memory honest = _closePool(_roster);

        _changes(honest);
        _rowAfter("it was closed before", honest, honest, _ofPool(IRewardPool.RewardPoolIsClosed.selector, _roster));
        _row("no such pool", honest, _of(honest, NOWHERE), _ofPool(IRewardPool.RewardPoolUnknown.selector, NOWHERE));
        _row(
            "no end was announced",
            honest,
            _of(honest, _verdict),
            _ofPool(IRewardPool.RewardPoolEndNotAnnounced.selector, _verdict)
        );
        _row(
            "the last cycle can act",
            honest,
            _at(honest, honest.time - 1),
            abi.encodeWithSelector(IRewardPool.RewardPoolTooEarly.selector, honest.time, honest.time - 1)
        );
        _row(
            "no profit was reported",
            honest,
            _of(honest, _both),
            abi.encodeWithSelector(IRewardPool.RewardPoolProfitOutstanding.selector, _both, 1, 0)
        );
    }

    /// @notice Each function that acts on an open pool.
    function test_noPool_closedPool() public {
        bytes32 closed = _createBound("closed", _config());
        _do(_announceEnd(closed));
        _do(_reportProfit(closed, 0, PROFIT));
        _do(_closePool(closed));
        _do(_publishRoot(_roster, 0, 1));
        _do(_publishBits(_rosterBits, 0, 1));
        _do(_publishRoot(_both, 0, 1));
        _do(_judgeRoot(_both, 0, 1, 1));

        Call[13] memory calls = [
            _topUp(_roster, 1),
            _raiseShare(_roster, MAX_SHARE),
            _changeVerifier(_both, _nextVerifier),
            _announceEnd(_roster),
            _bind(_roster, _users(USERS, 1)),
            _publishRoot(_roster, 1, 1),
            _judgeRoot(_verdict, 0, 1, 1),
            _settle(_rosterBits, 0, 1),
            _settleBatch(_rosterBits, _users(0, 2), 1),
            _prove(_roster, 0, 0, 1),
            _proveBoth(_both, 0, 0, 1, 1),
            _proveAll(_roster, 0, 1),
            _reportProfit(_roster, 0, PROFIT)
        ];
        bytes memory unknown = _ofPool(IRewardPool.RewardPoolUnknown.selector, NOWHERE);
        bytes memory isClosed = _ofPool(IRewardPool.RewardPoolIsClosed.selector, closed);
        for (uint256 i = 0; i < calls.length; ++i) {
            _row("no such pool", calls[i], _of(calls[i], NOWHERE), unknown);
            _row("a closed pool", calls[i], _of(calls[i], closed), isClosed);
        }
    }

    /// @notice Views that revert for a pool that never was.
    function test_views() public {
        bytes32 userId = _userId(0);
        bytes memory unknown = _ofPool(IRewardPool.RewardPoolUnknown.selector, NOWHERE);
        Call[3] memory calls = [
            _reading(NOW, abi.encodeCall(IRewardPool.poolOf, (_roster))),
            _reading(NOW, abi.encodeCall(IRewardPool.holdingOf, (_roster, userId, 1))),
            _reading(NOW, abi.encodeCall(IRewardPool.answerOf, (_roster, userId, 0, IRewardPool.Source.OPERATOR)))
        ];
        for (uint256 i = 0; i < calls.length; ++i) _row("no such pool", calls[i], _of(calls[i], NOWHERE), unknown);
    }

    /// @notice A holder's units move by settling, and by no transfer.
    function test_transfers() public {
        _do(_publishBits(_rosterBits, 0, 1));
        uint256 id = uint256(_rosterBits);
        address holder = _user(0).account;
        Call memory honest = _settle(_rosterBits, 0, 1);
        uint256[] memory ids = new uint256[](1);
        ids[0] = id;

        bytes memory data = abi.encodeCall(IERC1155.safeTransferFrom, (holder, ANYBODY, id, 1, ""));
        _row("one kind", honest, _call(honest.time, data), _notTransferable(id, holder, ANYBODY));
        data = abi.encodeCall(IERC1155.safeBatchTransferFrom, (holder, ANYBODY, ids, ids, ""));
        _row("several kinds", honest, _call(honest.time, data), _notTransferable(id, holder, ANYBODY));
        uint256[] memory none = new uint256[](0);
        data = abi.encodeCall(IERC1155.safeBatchTransferFrom, (holder, ANYBODY, none, none, ""));
        _row("no kind", honest, _call(honest.time, data), _notTransferable(0, holder, ANYBODY));
        data = abi.encodeCall(IERC1155.setApprovalForAll, (holder, true));
        _row("an approval", honest, _call(honest.time, data), _notTransferable(0, ANYBODY, holder));
    }

    function test_balanceOfBatch() public {
        address[] memory accounts = new address[](2);
        uint256[] memory ids = new uint256[](2);
        Call memory honest = _reading(NOW, abi.encodeCall(IERC1155.balanceOfBatch, (accounts, ids)));

        ids = new uint256[](1);
        _row(
            "fewer ids",
            honest,
            _reading(NOW, abi.encodeCall(IERC1155.balanceOfBatch, (accounts, ids))),
            abi.encodeWithSelector(IRewardPool.RewardPoolLengthMismatch.selector, 2, 1)
        );
    }

    // ── Rows that calls share ──

    /// @dev What only the operator changes.
    function _changes(Call memory honest) private {
        bytes memory expected = abi.encodeWithSelector(
            IRewardPool.RewardPoolNotOperator.selector,
            OPERATOR,
            _registrar
        );
        _row("by the registrar", honest, _by(honest, _registrar), expected);
    }

    function _outOfRange(
        bytes32 field,
        IRewardPool.PoolConfig memory config,
        uint256 min,
        uint256 max,
        uint256 actual
    ) private {
        string memory what = string.concat(string(abi.encodePacked(field)), " out of range");
        _row(what, _create("new", _config()), _create("new", config), _range(field, min, max, actual));
    }

    function _mismatch(string memory what, IRewardPool.PoolConfig memory config) private {
        _row(
            what,
            _create("new", _config()),
            _create("new", config),
            _modeMismatch(config.mode, config.form, config.verifier, config.indicator)
        );
    }

    // ── Refusals ──

    function _ofPool(bytes4 selector, bytes32 poolId) private pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, poolId);
    }

    function _range(bytes32 field, uint256 min, uint256 max, uint256 actual) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolOutOfRange.selector, field, min, max, actual);
    }

    function _modeMismatch(
        IRewardPool.Mode mode,
        IRewardPool.Form form,
        bytes32 verifier,
        address indicator
    ) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolModeMismatch.selector, mode, form, verifier, indicator);
    }

    function _shareTooLarge(uint64 max, uint64 share) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolShareTooLarge.selector, max, share);
    }

    function _tooManyUnits(uint256 actual) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolTooManyUnits.selector, type(uint40).max, actual);
    }

    function _notTransferable(uint256 id, address from, address to) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolNotTransferable.selector, id, from, to);
    }
}
