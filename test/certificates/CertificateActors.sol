// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/interfaces/IERC721.sol";

import {AccountType, Operation, Requester} from "../../contracts/certificates/CertificateMoves.sol";
import {ICertificateLedger} from "../../contracts/certificates/ICertificateLedger.sol";
import {ICommitteeRegistry} from "../../contracts/committee/ICommitteeRegistry.sol";
import {CertificateModel} from "./actors/CertificateModel.sol";

/// @title Actors who do everything that there is to do with certificates, and books of what should come of it
/// @notice A committee of two of three, with centres that come and go.
abstract contract CertificateActors is CertificateModel {
    uint256 private constant KEYS = 5;
    uint256 private constant CENTRES = 3; // active ones
    uint256 private constant QUORUM = 3; // bitmap

    /// @dev Bitmaps of what members said of one application, and its decision.
    struct Tally {
        uint256[2] yes; // of either certificate
        uint256 no;
        bool decided;
        bool approved;
        uint256 which;
    }

    ICertificateLedger public immutable ledger;
    bytes32 private immutable _committee;
    bytes32 private immutable _domain;
    address[] private _members;
    address[] private _holders;
    mapping(uint32 centre => address account) private _accounts;
    uint32[] private _active;
    uint32 private _centreCount;
    uint256 private _serial;

    /// @notice Where the ledger and the books disagreed on whether something goes through, or on what it answers.
    uint256 public surprises;

    constructor(ICertificateLedger ledger_, ICommitteeRegistry registry) {
        ledger = ledger_;
        _members = _hire(3);
        _holders = _hire(3);
        _committee = registry.create(
            "centres",
            address(0),
            false,
            ICommitteeRegistry.EpochConfig(_members, 2, ICommitteeRegistry.GroupKey(0, 0))
        );
        _domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Guildhall CertificateLedger"),
                keccak256("1"),
                block.chainid,
                ledger_
            )
        );
        for (uint256 i = 0; i < CENTRES; ++i) _admitCentre();
    }

    // ── Actions ──

    /// @notice A key that may have had certificates before. While one of them is live it is refused.
    function issue(uint256 seed) external counted {
        bytes32 key = _keyOf(_draw(seed, "key", 0, KEYS - 1));
        uint256 last = _lastOf[key];
        if (last != 0 && _isLive(_books[last - 1])) {
            ICertificateLedger.Application memory twice = _application(seed, key, 0);
            _demandRefusal(address(ledger), _issueCall(twice, _newContent(), QUORUM));
            key = _newKey();
        }
        bytes32 predecessor = _draw(seed, "predecessor", 0, 2) == 0 ? _books[_liveBook(seed)].id : bytes32(0);
        _issue(_application(seed, key, predecessor));
    }

    /// @notice Any operation on any certificate, asked for by any of those who may ask.
    function move(uint256 seed) external counted {
        uint256 index = _anyBook(seed);
        Operation operation = Operation(_draw(seed, "operation", 0, 7));
        _move(index, operation, Requester(_draw(seed, "requester", 1, 3)), seed);
    }

    /// @notice The same of a live certificate, at a moment when something is about to change.
    function moveInTime(uint256 seed) external counted {
        uint256 index = _liveBook(seed);
        Book storage book = _books[index];
        uint256 edge = _draw(seed, "edge", 0, 2);
        uint40 moment =
            edge == 0
                ? book.notAfter
                : edge == 1
                    ? book.frozenUntil
                    : book.centreWaitsUntil;
        // Not so far that everything is over.
        if (moment != 0 && moment < _clock.time() + 40 days) _reachClock(moment - 1 + _draw(seed, "beside", 0, 2));
        Operation operation = Operation(_draw(seed, "operation", 1, 7));
        _move(index, operation, Requester(_draw(seed, "requester", 1, 3)), seed);
    }

    /// @notice The centre's own three calls.
    function moveByCentre(uint256 seed) external counted {
        Book storage book = _books[_liveBook(seed)];
        uint256 which = _draw(seed, "call", 0, 2);
        uint8 reason = which == 1 ? 0 : _reason(seed);
        Operation operation =
            which == 0
                ? Operation.FREEZE
                : which == 1
                    ? Operation.UNFREEZE
                    : Operation.REVOKE;
        bytes memory data =
            which == 0
                ? abi.encodeCall(ledger.freeze, (book.id, book.head, reason))
                : which == 1
                    ? abi.encodeCall(ledger.unfreeze, (book.id, book.head))
                    : abi.encodeCall(ledger.revoke, (book.id, book.head, reason));
        _tryMove(book, operation, Requester.CENTRE, book.centre, reason, _accounts[book.centre], data, 0);
    }

    /// @notice The two calls that anyone has.
    function moveByAnyone(uint256 seed) external counted {
        Book storage book = _books[_anyBook(seed)];
        bool ends = _draw(seed, "call", 0, 1) == 0;
        Operation operation = ends ? Operation.UNFREEZE : Operation.EXPIRE;
        bytes memory data =
            ends ? abi.encodeCall(ledger.endFreeze, (book.id)) : abi.encodeCall(ledger.expire, (book.id));
        _tryMove(book, operation, Requester.ANYONE, book.centre, 0, address(this), data, 0);
    }

    /// @notice Freeze, unfreeze and revoke in one block.
    function moveAtOnce(uint256 seed) external counted {
        uint256 index = _issue(_application(seed, _newKey(), 0));
        Requester requester = Requester(_draw(seed, "requester", 1, 3));
        _move(index, Operation.FREEZE, requester, seed);
        _move(index, Operation.UNFREEZE, requester, seed);
        _move(index, Operation.REVOKE, Requester(_draw(seed, "revoker", 1, 3)), seed);
        if (_books[index].records != 4) ++surprises;
    }

    /// @notice A successor that the committee approves, and an update that names it.
    function update(uint256 seed) external counted {
        uint256 index = _issue(_application(seed, _newKey(), 0));
        _issue(_application(seed, _newKey(), _books[index].id));
        _move(index, Operation.UPDATE, Requester(_draw(seed, "requester", 1, 3)), seed);
        if (_books[index].state != AccountType.RETIRED) ++surprises;
    }

    /// @notice A centre goes, and another comes. What it held may be re-homed.
    function retireCentre(uint256 seed) external counted {
        uint256 which = _draw(seed, "centre", 0, CENTRES - 1);
        uint32 centre = _active[which];
        bytes32 typeHash = keccak256("CentreRetirement(bytes32 committeeId,uint32 epoch,uint32 centre)");
        bytes32 hash = keccak256(abi.encode(typeHash, _committee, 1, centre));
        _demandRefusal(address(ledger), abi.encodeCall(ledger.retireCentre, (centre, 1, _approval(hash, 1))));
        bytes memory data = abi.encodeCall(ledger.retireCentre, (centre, 1, _approval(hash, QUORUM)));
        _act(address(this), data);
        _demandRefusal(address(ledger), data);
        _isRetired[centre] = true;
        _active[which] = _active[CENTRES - 1];
        _active.pop();
        _admitCentre();
    }

    /// @notice Members say what they think of an application, one by one, and some of them twice or both ways.
    function judge(uint256 seed) external counted {
        ICertificateLedger.Application memory application = _application(seed, _newKey(), 0);
        bytes32[2] memory contents = [_newContent(), _newContent()];
        bytes32 applicationId = _applicationId(application);
        Tally memory tally;
        for (uint256 i = 0; i < 4; ++i) _say(uint256(keccak256(abi.encode(seed, i))), application, contents, tally);
        (uint256 yes, uint256 no) = ledger.resultsOf(applicationId, 1);
        if (yes != tally.yes[0] | tally.yes[1] || no != tally.no) ++surprises;
        for (uint256 i = 0; i < 2; ++i) {
            bytes memory data = abi.encodeCall(ledger.issue, (application, contents[i], 1, "", _previous(0)));
            if (!tally.approved || tally.which != i) {
                _demandRefusal(address(ledger), data);
                continue;
            }
            _act(address(this), data);
            _issueInBook(_idOf(contents[i]), contents[i], application, applicationId);
        }
    }

    /// @notice What nobody may do.
    function trespass(uint256 seed) external counted {
        Book storage book = _books[_liveBook(seed)];
        ICertificateLedger.Application memory application = _application(seed, _newKey(), 0);
        _demandRefusal(address(ledger), _issueCall(application, _newContent(), _draw(seed, "one", 0, 2)));
        application.centre = _centreCount + 1;
        _demandRefusal(address(ledger), _issueCall(application, _newContent(), QUORUM));
        ICertificateLedger.Request memory request = _request(book, Operation.REVOKE, seed);
        (bytes memory data, ) = _committeeCall(request, 1);
        _demandRefusal(address(ledger), data);
        _demandRefusal(address(ledger), abi.encodeCall(ledger.executeAsHolder, (request, book.key, address(this), "")));
        _demandRefusal(address(ledger), abi.encodeCall(ledger.executeAsCentre, (request, "")));
        _demandRefusal(address(ledger), abi.encodeCall(ledger.revoke, (book.id, book.head, 1)));
        vm.prank(book.holder);
        address owner = address(uint160(bytes20("guildhallcentre")) | _account(book.centre, book.state));
        _demandRefusal(address(ledger), abi.encodeCall(IERC721.transferFrom, (owner, book.holder, uint256(book.id))));
        // A record that is not the last one consumes nothing.
        request.previousRecord = keccak256(abi.encode(book.head));
        (data, ) = _committeeCall(request, QUORUM);
        _demandRefusal(address(ledger), data);
    }

    // ── How they are done ──

    /// @dev Asks as the requester does, by calling or by signing, and holds the answer against the books.
    function _move(uint256 index, Operation operation, Requester requester, uint256 seed) private {
        Book storage book = _books[index];
        lastBook = index;
        ICertificateLedger.Request memory request = _request(book, operation, seed);
        bytes memory data;
        bytes32 requestHash;
        address caller = address(this);
        if (requester == Requester.COMMITTEE) {
            (data, requestHash) = _committeeCall(request, QUORUM);
        } else {
            bool holds = requester == Requester.HOLDER;
            address account = holds ? book.holder : _accounts[book.centre];
            bytes memory signature;
            if (_draw(seed, "signs", 0, 1) == 0) {
                requestHash = _requestHash(request);
                signature = _sign(account, _typed(requestHash), seed);
            } else {
                caller = account;
            }
            data =
                holds
                    ? abi.encodeCall(ledger.executeAsHolder, (request, book.key, account, signature))
                    : abi.encodeCall(ledger.executeAsCentre, (request, signature));
        }
        uint32 centre = operation == Operation.REHOME ? request.centre : book.centre;
        // The holder of an older certificate of the key has nothing to say any more.
        bool heard = requester != Requester.HOLDER || _lastOf[book.key] == index + 1;
        if (!heard) {
            vm.prank(caller);
            _demandRefusal(address(ledger), data);
            return;
        }
        _tryMove(book, operation, requester, centre, request.reason, caller, data, requestHash);
    }

    function _tryMove(
        Book storage book,
        Operation operation,
        Requester requester,
        uint32 centre,
        uint8 reason,
        address caller,
        bytes memory data,
        bytes32 requestHash
    ) private {
        lastBook = _numbers[book.id] - 1;
        AccountType to = _leads(book, operation, requester, centre);
        vm.prank(caller);
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, bytes memory returned) = address(ledger).call(data);
        if (success != (to != AccountType.NONE)) ++surprises;
        if (!success) return;
        _moveInBook(book, to, centre, operation, requester, reason, requestHash);
        if (abi.decode(returned, (bytes32)) != book.head) ++surprises;
        // What was asked is done: the same does not go through again, and neither does what follows the record before.
        vm.prank(caller);
        _demandRefusal(address(ledger), data);
    }

    function _issue(ICertificateLedger.Application memory application) private returns (uint256) {
        bytes32 content = _newContent();
        bytes memory data = _issueCall(application, content, QUORUM);
        _act(address(this), data);
        if (_serial % 4 == 0) _demandRefusal(address(ledger), data);
        return _issueInBook(_idOf(content), content, application, _applicationId(application));
    }

    /// @dev One member says one thing.
    function _say(
        uint256 seed,
        ICertificateLedger.Application memory application,
        bytes32[2] memory contents,
        Tally memory tally
    ) private {
        uint256 bit = 1 << _draw(seed, "member", 0, 2);
        uint256 which = _draw(seed, "opinion", 0, 2);
        bool approves = which < 2;
        ICertificateLedger.Result memory result = ICertificateLedger.Result(
            1,
            0,
            approves ? contents[which] : bytes32(0),
            approves,
            0
        );
        bytes memory approval = _approval(_resultHash(application, result), bit);
        bytes memory data = abi.encodeCall(ledger.countResults, (application, result, approval));
        if ((approves ? tally.yes[which] : tally.no) & bit != 0) {
            _demandRefusal(address(ledger), data);
            return;
        }
        _act(address(this), data);
        if (approves) tally.yes[which] |= bit;
        else tally.no |= bit;
        if (!tally.decided) {
            tally.approved = approves && _ones(tally.yes[which] & ~tally.no) >= 2 && _ones(tally.no) < 2;
            tally.decided = tally.approved || _ones(tally.no) >= 2;
            tally.which = which;
        }
        uint256 status = tally.decided ? (tally.approved ? 1 : 2) : 0;
        if (uint8(ledger.applicationOf(_applicationId(application))) != status) ++surprises;
    }

    function _admitCentre() private {
        address account = _hire(1)[0];
        ICertificateLedger.CentreConfig memory config = ICertificateLedger.CentreConfig(account, "key", false);
        bytes32 typeHash = keccak256(
            "CentreAdmission(bytes32 committeeId,uint32 epoch,address account,bytes32 issuerKeyHash,bool issuerIsP256,bytes32 salt)"
        );
        bytes32 hash = keccak256(abi.encode(typeHash, _committee, 1, config, bytes32(0)));
        _demandRefusal(
            address(ledger),
            abi.encodeCall(ledger.admitCentre, (_committee, config, 0, 1, _approval(hash, 4)))
        );
        _act(address(this), abi.encodeCall(ledger.admitCentre, (_committee, config, 0, 1, _approval(hash, QUORUM))));
        _accounts[++_centreCount] = account;
        _active.push(_centreCount);
    }

    /// @dev A call that must go through.
    function _act(address caller, bytes memory data) private {
        vm.prank(caller);
        // solhint-disable-next-line avoid-low-level-calls
        (bool success, bytes memory returned) = address(ledger).call(data);
        if (success) return;
        assembly ("memory-safe") {
            revert(add(returned, 32), mload(returned))
        }
    }

    // ── What is drawn ──

    function _longestWait() internal pure override returns (uint256) {
        return 2 days;
    }

    function _reachClock(uint256 moment) private {
        if (_clock.time() < moment) vm.warp(moment);
    }

    function _anyBook(uint256 seed) private returns (uint256) {
        if (_books.length == 0) return _issue(_application(seed, _newKey(), 0));
        return _draw(seed, "certificate", 0, _books.length - 1);
    }

    /// @dev One that is live, of the last few.
    function _liveBook(uint256 seed) private returns (uint256) {
        for (uint256 i = 0; i < 4 && i < _books.length; ++i) {
            uint256 recent = _books.length < 8 ? _books.length : 8;
            uint256 index = _books.length - 1 - ((seed >> (8 * i)) % recent);
            if (_isLive(_books[index])) return index;
        }
        return _issue(_application(seed, _newKey(), 0));
    }

    function _application(
        uint256 seed,
        bytes32 key,
        bytes32 predecessorId
    ) private returns (ICertificateLedger.Application memory) {
        uint40 time = _clock.time();
        return
            ICertificateLedger.Application({
                committeeId: _committee,
                centre: _active[_draw(seed, "centre", 0, CENTRES - 1)],
                applicant: _pick(seed, "holder", _holders),
                subjectKeyHash: key,
                identityHash: "identity",
                possessionHash: "possession",
                predecessorId: predecessorId,
                notBefore: uint40(time - 2 days + _draw(seed, "begins", 0, 3 days)),
                notAfter: uint40(time + 2 days + _draw(seed, "ends", 0, 40 days)),
                // Each is later than the one before.
                deadline: uint40(3_000_000_000 + ++_serial)
            });
    }

    function _request(
        Book storage book,
        Operation operation,
        uint256 seed
    ) private view returns (ICertificateLedger.Request memory) {
        bytes32 successor = book.successor == 0 ? bytes32("nothing") : book.successor;
        uint256 centre = _draw(seed, "to", 1, _centreCount);
        return
            ICertificateLedger.Request({
                certificateId: book.id,
                previousRecord: book.head,
                operation: operation,
                reason: _reason(seed),
                successorId: operation == Operation.UPDATE ? successor : bytes32(0),
                centre: operation == Operation.REHOME ? uint32(centre) : 0,
                deadline: type(uint40).max
            });
    }

    function _reason(uint256 seed) private pure returns (uint8 reason) {
        reason = uint8(_draw(seed, "reason", 0, 9));
        if (reason >= 7) ++reason;
    }

    function _keyOf(uint256 number) private pure returns (bytes32) {
        return keccak256(abi.encode("key", number));
    }

    function _newKey() private returns (bytes32) {
        return _keyOf(KEYS + ++_serial);
    }

    function _newContent() private returns (bytes32) {
        return keccak256(abi.encode("content", ++_serial));
    }

    /// @dev The last certificate of a key, as who applies names it.
    function _previous(bytes32 key) private view returns (ICertificateLedger.Holding memory) {
        uint256 last = _lastOf[key];
        if (last == 0) return ICertificateLedger.Holding(0, address(0));
        return ICertificateLedger.Holding(_books[last - 1].id, _books[last - 1].holder);
    }

    // ── What is signed ──

    function _issueCall(
        ICertificateLedger.Application memory application,
        bytes32 content,
        uint256 signers
    ) private view returns (bytes memory) {
        ICertificateLedger.Result memory result = ICertificateLedger.Result(1, 0, content, true, 0);
        bytes memory approval = _approval(_resultHash(application, result), signers);
        ICertificateLedger.Holding memory previous = _previous(application.subjectKeyHash);
        return abi.encodeCall(ledger.issue, (application, content, 1, approval, previous));
    }

    function _committeeCall(
        ICertificateLedger.Request memory request,
        uint256 signers
    ) private view returns (bytes memory, bytes32 hash) {
        bytes32 typeHash = keccak256(
            "CommitteeRequest(bytes32 committeeId,uint32 epoch,bytes32 certificateId,bytes32 previousRecord,uint8 operation,uint8 reason,bytes32 successorId,uint32 centre,uint40 deadline)"
        );
        hash = keccak256(abi.encode(typeHash, _committee, 1, request));
        return (abi.encodeCall(ledger.executeAsCommittee, (request, 1, _approval(hash, signers))), hash);
    }

    function _requestHash(ICertificateLedger.Request memory request) private pure returns (bytes32) {
        bytes32 typeHash = keccak256(
            "CertificateRequest(bytes32 certificateId,bytes32 previousRecord,uint8 operation,uint8 reason,bytes32 successorId,uint32 centre,uint40 deadline)"
        );
        return keccak256(abi.encode(typeHash, request));
    }

    function _resultHash(
        ICertificateLedger.Application memory application,
        ICertificateLedger.Result memory result
    ) private view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "CertificationResult(bytes32 committeeId,uint32 epoch,bytes32 applicationId,bytes32 tbsHash,bytes32 contentHash,bool approved,uint8 reason)"
        );
        bytes memory head = abi.encode(typeHash, _committee, 1, _applicationId(application));
        return
            keccak256(
                bytes.concat(head, abi.encode(result.tbsHash, result.contentHash, result.approved, result.reason))
            );
    }

    function _applicationId(ICertificateLedger.Application memory application) private pure returns (bytes32) {
        bytes32 typeHash = keccak256(
            "Application(bytes32 committeeId,uint32 centre,address applicant,bytes32 subjectKeyHash,bytes32 identityHash,bytes32 possessionHash,bytes32 predecessorId,uint40 notBefore,uint40 notAfter,uint40 deadline)"
        );
        return keccak256(abi.encode(typeHash, application));
    }

    function _idOf(bytes32 content) private view returns (bytes32) {
        bytes32 typeHash = keccak256("Certificate(bytes32 committeeId,bytes32 contentHash)");
        return keccak256(abi.encode(typeHash, _committee, content));
    }

    /// @dev The approval of these members, a bitmap.
    function _approval(bytes32 structHash, uint256 signers) private view returns (bytes memory approval) {
        approval = abi.encodePacked(hex"01", signers, uint256(0));
        for (uint256 i = 0; i < 3; ++i) {
            if ((signers >> i) & 1 == 1) {
                approval = bytes.concat(approval, _sign(_members[i], _typed(structHash), 1));
            }
        }
    }

    function _typed(bytes32 structHash) private view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", _domain, structHash));
    }

    function _ones(uint256 bits) private pure returns (uint256 count) {
        for (; bits != 0; bits &= bits - 1) ++count;
    }
}
