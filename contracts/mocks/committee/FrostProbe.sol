// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Frost} from "../../committee/Frost.sol";
import {FrostReference} from "./FrostReference.sol";

/// @title Shows the FROST library and its reference to tests
contract FrostProbe {
    struct Signature {
        uint256 keyX;
        bool keyOdd;
        bytes32 message;
        uint256 rx;
        uint256 ry;
        uint256 z;
    }

    /// @notice The library's answer for each.
    function verify(Signature[] calldata signatures) external view returns (bool[] memory valid) {
        valid = new bool[](signatures.length);
        for (uint256 i = 0; i < signatures.length; ++i) {
            Signature calldata s = signatures[i];
            valid[i] = Frost.verify(s.keyX, s.keyOdd, s.message, s.rx, s.ry, s.z);
        }
    }

    /// @notice The gas of the library alone: what the call costs, less what it costs to load its arguments.
    function gasOfVerify(Signature calldata s) external view returns (bool valid, uint256 gasUsed) {
        uint256 start = gasleft();
        uint256 sum = s.keyX ^ (s.keyOdd ? 1 : 0) ^ uint256(s.message) ^ s.rx ^ s.ry ^ s.z;
        uint256 middle = gasleft();
        valid = Frost.verify(s.keyX, s.keyOdd, s.message, s.rx, s.ry, s.z);
        uint256 end = gasleft();
        gasUsed = (middle - end) - (start - middle);
        assert(sum != 0); // keeps the loads of the first part
    }

    /// @notice The reference's answer, for a message of any length, with key and R as the RFC encodes them.
    function verifyReference(
        bytes calldata key,
        bytes calldata message,
        bytes calldata r,
        uint256 z
    ) external pure returns (bool) {
        return FrostReference.verify(FrostReference.decompress(key), message, FrostReference.decompress(r), z);
    }

    function isOnCurve(uint256 x, uint256 y) external pure returns (bool) {
        return Frost.isOnCurve(x, y);
    }

    function isGroupKey(uint256 x, uint256 y) external pure returns (bool) {
        return Frost.isGroupKey(x, y);
    }
}
