// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IUsageIndicator} from "../../rewards/IUsageIndicator.sol";

/// @title A usage indicator that answers what it was told, or misbehaves
contract UsageIndicator is IUsageIndicator {
    enum Behaviour {
        HONEST,
        REVERT, // with a named error
        REVERT_BOMB, // with a megabyte that reads like an answer
        ANSWER_BOMB, // answers with a megabyte behind its answer
        SHORT, // answers with one word
        EMPTY, // answers with nothing
        NONSENSE, // says 2 for whether it knows
        HEAVY // burns gas before it answers
    }

    uint256 private constant _BOMB_LENGTH = 1_000_000;
    uint256 private constant _HEAVY_GAS = 2_000_000;

    Behaviour private _behaviour;
    mapping(bytes32 period => bool known) private _known;
    mapping(bytes32 period => uint256 total) private _totals;

    error UsageIndicatorRefuses(bytes32 subject, uint40 from, uint40 to);

    function setBehaviour(Behaviour behaviour) external {
        _behaviour = behaviour;
    }

    /// @notice Proves a total, as far as this indicator is concerned.
    function setTotal(bytes32 subject, uint40 from, uint40 to, uint256 total) external {
        bytes32 period = _periodOf(subject, from, to);
        _known[period] = true;
        _totals[period] = total;
    }

    /// @inheritdoc IUsageIndicator
    function usageOf(bytes32 subject, uint40 from, uint40 to) external view returns (bool, uint256) {
        Behaviour behaviour = _behaviour;
        bytes32 period = _periodOf(subject, from, to);
        bool known = _known[period];
        uint256 total = _totals[period];
        if (behaviour == Behaviour.REVERT) revert UsageIndicatorRefuses(subject, from, to);
        if (behaviour == Behaviour.REVERT_BOMB) _answer(known, total, _BOMB_LENGTH, true);
        if (behaviour == Behaviour.ANSWER_BOMB) _answer(known, total, _BOMB_LENGTH, false);
        if (behaviour == Behaviour.SHORT) _answer(known, total, 32, false);
        if (behaviour == Behaviour.EMPTY) _answer(known, total, 0, false);
        if (behaviour == Behaviour.NONSENSE) _answerNonsense(total);
        if (behaviour == Behaviour.HEAVY) _burn();
        return (known, total);
    }

    function _periodOf(bytes32 subject, uint40 from, uint40 to) private pure returns (bytes32) {
        return keccak256(abi.encode(subject, from, to));
    }

    function _burn() private view {
        uint256 until = gasleft() - _HEAVY_GAS;
        uint256 spent;
        while (gasleft() > until) ++spent;
    }

    function _answer(bool known, uint256 total, uint256 length, bool reverts) private pure {
        assembly ("memory-safe") {
            let answer := mload(0x40)
            mstore(answer, known)
            mstore(add(answer, 0x20), total)
            if reverts {
                revert(answer, length)
            }
            return(answer, length)
        }
    }

    function _answerNonsense(uint256 total) private pure {
        assembly ("memory-safe") {
            mstore(0, 2)
            mstore(0x20, total)
            return(0, 0x40)
        }
    }
}
