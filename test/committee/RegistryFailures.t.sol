// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {FrostReference} from "../../contracts/mocks/committee/FrostReference.sol";
import {Call} from "../helpers/Failures.sol";
import {CommitteePapers} from "./CommitteePapers.sol";

/// @notice The table of what is refused about committees: their making, their changes, their end.
contract RegistryFailuresTest is CommitteePapers {
    uint40 private constant GRACE = uint40(NOW + 1 days);
    bytes32 private constant NOWHERE = "no committee";

    // ── create ──

    function test_create() public {
        ICommitteeRegistry.EpochConfig memory config = _config();
        Call memory honest = _create(false, config);
        bytes32 id = keccak256(
            abi.encode(keccak256("Committee(address creator,bytes32 salt)"), ANYBODY, bytes32("new"))
        );

        _rowAfter(
            "it was created before",
            honest,
            honest,
            abi.encodeWithSelector(ICommitteeRegistry.CommitteeExists.selector, id)
        );
        _configurations(honest, _createOpen);
        config.groupKey = _groupKey;
        _row("an attributable one with a key", _create(false, config), _create(true, config), _noKeys(id));
    }

    // ── rotate ──

    function test_rotate() public {
        ICommitteeRegistry.EpochConfig memory config = _config();
        Call memory honest = _rotate(_plain, config, GRACE);

        _row("an unknown committee", honest, _rotate(NOWHERE, config, GRACE), _unknown(NOWHERE));
        _row("by a member", honest, _by(honest, _members[0]), _notAdmin(_plain, _members[0]));
        _rowAfter("its epoch was ended", honest, _retire(_plain, 1), _over(_plain, 1, NOW, NOW));
        _row(
            "grace without end",
            honest,
            _rotate(_plain, config, type(uint40).max),
            abi.encodeWithSelector(ICommitteeRegistry.CommitteeGraceOutOfRange.selector, type(uint40).max)
        );
        _configurations(honest, _rotatePlain);
        honest = _rotate(_attributable, config, GRACE);
        config.groupKey = _groupKey;
        _row("an attributable one with a key", honest, _rotate(_attributable, config, GRACE), _noKeys(_attributable));
    }

    function test_rotate_approval() public {
        bytes32 digest = _rotationDigest(_plain, _config(), 0);
        Call memory honest = _rotateBy(_plain, _approval(digest, KEYS));

        _row("too few approved", honest, _rotateBy(_plain, _approval(digest, 3)), _tooFew(_plain, 2));
        bytes memory other = _approval(_rotationDigest(_plain, _config(), GRACE), KEYS);
        _row("another grace was approved", honest, _rotateBy(_plain, other), _wrongSignature(_plain, 0));
        _rowAfter("the admin ended the epoch that approved", honest, _retire(_plain, 1), _over(_plain, 1, NOW, NOW));
        _row(
            "the group's signature, and no key is confirmed",
            honest,
            _rotateBy(_plain, _groupApproval(digest)),
            abi.encodeWithSelector(ICommitteeRegistry.CommitteeGroupKeyUnconfirmed.selector, _plain, 1)
        );
        digest = _rotationDigest(_keyed, _config(), 0);
        _row(
            "the group signed for another committee",
            _rotateBy(_keyed, _groupApproval(digest)),
            _rotateBy(_keyed, _groupApproval(_rotationDigest(_plain, _config(), 0))),
            abi.encodeWithSelector(ICommitteeRegistry.CommitteeWrongGroupSignature.selector, _keyed, 1)
        );
    }

    // ── retire ──

    function test_retire() public {
        Call memory honest = _retire(_plain, 1);

        _row("an unknown committee", honest, _retire(NOWHERE, 1), _unknown(NOWHERE));
        _row("an epoch to come", honest, _retire(_plain, 2), _unknownEpoch(_plain, 1, 2));
        _row("no epoch", honest, _retire(_plain, 0), _unknownEpoch(_plain, 1, 0));
        _row("by a member", honest, _by(honest, _members[0]), _notAdmin(_plain, _members[0]));
        _rowAfter("it was ended before", honest, honest, _over(_plain, 1, NOW, NOW));
        _do(_rotate(_plain, _config(), GRACE));
        _row("the grace is over", honest, _at(honest, GRACE), _over(_plain, 1, GRACE, GRACE));
    }

    function test_retire_approval() public {
        bytes32 digest = _retirementDigest(_plain, 1);
        Call memory honest = _retireBy(_plain, 1, _approval(digest, KEYS));

        _row("too few approved", honest, _retireBy(_plain, 1, _approval(digest, 5)), _tooFew(_plain, 2));
        bytes memory other = _approval(_retirementDigest(_keyed, 1), KEYS);
        _row("another committee's end was approved", honest, _retireBy(_plain, 1, other), _wrongSignature(_plain, 0));
    }

    // ── confirmGroupKey ──

    function test_confirmGroupKey() public {
        Call memory honest = _confirm(_plain, 1, _groupKey);

        _row("an unknown committee", honest, _confirm(NOWHERE, 1, _groupKey), _unknown(NOWHERE));
        _row("an epoch to come", honest, _confirm(_plain, 2, _groupKey), _unknownEpoch(_plain, 1, 2));
        _row("an attributable one", honest, _confirm(_attributable, 1, _groupKey), _noKeys(_attributable));
        _rowAfter("the epoch was ended", honest, _retire(_plain, 1), _over(_plain, 1, NOW, NOW));
        _rowAfter(
            "it was confirmed before",
            honest,
            honest,
            abi.encodeWithSelector(ICommitteeRegistry.CommitteeGroupKeyAlreadyConfirmed.selector, _plain, 1)
        );
        ICommitteeRegistry.GroupKey memory key = ICommitteeRegistry.GroupKey(_groupKey.x, _groupKey.y ^ 2);
        _row("a point off the curve", honest, _confirm(_plain, 1, key), _invalidKey(key));
        key = _beyondTheOrder();
        _row("a point whose x cannot serve", honest, _confirm(_plain, 1, key), _invalidKey(key));
        key = ICommitteeRegistry.GroupKey(0, 0);
        _row("no point", honest, _confirm(_plain, 1, key), _invalidKey(key));

        bytes32 digest = _confirmationDigest(_plain, 1, _groupKey);
        bytes memory approval = _approval(digest, 6);
        _row("too few approved", honest, _confirmBy(_plain, 1, _groupKey, approval), _tooFew(_plain, 2));
        approval = _groupApproval(digest);
        _row(
            "the group approved itself",
            honest,
            _confirmBy(_plain, 1, _groupKey, approval),
            _wrongScheme(_plain, 0x02)
        );
    }

    // ── Views ──

    function test_views() public {
        Call memory honest = _reading(abi.encodeCall(ICommitteeRegistry.epochOf, (_plain, 1)));
        Call memory faulty = _reading(abi.encodeCall(ICommitteeRegistry.epochOf, (_plain, 2)));
        _row("an epoch to come", honest, faulty, _unknownEpoch(_plain, 1, 2));
        faulty = _reading(abi.encodeCall(ICommitteeRegistry.epochOf, (NOWHERE, 1)));
        _row("an unknown committee", honest, faulty, _unknown(NOWHERE));

        honest = _reading(abi.encodeCall(ICommitteeRegistry.membersOf, (_plain, 1)));
        faulty = _reading(abi.encodeCall(ICommitteeRegistry.membersOf, (_plain, 2)));
        _row("members of an epoch to come", honest, faulty, _unknownEpoch(_plain, 1, 2));
        faulty = _reading(abi.encodeCall(ICommitteeRegistry.membersOf, (NOWHERE, 1)));
        _row("members of an unknown committee", honest, faulty, _unknown(NOWHERE));
    }

    // ── Rows that calls share ──

    /// @dev What a new epoch must say of itself.
    function _configurations(
        Call memory honest,
        function(ICommitteeRegistry.EpochConfig memory) internal view returns (Call memory) call
    ) private {
        ICommitteeRegistry.EpochConfig memory config = _config();
        config.members = new address[](0);
        _row("no members", honest, call(config), _memberCount(0));
        config.members = new address[](256);
        _row("256 members", honest, call(config), _memberCount(256));

        config = _config();
        config.members[1] = address(0);
        _row(
            "a member that is nobody",
            honest,
            call(config),
            abi.encodeWithSelector(ICommitteeRegistry.CommitteeZeroMember.selector, 1)
        );
        config.members[1] = config.members[0];
        _row("a member twice in a row", honest, call(config), _duplicate(0, 1));
        config = _config();
        config.members[2] = config.members[0];
        _row("a member twice", honest, call(config), _duplicate(0, 2));

        config = _config();
        config.threshold = 0;
        _row("a threshold of nobody", honest, call(config), _threshold(0));
        config.threshold = 5;
        _row("a threshold above all", honest, call(config), _threshold(5));

        config = _config();
        config.groupKey = ICommitteeRegistry.GroupKey(_groupKey.x, _groupKey.y + 1);
        _row("a point off the curve", honest, call(config), _invalidKey(config.groupKey));
        config.groupKey = ICommitteeRegistry.GroupKey(0, 1);
        _row("a point with half of its coordinates", honest, call(config), _invalidKey(config.groupKey));
        config.groupKey = _beyondTheOrder();
        _row("a point whose x cannot serve", honest, call(config), _invalidKey(config.groupKey));
    }

    function _createOpen(ICommitteeRegistry.EpochConfig memory config) private view returns (Call memory) {
        return _create(false, config);
    }

    function _rotatePlain(ICommitteeRegistry.EpochConfig memory config) private view returns (Call memory) {
        return _rotate(_plain, config, GRACE);
    }

    /// @dev The first point from the group's order on.
    function _beyondTheOrder() private pure returns (ICommitteeRegistry.GroupKey memory key) {
        key.x = FrostReference.N;
        while (!FrostReference.isPoint(FrostReference.Point(key.x, key.y))) {
            uint256 square = addmod(FrostReference.power(++key.x, 3), 7, FrostReference.P);
            key.y = FrostReference.power(square, (FrostReference.P + 1) / 4);
        }
    }

    function _memberCount(uint256 actual) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICommitteeRegistry.CommitteeMemberCount.selector, 255, actual);
    }

    function _duplicate(uint256 first, uint256 second) private view returns (bytes memory) {
        return
            abi.encodeWithSelector(
                ICommitteeRegistry.CommitteeDuplicateMember.selector,
                _members[first],
                first,
                second
            );
    }

    function _threshold(uint256 threshold) private view returns (bytes memory) {
        return
            abi.encodeWithSelector(
                ICommitteeRegistry.CommitteeThresholdOutOfRange.selector,
                _members.length,
                threshold
            );
    }
}
