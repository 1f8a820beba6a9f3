// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

import {OwnerWallet} from "../../contracts/mocks/wallets/OwnerWallet.sol";
import {OwnerWalletFactory} from "../../contracts/mocks/wallets/OwnerWalletFactory.sol";
import {FickleWallet} from "../../contracts/mocks/wallets/FickleWallet.sol";
import {GasBombWallet} from "../../contracts/mocks/wallets/GasBombWallet.sol";
import {RawAnswerWallet} from "../../contracts/mocks/wallets/RawAnswerWallet.sol";
import {RevertingWallet} from "../../contracts/mocks/wallets/RevertingWallet.sol";
import {SignatureProbe} from "../../contracts/utils/SignatureProbe.sol";
import {TestBase} from "../helpers/Vm.sol";

/// @notice Each answer of the probe, which is the code that its creation leaves.
contract SignatureProbeTest is TestBase {
    uint256 private constant OWNER_KEY = 0xB0B;
    uint256 private constant OTHER_KEY = 0xA11CE;
    bytes32 private constant DIGEST = keccak256("what is signed");
    bytes32 private constant SALT = "wallet";

    OwnerWalletFactory private _factory = new OwnerWalletFactory();
    address private immutable _owner = vm.addr(OWNER_KEY);

    function test_anAccountWithoutCodeIsNoWallet() public {
        _answers(3, _owner, OWNER_KEY, address(0), "");
        // A factory that makes another wallet, or fails, makes no difference.
        _answers(3, _owner, OWNER_KEY, address(_factory), _deployment(_owner));
        _answers(3, _owner, OWNER_KEY, address(_factory), hex"00");
    }

    function test_aWalletThatStandsAcceptsOrRefuses() public {
        address wallet = address(new OwnerWallet(_owner));
        _answers(1, wallet, OWNER_KEY, address(0), "");
        _answers(0, wallet, OTHER_KEY, address(0), "");
        // The factory is called in vain.
        _answers(0, wallet, OTHER_KEY, address(_factory), _deployment(_owner));
    }

    function test_aWalletToBeMadeAcceptsOrRefuses() public {
        address wallet = _factory.addressOf(_owner, SALT);
        uint256 state = vm.snapshotState();
        _answers(0, wallet, OTHER_KEY, address(_factory), _deployment(_owner));
        vm.revertToState(state);
        _answers(2, wallet, OWNER_KEY, address(_factory), _deployment(_owner));
        // Now it is made.
        _answers(1, wallet, OWNER_KEY, address(_factory), _deployment(_owner));
    }

    function test_aWalletToBePreparedAccepts() public {
        FickleWallet wallet = new FickleWallet();
        wallet.setAccepts(false);
        bytes memory preparation = abi.encodeCall(FickleWallet.setAccepts, (true));
        _answers(0, address(wallet), OTHER_KEY, address(0), "");
        _answers(2, address(wallet), OTHER_KEY, address(wallet), preparation);
    }

    function test_onlyTheExactAnswerCounts() public {
        bytes4 magic = IERC1271.isValidSignature.selector;
        _answers(1, address(new RawAnswerWallet(abi.encode(magic))), OWNER_KEY, address(0), "");
        _answers(0, address(new RawAnswerWallet(abi.encodePacked(magic))), OWNER_KEY, address(0), "");
        _answers(0, address(new RawAnswerWallet(abi.encode(uint256(uint32(magic))))), OWNER_KEY, address(0), "");
        _answers(0, address(new RawAnswerWallet("")), OWNER_KEY, address(0), "");
        _answers(0, address(new RevertingWallet()), OWNER_KEY, address(0), "");
    }

    function test_aWalletThatBurnsAllGasIsAnsweredForAllTheSame() public {
        address wallet = address(new GasBombWallet());
        bytes memory answer = this.probe{gas: 5_000_000}(wallet, "");
        vm.assertEq(answer, hex"00", "answer");
    }

    function probe(address wallet, bytes memory signature) external returns (bytes memory) {
        return address(new SignatureProbe(wallet, DIGEST, signature, address(0), "")).code;
    }

    function _answers(uint8 expected, address wallet, uint256 key, address factory, bytes memory data) private {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, DIGEST);
        SignatureProbe answer = new SignatureProbe(wallet, DIGEST, abi.encodePacked(r, s, v), factory, data);
        vm.assertEq(address(answer).code, abi.encodePacked(expected), "answer");
    }

    function _deployment(address owner) private pure returns (bytes memory) {
        return abi.encodeCall(OwnerWalletFactory.deploy, (owner, SALT));
    }
}
