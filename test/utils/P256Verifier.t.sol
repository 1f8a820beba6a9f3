// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IP256Verifier} from "../../contracts/utils/IP256Verifier.sol";
import {Deployed} from "../helpers/Deployed.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice The signature of RFC 6979, A.2.5: P-256, SHA-256, message "sample". Its s is in the upper half of the order.
contract P256VerifierTest is TestBase {
    uint256 private constant _ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551;
    bytes32 private constant _X = 0x60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6;
    bytes32 private constant _Y = 0x7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299;
    bytes32 private constant _R = 0xefd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716;
    bytes32 private constant _HIGH_S = 0xf7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8;
    bytes32 private constant _HASH = sha256("sample");

    IP256Verifier private _verifier;

    function setUp() public {
        _verifier = IP256Verifier(Deployed.create(Deployed.P256_VERIFIER, ""));
    }

    function test_takesThePublishedSignatureWithItsLowS() public view {
        vm.assertTrue(_verifier.verify(_HASH, _R, _lowS(), _X, _Y), "low s");
        vm.assertFalse(_verifier.verify(_HASH, _R, _HIGH_S, _X, _Y), "high s");
    }

    function testFuzz_takesNoOther(bytes32 hash, bytes32 r, bytes32 s, bytes32 x, bytes32 y) public view {
        vm.assertFalse(_verifier.verify(hash, r, s, x, y), "noise");
        vm.assertFalse(_verifier.verify(hash, _R, _lowS(), _X, _Y) && hash != _HASH, "hash");
        vm.assertFalse(_verifier.verify(_HASH, r, _lowS(), _X, _Y) && r != _R, "r");
        vm.assertFalse(_verifier.verify(_HASH, _R, s, _X, _Y) && s != _lowS(), "s");
        vm.assertFalse(_verifier.verify(_HASH, _R, _lowS(), x, _Y) && x != _X, "x");
        vm.assertFalse(_verifier.verify(_HASH, _R, _lowS(), _X, y) && y != _Y, "y");
    }

    function _lowS() private pure returns (bytes32) {
        return bytes32(_ORDER - uint256(_HIGH_S));
    }
}
