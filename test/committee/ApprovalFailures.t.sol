// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {FrostReference} from "../../contracts/mocks/committee/FrostReference.sol";
import {Call} from "../helpers/Failures.sol";
import {CommitteePapers} from "./CommitteePapers.sol";

/// @notice The table of approvals that are refused. Each row stands for both calls that require one.
contract ApprovalFailuresTest is CommitteePapers {
    uint256 private constant ALL = KEYS | WALLET;
    uint256 private constant MOST_OF_THEM = 0x3 | WALLET; // with the wallet, just enough
    uint256 private constant HEAD = 65;

    function test_requireApproval() public {
        _byMembers(_require);
    }

    function test_requireAttributableApproval() public {
        _byMembers(_requireNamed);
        bytes memory approval = _groupApproval(DIGEST);
        _row(
            "the group's signature, which names nobody",
            _requireNamed(_keyed, 1, _approval(DIGEST, KEYS)),
            _requireNamed(_keyed, 1, approval),
            _wrongScheme(_keyed, 0x02)
        );
    }

    /// @notice As above, but that any number of members will do.
    function test_signersOf() public {
        Call memory honest = _signersOf(_plain, 1, _approval(DIGEST, 2));
        _ofEpochs(honest, _signersOf);
        _forms(honest, _signersOf);
        _row("of another digest", honest, _signersOf(_plain, 1, _approval("another", 2)), _wrongSignature(_plain, 1));
        _row(
            "the group's signature, which names nobody",
            _signersOf(_keyed, 1, _approval(DIGEST, 2)),
            _signersOf(_keyed, 1, _groupApproval(DIGEST)),
            _wrongScheme(_keyed, 0x02)
        );
    }

    function test_requireApproval_group() public {
        bytes memory approval = _groupApproval(DIGEST);
        Call memory honest = _require(_keyed, 1, approval);

        _row(
            "no key is confirmed",
            honest,
            _require(_plain, 1, approval),
            abi.encodeWithSelector(ICommitteeRegistry.CommitteeGroupKeyUnconfirmed.selector, _plain, 1)
        );
        _row("an attributable committee", honest, _require(_attributable, 1, approval), _noKeys(_attributable));
        bytes memory other = bytes.concat(approval, hex"00");
        _row("one byte more", honest, _require(_keyed, 1, other), _malformed(_keyed, 97, 98));
        other = bytes.concat(approval);
        assembly ("memory-safe") {
            mstore(other, 96)
        }
        _row("one byte less", honest, _require(_keyed, 1, other), _malformed(_keyed, 97, 96));
        _wrongGroup("of another digest", honest, _groupApproval(keccak256("another")));
        for (uint256 i = 1; i < 97; i += 32) {
            other = bytes.concat(approval);
            other[i + 31] = other[i + 31] ^ 0x01;
            _wrongGroup("one bit of R or z is another", honest, other);
        }
        (FrostReference.Point memory r, uint256 z) = FrostReference.sign(GROUP_SECRET + 1, 1, abi.encodePacked(DIGEST));
        _wrongGroup("another group's", honest, abi.encodePacked(hex"02", r.x, r.y, z));
    }

    // ── Rows that both calls share ──

    function _byMembers(function(bytes32, uint32, bytes memory) internal view returns (Call memory) call) private {
        bytes memory approval = _approval(DIGEST, MOST_OF_THEM);
        Call memory honest = call(_plain, 1, approval);
        _ofEpochs(honest, call);
        _forms(honest, call);

        _row("two of three keys", honest, call(_plain, 1, _approval(DIGEST, 3)), _tooFew(_plain, 2));
        _row("nobody", honest, call(_plain, 1, _approval(DIGEST, 0)), _tooFew(_plain, 0));
        _row("of another digest", honest, call(_plain, 1, _approval("another", KEYS)), _wrongSignature(_plain, 0));
        bytes memory other = abi.encodePacked(hex"01", KEYS, uint256(0), _entry(0, DIGEST), _entry(1, DIGEST));
        _row(
            "one member signs for two",
            honest,
            call(_plain, 1, bytes.concat(other, _entry(1, DIGEST))),
            _wrongSignature(_plain, 2)
        );
        _row(
            "an s above half of the order",
            honest,
            call(_plain, 1, bytes.concat(other, bytes32(uint256(1)), bytes32(type(uint256).max >> 1))),
            _wrongSignature(_plain, 2)
        );
        other = abi.encodePacked(hex"01", MOST_OF_THEM, WALLET, _entry(0, DIGEST), _entry(1, DIGEST));
        _row(
            "the wallet's owner signed another digest",
            honest,
            call(_plain, 1, bytes.concat(other, _entry(3, "another"))),
            _tooFew(_plain, 2)
        );
        other = abi.encodePacked(hex"01", uint256(KEYS), uint256(4), _entry(0, DIGEST), _entry(1, DIGEST));
        _row(
            "a key is asked as a wallet",
            honest,
            call(_plain, 1, bytes.concat(other, hex"0040", _entry(2, DIGEST))),
            _tooFew(_plain, 2)
        );

        // What a wallet gets is 400,000, of which 63/64 go along, and 6,000 to come to it.
        uint256 required = (uint256(400_000) * 64) / 63 + 6_000;
        uint256 left = _rowOfGas(
            "too little gas to ask the wallet",
            honest,
            required,
            abi.encodeWithSelector(ICommitteeRegistry.CommitteeInsufficientGas.selector, required)
        );
        vm.assertTrue(left < required, "enough gas was left");
    }

    /// @dev Of committee and epoch.
    function _ofEpochs(
        Call memory honest,
        function(bytes32, uint32, bytes memory) internal view returns (Call memory) call
    ) private {
        bytes memory approval = _approval(DIGEST, MOST_OF_THEM);
        _row("an unknown committee", honest, call("nowhere", 1, approval), _unknown("nowhere"));
        _row("an epoch to come", honest, call(_plain, 2, approval), _unknownEpoch(_plain, 1, 2));
        _rowAfter("the epoch was ended", honest, _retire(_plain, 1), _over(_plain, 1, NOW, NOW));
        uint256 state = vm.snapshotState();
        uint40 grace = uint40(NOW + 1 days);
        _do(_rotate(_plain, _config(), grace));
        _row("the grace is over", _at(honest, grace - 1), _at(honest, grace), _over(_plain, 1, grace, grace));
        vm.revertToState(state);
    }

    /// @dev Of the form, before any signature.
    function _forms(
        Call memory honest,
        function(bytes32, uint32, bytes memory) internal view returns (Call memory) call
    ) private {
        _row("empty", honest, call(_plain, 1, ""), _malformed(_plain, 1, 0));
        _row("an unknown scheme", honest, call(_plain, 1, hex"03"), _wrongScheme(_plain, 0x03));
        _row("a head without its bitmaps", honest, call(_plain, 1, hex"01"), _malformed(_plain, HEAD, 1));
        bytes memory approval = _approval(DIGEST, MOST_OF_THEM);
        uint256 length = approval.length;
        bytes memory other = bytes.concat(approval, hex"00");
        _row("one byte more", honest, call(_plain, 1, other), _malformed(_plain, length, length + 1));
        other = bytes.concat(approval);
        assembly ("memory-safe") {
            mstore(other, sub(length, 1))
        }
        _row("one byte less", honest, call(_plain, 1, other), _malformed(_plain, length, length - 1));
        other = abi.encodePacked(
            hex"01",
            uint256(KEYS),
            WALLET,
            _entry(0, DIGEST),
            _entry(1, DIGEST),
            _entry(2, DIGEST)
        );
        _row(
            "a wallet that did not sign",
            honest,
            call(_plain, 1, other),
            _malformed(_plain, other.length, other.length)
        );
        other = abi.encodePacked(hex"01", WALLET, WALLET, hex"00");
        _row("a wallet without its length", honest, call(_plain, 1, other), _malformed(_plain, HEAD + 2, HEAD + 1));
        other = abi.encodePacked(hex"01", uint256(0x10), uint256(0), new bytes(64));
        _row(
            "an index that no member has",
            honest,
            call(_plain, 1, other),
            abi.encodeWithSelector(ICommitteeRegistry.CommitteeNotMember.selector, _plain, 1, 4, 4)
        );
    }

    function _wrongGroup(string memory what, Call memory honest, bytes memory approval) private {
        _row(
            what,
            honest,
            _require(_keyed, 1, approval),
            abi.encodeWithSelector(ICommitteeRegistry.CommitteeWrongGroupSignature.selector, _keyed, 1)
        );
    }
}
