// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {Permit2} from "../../contracts/mocks/Permit2.sol";
import {AuthorizationToken} from "../../contracts/mocks/tokens/AuthorizationToken.sol";
import {StandardToken} from "../../contracts/mocks/tokens/StandardToken.sol";
import {Payment, PaymentMethod, Payments} from "../../contracts/utils/Payments.sol";
import {DealReference} from "../helpers/DealReference.sol";
import {Deployed} from "../helpers/Deployed.sol";
import {Call} from "../helpers/Failures.sol";
import {DealPapers} from "./DealPapers.sol";

/// @notice The table of what is refused about payments, by each method. All of them go through {Payments-take}; a sale's
/// stands for them.
contract PaymentFailuresTest is DealPapers {
    address private constant PERMIT2 = 0x000000000022D473030F116dDEE9F6B43aC78BA3;
    uint256 private constant DEADLINE = NOW + 1 hours;

    StandardToken private _standard = StandardToken(_token);
    AuthorizationToken private _authorizing = AuthorizationToken(
        Deployed.create("AuthorizationToken.sol:AuthorizationToken", "")
    );

    function test_allowance() public {
        IReferralDeals.Sale memory sale = _newSale(_token);
        Call memory honest = _paySale(sale);

        sale.token = ANYBODY;
        _row(
            "a token without code",
            honest,
            _paySale(sale),
            abi.encodeWithSelector(Payments.PaymentTokenWithoutCode.selector, ANYBODY)
        );
        _rowAfter("the customer allows less", honest, _approve(AMOUNT - 1), _notAllowed(AMOUNT - 1));
        _rowAfter(
            "the customer has less",
            honest,
            _spend(9 * AMOUNT + 1),
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, _customer, AMOUNT - 1, AMOUNT)
        );
    }

    function test_permit() public {
        IReferralDeals.Sale memory sale = _newSale(_token);
        Payment memory payment = Payment(PaymentMethod.PERMIT, DEADLINE, _permit(CUSTOMER_KEY, AMOUNT));
        Call memory honest = _paySaleBy(sale, payment);
        _do(_approve(0));

        payment.signature = _permit(MERCHANT_KEY, AMOUNT);
        _row("another's permit", honest, _paySaleBy(sale, payment), _notAllowed(0));
        payment.signature = _permit(CUSTOMER_KEY, AMOUNT - 1);
        _row("a permit for less", honest, _paySaleBy(sale, payment), _notAllowed(0));
        payment.signature = "";
        _row("no permit", honest, _paySaleBy(sale, payment), _notAllowed(0));
        _row("a permit that expired", honest, _at(honest, DEADLINE + 1), _notAllowed(0));
    }

    /// @dev Somebody submits the permit beforehand: the payment goes through all the same, once.
    function test_permit_usedBefore() public {
        IReferralDeals.Sale memory sale = _newSale(_token);
        Call memory honest = _paySaleBy(sale, Payment(PaymentMethod.PERMIT, DEADLINE, _permit(CUSTOMER_KEY, AMOUNT)));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(CUSTOMER_KEY, _permitDigest(AMOUNT));
        _standard.permit(_customer, address(_deals), AMOUNT, DEADLINE, v, r, s);
        _rowAfter("the customer took it back", honest, _approve(0), _notAllowed(0));
    }

    function test_authorization() public {
        IReferralDeals.Sale memory sale = _newSale(address(_authorizing));
        bytes32 id = DealReference.saleId(sale);
        _authorizing.mint(_customer, AMOUNT);
        Payment memory payment = Payment(PaymentMethod.AUTHORIZATION, DEADLINE, _authorization(CUSTOMER_KEY, id));
        Call memory honest = _paySaleBy(sale, payment);

        _row(
            "at the deadline",
            honest,
            _at(honest, DEADLINE),
            abi.encodeWithSelector(AuthorizationToken.AuthorizationTokenNotValidNow.selector, 0, DEADLINE, DEADLINE)
        );
        payment.signature = _authorization(MERCHANT_KEY, id);
        _row(
            "another's authorization",
            honest,
            _paySaleBy(sale, payment),
            abi.encodeWithSelector(AuthorizationToken.AuthorizationTokenWrongSigner.selector, _customer, _merchant)
        );
        payment.signature = "";
        _row(
            "no authorization",
            honest,
            _paySaleBy(sale, payment),
            abi.encodeWithSelector(AuthorizationToken.AuthorizationTokenWrongSigner.selector, _customer, address(0))
        );
    }

    function test_permit2() public {
        IReferralDeals.Sale memory sale = _newSale(_token);
        Payment memory payment = _allowance();
        Call memory honest = _paySaleBy(sale, payment);
        payment.method = PaymentMethod.PERMIT2;
        _row(
            "the chain has no Permit2",
            honest,
            _paySaleBy(sale, payment),
            abi.encodeWithSelector(Payments.PaymentPermit2Missing.selector, PERMIT2)
        );

        vm.etch(PERMIT2, Deployed.create("Permit2.sol:Permit2", "").code);
        vm.prank(_customer);
        _standard.approve(PERMIT2, AMOUNT);
        payment.deadline = DEADLINE;
        payment.signature = _permit2(CUSTOMER_KEY, DealReference.saleId(sale));
        honest = _paySaleBy(sale, payment);
        _row(
            "after the deadline",
            honest,
            _at(honest, DEADLINE + 1),
            abi.encodeWithSelector(Permit2.SignatureExpired.selector, DEADLINE)
        );
        payment.signature = _permit2(CUSTOMER_KEY, "another sale");
        _row(
            "the customer signed for another sale",
            honest,
            _paySaleBy(sale, payment),
            abi.encodeWithSelector(Permit2.InvalidSigner.selector)
        );
    }

    // ── Steps and signatures ──

    function _approve(uint256 amount) private view returns (Call memory) {
        bytes memory data = abi.encodeCall(IERC20.approve, (address(_deals), amount));
        return Call(_token, _customer, NOW, ALL_GAS, data, false);
    }

    function _spend(uint256 amount) private view returns (Call memory) {
        return Call(_token, _customer, NOW, ALL_GAS, abi.encodeCall(IERC20.transfer, (ANYBODY, amount)), false);
    }

    function _notAllowed(uint256 allowance) private view returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector,
                address(_deals),
                allowance,
                AMOUNT
            );
    }

    function _permitDigest(uint256 amount) private view returns (bytes32) {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                _customer,
                address(_deals),
                amount,
                0,
                DEADLINE
            )
        );
        return DealReference.typed(_standard.DOMAIN_SEPARATOR(), structHash);
    }

    function _permit(uint256 key, uint256 amount) private view returns (bytes memory) {
        return _signedBy(key, _permitDigest(amount));
    }

    function _authorization(uint256 key, bytes32 nonce) private view returns (bytes memory) {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
                ),
                _customer,
                address(_deals),
                AMOUNT,
                0,
                DEADLINE,
                nonce
            )
        );
        bytes32 separator = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Authorization Token"),
                keccak256("1"),
                block.chainid,
                address(_authorizing)
            )
        );
        return _signedBy(key, DealReference.typed(separator, structHash));
    }

    function _permit2(uint256 key, bytes32 nonce) private view returns (bytes memory) {
        bytes32 permissions = keccak256(
            abi.encode(keccak256("TokenPermissions(address token,uint256 amount)"), _token, AMOUNT)
        );
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "PermitTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline)TokenPermissions(address token,uint256 amount)"
                ),
                permissions,
                address(_deals),
                nonce,
                DEADLINE
            )
        );
        return _signedBy(key, DealReference.typed(Permit2(PERMIT2).DOMAIN_SEPARATOR(), structHash));
    }

    function _signedBy(uint256 key, bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }
}
