import re
def sub(f, pairs):
    s=open(f).read()
    for a,b in pairs:
        assert a in s, (f,a)
        s=s.replace(a,b)
    open(f,'w').write(s)
R='contracts/rewards/'
sub(R+'RewardHash.sol',[
('''import {IRewardPool} from "./IRewardPool.sol";
''','''import {EfficientHashLib} from "solady/src/utils/EfficientHashLib.sol";

import {IRewardPool} from "./IRewardPool.sol";
'''),
('''        return keccak256(abi.encode(keccak256(abi.encode(poolId, cycle, userId, eligible))));
    }
''','''        bytes32 cycleWord = bytes32(uint256(cycle));
        bytes32 answer = bytes32(uint256(eligible ? 1 : 0));
        return EfficientHashLib.hash(EfficientHashLib.hash(poolId, cycleWord, userId, answer));
    }

    /// @notice The key of a bound user's word.
    function member(bytes32 poolId, bytes32 userId, address account) internal pure returns (bytes32) {
        return EfficientHashLib.hash(poolId, userId, bytes32(uint256(uint160(account))));
    }
'''),
])
sub(R+'UnitBook.sol',[
('''import {PoolBase} from "./PoolBase.sol";
''','''import {PoolBase} from "./PoolBase.sol";
import {RewardHash} from "./RewardHash.sol";
'''),
('''    mapping(bytes32 poolId => mapping(bytes32 userId => Binding binding)) internal _bindings;
''','''    /// @dev A struct, so that where it stands is computed once and passed on.
    struct MemberRecord {
        MemberWord word;
    }

    mapping(bytes32 poolId => mapping(bytes32 userId => Binding binding)) internal _bindings;
'''),
('''    /// @dev By {_memberKey}: a word is there exactly for a bound pair of user id and account, so that settling reads one slot.
    mapping(bytes32 memberKey => MemberWord word) internal _members;
''','''    /// @dev A word is there exactly for a bound pair of user id and account, so that settling reads one slot.
    mapping(bytes32 memberKey => MemberRecord record) private _members;
'''),
('''        return _members[_memberKey(poolId, _userIds[poolId][account], account)].units();
''','''        return _recordOf(poolId, _userIds[poolId][account], account).word.units();
'''),
('''    /// @dev Where a bound user's word stands.
    function _memberKey(bytes32 poolId, bytes32 userId, address account) internal pure returns (bytes32) {
        return keccak256(abi.encode(poolId, userId, account));
    }
''','''    /// @dev Where a bound user's word stands.
    function _recordOf(
        bytes32 poolId,
        bytes32 userId,
        address account
    ) internal view returns (MemberRecord storage record) {
        return _members[RewardHash.member(poolId, userId, account)];
    }
'''),
])
sub(R+'MemberBook.sol',[
('''        _members[_memberKey(poolId, userId, account)] = word;
''','''        _recordOf(poolId, userId, account).word = word;
'''),
('''        bytes32 memberKey = _memberKey(poolId, userId, account);
        MemberWord word = _members[memberKey];
        _members[memberKey] = MemberWord.wrap(0);
        _members[_memberKey(poolId, userId, newAccount)] = word;
''','''        MemberRecord storage record = _recordOf(poolId, userId, account);
        MemberWord word = record.word;
        record.word = MemberWord.wrap(0);
        _recordOf(poolId, userId, newAccount).word = word;
'''),
])
sub(R+'ProfitBook.sol',[
('''        bytes32 memberKey = _memberKey(poolId, userId, account);
        MemberWord member = _accrue(poolId, pool, _members[memberKey]);
''','''        MemberRecord storage record = _recordOf(poolId, userId, account);
        MemberWord member = _accrue(poolId, pool, record.word);
'''),
('''        _members[memberKey] = member.withOwed(0, member.reportCount());
''','''        record.word = member.withOwed(0, member.reportCount());
'''),
('''        MemberWord word = _accrue(poolId, _pools[poolId].word, _members[_memberKey(poolId, userId, binding.account)]);
''','''        MemberWord word = _accrue(poolId, _pools[poolId].word, _recordOf(poolId, userId, binding.account).word);
'''),
])
sub(R+'PoolWord.sol',[
('''    function withReportCount(''','''    /// @dev `units` are at most those available.
    function minusUnits(PoolWord word, uint256 units) internal pure returns (PoolWord) {
        unchecked {
            return PoolWord.wrap(PoolWord.unwrap(word) - units);
        }
    }

    /// @dev All units together fit their 40 bits.
    function plusUnits(PoolWord word, uint256 units) internal pure returns (PoolWord) {
        unchecked {
            return PoolWord.wrap(PoolWord.unwrap(word) + units);
        }
    }

    /// @notice Whether settling needs proofs: form ROOT, and a mode that asks a list.
    function isProven(PoolWord word) internal pure returns (bool) {
        return (PoolWord.unwrap(word) >> 248) & 7 < uint256(IRewardPool.Mode.INDICATOR);
    }

    function withReportCount('''),
('''    /// @notice When a cycle ends.
    function endOf(PoolWord word, uint256 cycle) internal pure returns (uint256) {
        return uint256(start(word)) + (cycle + 1) * cycleLength(word);
    }

    /// @notice From when on a cycle's evidence is final.
    function finalFrom(PoolWord word, uint256 cycle) internal pure returns (uint256) {
        return endOf(word, cycle) + finalDelay(word);
    }

    /// @notice Before when a proof acts on a cycle.
    function actionUntil(PoolWord word, uint256 cycle) internal pure returns (uint256) {
        return finalFrom(word, cycle) + actionWindow(word);
    }
''','''    /// @notice When a cycle ends.
    function endOf(PoolWord word, uint32 cycle) internal pure returns (uint256) {
        // Figures of 40 and 32 bits.
        unchecked {
            return start(word) + (uint256(cycle) + 1) * cycleLength(word);
        }
    }

    /// @notice From when on a cycle's evidence is final.
    function finalFrom(PoolWord word, uint32 cycle) internal pure returns (uint256) {
        // As in {endOf}.
        unchecked {
            return endOf(word, cycle) + finalDelay(word);
        }
    }

    /// @notice Before when a proof acts on a cycle.
    function actionUntil(PoolWord word, uint32 cycle) internal pure returns (uint256) {
        // As in {endOf}.
        unchecked {
            return finalFrom(word, cycle) + actionWindow(word);
        }
    }
'''),
])
sub(R+'MemberWord.sol',[
('''    function withUnits(MemberWord word, uint40 units_) internal pure returns (MemberWord) {
        return MemberWord.wrap((MemberWord.unwrap(word) & ~UNITS_MASK) | units_);
    }
''','''    /// @dev All units of a pool together fit the 40 bits.
    function plusUnits(MemberWord word, uint256 units_) internal pure returns (MemberWord) {
        unchecked {
            return MemberWord.wrap(MemberWord.unwrap(word) + units_);
        }
    }

    function withoutUnits(MemberWord word) internal pure returns (MemberWord) {
        return MemberWord.wrap(MemberWord.unwrap(word) & ~UNITS_MASK);
    }
'''),
])
