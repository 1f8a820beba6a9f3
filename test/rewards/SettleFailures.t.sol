// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRewardPool} from "../../contracts/rewards/IRewardPool.sol";
import {Call} from "../helpers/Failures.sol";
import {RewardPapers, ToldIndicator} from "../helpers/RewardPapers.sol";
import {RewardReference} from "../helpers/RewardReference.sol";

/// @notice The table of failures of settling.
contract SettleFailuresTest is RewardPapers {
    constructor() {
        _do(_publishRoot(_roster, 0, 1));
        _do(_publishRoot(_both, 0, 3));
        _do(_judgeRoot(_both, 0, 1, 1));
        _do(_publishBits(_rosterBits, 0, 3));
    }

    function test_settle() public {
        Call memory honest = _settle(_rosterBits, 0, 1);

        _row("it is not final", honest, _at(honest, _finalFrom(0) - 1), _nothing(_rosterBits, 0, 0));
        Call memory early = _call(
            honest.time,
            abi.encodeCall(IRewardPool.settle, (_rosterBits, _userId(0), _to(0), 0))
        );
        _row("until no cycle", honest, early, _nothing(_rosterBits, 0, 1));
        _rowAfter("it is settled", honest, honest, _nothing(_rosterBits, 1, 1));
        IRewardPool.UserAccount memory named = _user(0);
        named.account = _to(1);
        _row("another's account", honest, _settleAs(_rosterBits, named, 1), _notBound(_rosterBits, named));
        named = _user(USERS);
        _row("nobody is bound", honest, _settleAs(_rosterBits, named, 1), _notBound(_rosterBits, named));
        _wrongForms(honest, [_roster, _verdict, _both]);
    }

    function test_settle_exhausted() public {
        IRewardPool.PoolConfig memory config = _config(IRewardPool.Mode.ROSTER, IRewardPool.Form.BITMAP);
        config.totalUnits = 2 * uint40(GRANT) - 1;
        bytes32 poolId = _createBound("small", config);
        _do(_publishBits(poolId, 0, 3));
        _rowAfter("too few", _settle(poolId, 1, 1), _settle(poolId, 0, 1), _exhausted(poolId));
    }

    function test_settle_indicator() public {
        Call memory honest = _settle(_usage, 0, 1);
        bytes memory unproved = abi.encodeCall(ToldIndicator.tell, (abi.encode(false, THRESHOLD)));
        Call memory step = Call(address(_indicator), ANYBODY, NOW, ALL_GAS, unproved, false);

        _row("it is not final", honest, _at(honest, _finalFrom(0) - 1), _nothing(_usage, 0, 0));
        _rowAfter("the total is not proved", honest, step, _nothing(_usage, 0, 1));
        IRewardPool.PoolConfig memory config = _config(IRewardPool.Mode.INDICATOR, IRewardPool.Form.ROOT);
        config.totalUnits = 2 * uint40(GRANT) - 1;
        bytes32 poolId = _createBound("small", config);
        _rowAfter("too few", _settle(poolId, 1, 1), _settle(poolId, 0, 1), _exhausted(poolId));
    }

    function test_settleBatch() public {
        _wrongForms(_settleBatch(_rosterBits, _users(0, 2), 1), [_roster, _verdict, _both]);
    }

    function test_settleWithProof() public {
        Call memory honest = _prove(_roster, 0, 0, 1);

        _times(honest);
        _rowAfter("it is settled", honest, honest, _settled(_roster, 1, 0));
        IRewardPool.UserAccount memory named = IRewardPool.UserAccount(_userId(0), _to(1));
        _row("another's account", honest, _proveAs(_roster, 0, named, 0, 1), _notBound(_roster, named));
        _wrongForms(honest, [_rosterBits, _verdictBits, _both]);
        _wrongForms(honest, [_usage, _bothBits, _usage]);
        Call memory later = _at(_prove(_roster, 0, 1, 1), honest.time);
        _row("nothing was published", honest, later, _noEvidence(_roster, 1, IRewardPool.Source.OPERATOR));
        later = _of(honest, _verdict);
        _row("no verdict was published", honest, later, _noEvidence(_verdict, 0, IRewardPool.Source.VERIFIER));
    }

    function test_settleWithProof_proof() public {
        Call memory honest = _prove(_roster, 0, 0, 1);
        _row("the other answer", honest, _prove(_roster, 0, 0, 0), _wrongProof(_roster, 1, 0, 0, false));
        Call memory other = _proveAs(_roster, 0, _user(1), 0, 1);
        _row("another's proof", honest, other, _wrongProof(_roster, 1, 0, 1, true));
        IRewardPool.UserAccount memory user = _user(0);
        bytes memory data = abi.encodeCall(
            IRewardPool.settleWithProof,
            (_roster, user.userId, user.account, 0, true, new bytes32[](0))
        );
        _row("no proof", honest, _call(honest.time, data), _wrongProof(_roster, 1, 0, 0, true));
    }

    function test_settleWithProof_order() public {
        _do(_publishRoot(_roster, 1, 1));
        Call memory first = _at(_prove(_roster, 0, 0, 1), _finalFrom(1));
        Call memory second = _prove(_roster, 0, 1, 1);

        _row("an earlier cycle can act", first, second, _earlier(_roster, 0, 1));
        _do(first);
        _rowAfter("an earlier one, after it", second, second, _settled(_roster, 2, 1));
        _row("the one before", second, first, _settled(_roster, 1, 0));
    }

    function test_settleWithProof_exhausted() public {
        IRewardPool.PoolConfig memory config = _config();
        config.totalUnits = 2 * uint40(GRANT) - 1;
        bytes32 poolId = _createBound("small", config);
        _do(_publishRoot(poolId, 0, 3));
        _rowAfter("too few", _prove(poolId, 1, 0, 3), _prove(poolId, 0, 0, 3), _exhausted(poolId));
    }

    function test_settleWithProofs() public {
        Call memory honest = _proveBoth(_both, 0, 0, 3, 1);

        _times(honest);
        _rowAfter("it is settled", honest, honest, _settled(_both, 1, 0));
        _wrongForms(honest, [_roster, _verdict, _bothBits]);
        _row("no roster", honest, _proveOf(1, 3, 1), _noEvidence(_both, 1, IRewardPool.Source.OPERATOR));
        _row("another roster", honest, _proveOf(0, 1, 1), _wrongProof(_both, 3, 0, 0, true));
        _row("another verdict", honest, _proveOf(0, 3, 3), _wrongProof(_both, 1, 0, 0, true));
        bytes32 poolId = _createBound("rosters alone", _config(IRewardPool.Mode.BOTH, IRewardPool.Form.ROOT));
        _do(_publishRoot(poolId, 0, 3));
        Call memory alone = _proveBoth(poolId, 0, 0, 3, 1);
        _row("no verdict", honest, alone, _noEvidence(poolId, 0, IRewardPool.Source.VERIFIER));
    }

    function test_settleWithProofs_order() public {
        _do(_publishRoot(_both, 1, 1));
        _do(_judgeRoot(_both, 1, 1, 1));
        Call memory honest = _at(_proveBoth(_both, 0, 0, 3, 1), _finalFrom(1));
        _row("an earlier cycle can act", honest, _proveBoth(_both, 0, 1, 1, 1), _earlier(_both, 0, 1));
    }

    function test_settleBatchWithProof() public {
        Call memory honest = _proveAll(_roster, 0, 1);

        _wrongForms(honest, [_rosterBits, _both, _usage]);
        _row("another roster", honest, _proveAll(_roster, 0, 2), _wrongProof(_roster, 1, 0, 0, false));
        Call memory other = _at(_proveAll(_roster, 1, 1), honest.time);
        _row("nothing was published", honest, other, _noEvidence(_roster, 1, IRewardPool.Source.OPERATOR));
        IRewardPool.ProvenUser[] memory nobody = new IRewardPool.ProvenUser[](0);
        bytes32 root = RewardReference.root(_tree(_roster, 0, 1));
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = root;
        bytes memory expected = abi.encodeWithSelector(IRewardPool.RewardPoolWrongProof.selector, root, 0);
        _row("nobody", honest, _proveBatch(_roster, 0, nobody, proof, new bool[](0)), expected);
        expected = _wrongProof(_roster, 1, 0, 0, true);
        _row("a node too many", honest, _proveBatch(_roster, 0, _provenUsers(1), proof, new bool[](3)), expected);
    }

    function test_settleBatchWithProofs() public {
        Call memory honest = _proveAgreed(_both, 0, 3, 1);

        _wrongForms(honest, [_roster, _verdict, _bothBits]);
        _row("another roster", honest, _proveAgreed(_both, 0, 2, 0), _wrongProof(_both, 3, 0, 0, false));
        _row("another verdict", honest, _proveAgreed(_both, 0, 3, 3), _wrongProof(_both, 1, 0, 0, true));
        IRewardPool.MultiProof memory all = RewardReference.multiProof(_tree(_both, 0, 3), 15);
        Call memory differing = _proveBatchBy(_both, 0, _provenUsers(3), all, all);
        _row("the lists differ on a user", honest, differing, _wrongProof(_both, 1, 0, 0, true));
        IRewardPool.ProvenUser[] memory nobody = new IRewardPool.ProvenUser[](0);
        IRewardPool.MultiProof memory top = IRewardPool.MultiProof(new bytes32[](1), new bool[](0));
        top.proof[0] = RewardReference.root(_tree(_both, 0, 3));
        bytes memory expected = abi.encodeWithSelector(IRewardPool.RewardPoolWrongProof.selector, top.proof[0], 0);
        _row("nobody", honest, _proveBatchBy(_both, 0, nobody, top, top), expected);
        Call memory other = _at(_proveAgreed(_both, 1, 3, 1), honest.time);
        _row("nothing was published", honest, other, _noEvidence(_both, 1, IRewardPool.Source.OPERATOR));
    }

    // ── Rows that calls share ──

    /// @dev Of a cycle 0 that is settled by proof.
    function _times(Call memory honest) private {
        bytes memory expected = abi.encodeWithSelector(
            IRewardPool.RewardPoolTooEarly.selector,
            _finalFrom(0),
            _finalFrom(0) - 1
        );
        _row("it is not final", honest, _at(honest, _finalFrom(0) - 1), expected);
        expected = abi.encodeWithSelector(IRewardPool.RewardPoolTooLate.selector, _actionUntil(0), _actionUntil(0));
        _row("the action window is over", _at(honest, _actionUntil(0) - 1), _at(honest, _actionUntil(0)), expected);
    }

    function _wrongForms(Call memory honest, bytes32[3] memory pools) private {
        for (uint256 i = 0; i < pools.length; ++i) {
            IRewardPool.Pool memory pool = _pool.poolOf(pools[i]);
            bytes memory expected = abi.encodeWithSelector(
                IRewardPool.RewardPoolWrongForm.selector,
                pools[i],
                pool.mode,
                pool.form
            );
            _row("of another mode or form", honest, _of(honest, pools[i]), expected);
        }
    }

    // ── Parts ──

    function _to(uint256 user) private pure returns (address) {
        return _user(user).account;
    }

    /// @dev User 0 of `_both`, when cycle 0 is final.
    function _proveOf(uint32 cycle, uint256 rosterYes, uint256 verdictYes) private view returns (Call memory) {
        return _at(_proveBoth(_both, 0, cycle, rosterYes, verdictYes), _finalFrom(0));
    }

    // ── Refusals, of user 0 where they name one ──

    function _nothing(bytes32 poolId, uint32 nextCycle, uint32 finalCycles) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IRewardPool.RewardPoolNothingToSettle.selector,
                poolId,
                _userId(0),
                nextCycle,
                finalCycles
            );
    }

    function _settled(bytes32 poolId, uint32 nextCycle, uint32 cycle) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(IRewardPool.RewardPoolAlreadySettled.selector, poolId, _userId(0), nextCycle, cycle);
    }

    function _earlier(bytes32 poolId, uint32 open, uint32 cycle) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolEarlierCycleOpen.selector, poolId, _userId(0), open, cycle);
    }

    function _notBound(bytes32 poolId, IRewardPool.UserAccount memory named) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolNotBound.selector, poolId, named.userId, named.account);
    }

    /// @dev One unit less than a grant is left.
    function _exhausted(bytes32 poolId) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolExhausted.selector, poolId, GRANT - 1, GRANT);
    }

    function _noEvidence(bytes32 poolId, uint32 cycle, IRewardPool.Source source) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRewardPool.RewardPoolNoEvidence.selector, poolId, cycle, source);
    }

    /// @dev Of the tree of `yes`.
    function _wrongProof(
        bytes32 poolId,
        uint256 yes,
        uint32 cycle,
        uint256 user,
        bool eligible
    ) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IRewardPool.RewardPoolWrongProof.selector,
                RewardReference.root(_tree(poolId, cycle, yes)),
                RewardReference.leaf(poolId, cycle, _userId(user), eligible)
            );
    }
}
