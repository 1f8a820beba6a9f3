// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BlockingToken} from "../../contracts/mocks/tokens/BlockingToken.sol";
import {FalseToken} from "../../contracts/mocks/tokens/FalseToken.sol";
import {HookToken} from "../../contracts/mocks/tokens/HookToken.sol";
import {NoReturnToken} from "../../contracts/mocks/tokens/NoReturnToken.sol";
import {ReenteringToken} from "../../contracts/mocks/tokens/ReenteringToken.sol";
import {RevertingToken} from "../../contracts/mocks/tokens/RevertingToken.sol";
import {StandardToken} from "../../contracts/mocks/tokens/StandardToken.sol";
import {Actors} from "./Actors.sol";

interface IMintable {
    function mint(address account, uint256 amount) external;

    function balanceOf(address account) external view returns (uint256);

    function approve(address spender, uint256 amount) external;
}

/// @title Actors on a contract that holds money, and its books for each token
/// @notice The books are kept from the actions alone and never read from the contract. `owed` is what the contract must hold
/// for others; a flow is a part of it under a name, as "escrow", with what came in and what went out.
/// @dev The tokens keep their balances whatever happens, so held = owed is promised for each; some of them refuse transfers or
/// call back when they are told to. Those that change balances or lie are `HostileTokens`.
abstract contract Books is Actors {
    struct Flow {
        uint256 received;
        uint256 sent;
    }

    /// @notice The contract whose books these are.
    address public immutable holder;
    address[] private _tokens;
    RevertingToken internal immutable _reverting = new RevertingToken();
    BlockingToken internal immutable _blocking = new BlockingToken();
    FalseToken internal immutable _false = new FalseToken();
    ReenteringToken internal immutable _reentering = new ReenteringToken();

    mapping(address token => uint256 amount) public owed;
    mapping(address token => uint256 amount) public donated;
    mapping(bytes32 name => mapping(address token => Flow flow)) private _flows;

    /// @notice Transfers of another amount, or to another account, than the books say.
    uint256 public wrongTransfers;

    constructor(address holder_) {
        holder = holder_;
        _tokens = [
            address(new StandardToken()),
            address(new StandardToken()),
            address(new NoReturnToken()),
            address(new HookToken()),
            address(_reverting),
            address(_blocking),
            address(_false),
            address(_reentering)
        ];
    }

    /// @notice Gives the contract what nobody owes it.
    function donate(uint256 seed, uint128 amount) external counted {
        address token = _token(seed);
        _fund(token, holder, amount);
        donated[token] += amount;
    }

    function tokenCount() external view returns (uint256) {
        return _tokens.length;
    }

    function tokenAt(uint256 index) external view returns (address) {
        return _tokens[index];
    }

    function flowOf(bytes32 name, address token) external view returns (Flow memory) {
        return _flows[name][token];
    }

    /// @notice Lets the contract take whatever these people have of any token.
    function _approveAll(address[] memory people) internal {
        for (uint256 i = 0; i < people.length; ++i) {
            for (uint256 j = 0; j < _tokens.length; ++j) _approve(_tokens[j], people[i]);
        }
    }

    function _approve(address token, address account) internal {
        vm.prank(account);
        IMintable(token).approve(holder, type(uint256).max);
    }

    function _fund(address token, address account, uint256 amount) internal {
        IMintable(token).mint(account, amount);
    }

    function _balanceOf(address token, address account) internal view returns (uint256) {
        return IMintable(token).balanceOf(account);
    }

    /// @notice Notes that the contract took money, and owes it.
    function _received(address token, uint256 amount, bytes32 flow) internal {
        owed[token] += amount;
        _flows[flow][token].received += amount;
    }

    /// @notice Notes that the contract paid what it owed.
    function _sent(address token, uint256 amount, bytes32 flow) internal {
        owed[token] -= amount;
        _flows[flow][token].sent += amount;
    }

    /// @notice Demands that an account has exactly so much more than before.
    function _demandGain(address token, address account, uint256 before, uint256 amount) internal {
        if (_balanceOf(token, account) != before + amount) ++wrongTransfers;
    }

    function _token(uint256 seed) internal view returns (address) {
        return _tokens[_draw(seed, "token", 0, _tokens.length - 1)];
    }

    /// @notice One of the tokens that can refuse to move: it reverts, blocks the contract, or returns false.
    function _refusingToken(uint256 seed) internal view returns (address) {
        address[3] memory tokens = [address(_reverting), address(_blocking), address(_false)];
        return tokens[_draw(seed, "refusing", 0, 2)];
    }

    /// @notice From now on, or no longer, a refusing token moves nothing to or from the contract.
    function _setRefusing(address token, bool refusing) internal {
        if (token == address(_reverting)) {
            _reverting.setPaused(refusing);
        } else if (token == address(_blocking)) {
            _blocking.setSenderBlocked(holder, refusing);
            _blocking.setReceiverBlocked(holder, refusing);
        } else {
            _false.setFailing(refusing);
        }
    }
}
