// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A wallet that answers every call with the bytes it was made with, whatever they are
contract RawAnswerWallet {
    bytes private _answer;

    constructor(bytes memory answer) {
        _answer = answer;
    }

    fallback(bytes calldata) external returns (bytes memory) {
        return _answer;
    }
}
