// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FeeToken} from "../../contracts/mocks/tokens/FeeToken.sol";
import {LyingToken} from "../../contracts/mocks/tokens/LyingToken.sol";
import {RebasingToken} from "../../contracts/mocks/tokens/RebasingToken.sol";
import {SenderFeeToken} from "../../contracts/mocks/tokens/SenderFeeToken.sol";
import {Books} from "./Books.sol";

/// @title Tokens that take fees, change balances by themselves or lie
/// @notice No books are kept of them: they may harm their own holders, and must harm no other token's.
abstract contract HostileTokens is Books {
    FeeToken private immutable _fee = new FeeToken();
    RebasingToken private immutable _rebasing = new RebasingToken();
    LyingToken private immutable _lying = new LyingToken();
    SenderFeeToken private immutable _senderFee = new SenderFeeToken();

    /// @notice A token of which less comes in than is asked for, once {_shorten} was called.
    function _shortToken(uint256 seed) internal view returns (address) {
        address[3] memory tokens = [address(_fee), address(_lying), address(_rebasing)];
        return tokens[_draw(seed, "short", 0, 2)];
    }

    /// @notice The next transfer brings in less than it says. Money for it is minted before, which is a transfer too.
    function _shorten(uint256 seed) internal {
        _lying.setPercent(_draw(seed, "percent", 0, 99));
        _rebasing.setIndexAfterTransfer(_draw(seed, "index", 1e15, 99e16));
    }

    /// @notice A token that comes in as it should and misbehaves afterwards, once {_spoil} was called.
    function _treacherousToken(uint256 seed) internal returns (address) {
        uint256 kind = _draw(seed, "treacherous", 0, 2);
        if (kind == 0) return address(_senderFee);
        if (kind == 1) {
            _lying.setPercent(100);
            return address(_lying);
        }
        _straighten();
        return address(_rebasing);
    }

    /// @notice Balances of the rebasing token change, the lying one claims other amounts.
    function _spoil(uint256 seed) internal {
        _rebasing.setIndex(_draw(seed, "spoilt", 1e15, 3e18));
        _lying.setPercent(_draw(seed, "percent", 0, 300));
    }

    /// @notice The rebasing token is worth what it was.
    function _straighten() internal {
        _rebasing.setIndexAfterTransfer(0);
        _rebasing.setIndex(1e18);
    }
}
