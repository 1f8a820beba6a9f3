// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReferralDeals} from "../../contracts/deals/IReferralDeals.sol";
import {ReferralDeals} from "../../contracts/deals/ReferralDeals.sol";
import {NoReturnToken} from "../../contracts/mocks/tokens/NoReturnToken.sol";
import {StandardToken} from "../../contracts/mocks/tokens/StandardToken.sol";
import {Payment, PaymentMethod} from "../../contracts/utils/Payments.sol";
import {DealReference} from "../helpers/DealReference.sol";
import {TestBase} from "../helpers/Vm.sol";

interface IMintable {
    function mint(address account, uint256 amount) external;

    function balanceOf(address account) external view returns (uint256);

    function approve(address spender, uint256 amount) external;
}

/// @title Actors who do everything that there is to do with referral deals, and books of what should come of it
/// @notice Each action does what it says: where nothing fits, it first makes what it needs. So no call is empty, and none
/// may revert. The books are kept from the actions alone and never read from the contract.
abstract contract DealsActors is TestBase {
    /// @notice One use of an offer by one buyer.
    struct Use {
        uint256 offer; // its index
        address buyer;
        bytes32 referralId;
        IReferralDeals.ReferredSale deal;
        bytes32 dealId;
        // What should be.
        IReferralDeals.DealState state;
        bool promised;
        IReferralDeals.Funding funding;
        bool recorded;
        uint256 payouts;
        uint256 settledAt;
        uint256 defaultedAt;
        uint256 signers; // of the deal, when it settled
    }

    struct OfferBook {
        IReferralDeals.Offer offer;
        bytes32 id;
        uint256 uses;
        uint256 bonded;
        bool opened;
        bool cancelled;
    }

    struct SaleBook {
        IReferralDeals.Sale sale;
        bytes32 id;
        IReferralDeals.SaleState state;
    }

    uint256 private constant FIRST_KEY = 0xA11CE;
    uint256 private constant MERCHANTS = 2;
    uint256 private constant CUSTOMERS = 2;
    uint256 private constant BUYERS = 4;

    ReferralDeals public immutable deals;
    bytes32 private immutable _domain;
    IMintable[3] public tokens;

    SaleBook[] private _sales;
    OfferBook[] private _offers;
    Use[] private _uses;
    mapping(address account => uint256 key) private _keys;
    mapping(address merchant => uint32 counter) private _counters;
    uint256 private _salt;

    // Ghost books, for each token.
    mapping(address token => uint256 amount) public owed;
    mapping(address token => uint256 amount) public donated;
    mapping(address token => uint256 amount) public escrowIn;
    mapping(address token => uint256 amount) public escrowOut;
    mapping(address token => uint256 amount) public rebatesIn;
    mapping(address token => uint256 amount) public rebatesOut;

    /// @notice How often each action was done.
    mapping(bytes4 action => uint256 count) public calls;
    /// @notice What should have reverted and did not.
    uint256 public trespasses;
    /// @notice Deals with evidence whose buyer did not pay the policy's price, below the sale's.
    uint256 public wrongPrices;
    /// @notice Transfers of another amount than the books say.
    uint256 public wrongTransfers;

    modifier counted() {
        _;
        ++calls[msg.sig];
    }

    constructor(ReferralDeals deals_) {
        deals = deals_;
        _domain = DealReference.domain(address(deals_));
        tokens = [
            IMintable(address(new StandardToken())),
            IMintable(address(new StandardToken())),
            IMintable(address(new NoReturnToken()))
        ];
        for (uint256 i = 0; i < MERCHANTS + CUSTOMERS + BUYERS; ++i) {
            address account = vm.addr(FIRST_KEY + i);
            _keys[account] = FIRST_KEY + i;
            for (uint256 j = 0; j < 3; ++j) {
                vm.prank(account);
                tokens[j].approve(address(deals_), type(uint256).max);
            }
        }
    }

    // ── Sales ──

    function recordSale(uint256 seed) external counted {
        _recordSale(_newSale(seed, 0));
    }

    function paySale(uint256 seed) external counted {
        _paySale(_newSale(seed, _draw(seed, "refundable", 0, 20 days)));
    }

    function refundSale(uint256 seed) external counted {
        (bool found, uint256 index) = _escrowed(seed, true);
        if (!found) index = _paySale(_newSale(seed, 1 days));
        SaleBook storage book = _sales[index];
        IReferralDeals.Sale memory sale = book.sale;

        vm.prank(sale.merchant);
        deals.refundSale(sale);
        book.state = IReferralDeals.SaleState.REFUNDED;
        _out(sale.token, sale.amount, escrowOut);
    }

    function releaseSale(uint256 seed) external counted {
        (bool found, uint256 index) = _escrowed(seed, false);
        if (!found) index = _paySale(_newSale(seed, 1));
        SaleBook storage book = _sales[index];
        IReferralDeals.Sale memory sale = book.sale;

        _reach(sale.refundableUntil);
        deals.releaseSale(sale);
        book.state = IReferralDeals.SaleState.RECORDED;
        _out(sale.token, sale.amount, escrowOut);
    }

    function recordReferredSale(uint256 seed) external counted {
        uint256 index = _find(seed, _isUnrecorded);
        if (index == _uses.length) index = _settle(seed, _newOffer(seed, false, false));
        deals.recordReferredSale(_uses[index].deal);
        _uses[index].recorded = true;
    }

    // ── Offers ──

    function openOffer(uint256 seed) external counted {
        _openOffer(_newOffer(seed, true, _draw(seed, "rule", 0, 1) == 1));
    }

    function cancelOffer(uint256 seed) external counted {
        uint256 index = _runningOffer(seed);
        IReferralDeals.Offer memory offer = _offers[index].offer;
        vm.prank(offer.merchant);
        deals.cancelOffer(offer);
        _offers[index].cancelled = true;
    }

    function increaseCounter(uint256 seed) external counted {
        address merchant = _merchant(seed);
        vm.prank(merchant);
        deals.increaseCounter();
        ++_counters[merchant];
    }

    function reclaimBond(uint256 seed) external counted {
        uint256 count = _offers.length;
        uint256 index = count;
        for (uint256 i = 0; i < count; ++i) {
            uint256 candidate = addmod(seed, i, count);
            if (_offers[candidate].bonded > 0) {
                index = candidate;
                break;
            }
        }
        if (index == count) {
            index = _newOffer(seed, true, false);
            _openOffer(index);
        }
        OfferBook storage book = _offers[index];
        IReferralDeals.Offer memory offer = book.offer;
        if (_draw(seed, "cancel", 0, 1) == 0 && !book.cancelled) {
            vm.prank(offer.merchant);
            deals.cancelOffer(offer);
            book.cancelled = true;
        } else if (!book.cancelled && offer.counter == _counters[offer.merchant]) {
            _reach(offer.rebateMoment);
        }

        uint256 amount = deals.reclaimBond(offer);
        if (amount != book.bonded * offer.rebate) ++wrongTransfers;
        _out(offer.token, book.bonded * offer.rebate, rebatesOut);
        book.bonded = 0;
    }

    // ── Deals ──

    function settle(uint256 seed) external counted {
        _settle(seed, _newOffer(seed, false, false));
    }

    function settleWithEvidence(uint256 seed) external counted {
        _settleWithEvidence(seed, _usableOffer(seed));
    }

    function lodge(uint256 seed) external counted {
        _lodge(seed, _usableOffer(seed));
    }

    function countersign(uint256 seed) external counted {
        uint256 index = _find(seed, _isLodgedInTime);
        if (index == _uses.length) index = _lodge(seed, _usableOffer(seed));
        Use storage use = _uses[index];
        IReferralDeals.ReferredSale memory deal = use.deal;
        (, , bytes32 digest) = DealReference.dealDigests(_domain, deal);
        bytes memory signature = _sign(deal.merchant, digest, seed);

        uint256 before = tokens[0].balanceOf(deal.merchant);
        if (deal.token != address(tokens[0])) before = IMintable(deal.token).balanceOf(deal.merchant);
        deals.countersign(deal, signature);
        _out(deal.token, deal.amount, escrowOut);
        _settled(use);
        uint256 paid = IMintable(deal.token).balanceOf(deal.merchant) - before;
        if (paid != deal.amount - (use.funding == IReferralDeals.Funding.HELD ? deal.rebate : 0)) ++wrongTransfers;
    }

    function refundLodged(uint256 seed) external counted {
        uint256 index = _find(seed, _isLodged);
        if (index == _uses.length) index = _lodge(seed, _usableOffer(seed));
        Use storage use = _uses[index];
        IReferralDeals.ReferredSale memory deal = use.deal;
        _reach(deal.rebateMoment);

        uint256 before = IMintable(deal.token).balanceOf(deal.buyer);
        deals.refundLodged(deal);
        if (IMintable(deal.token).balanceOf(deal.buyer) - before != deal.amount) ++wrongTransfers;
        use.state = IReferralDeals.DealState.DEFAULTED;
        use.defaultedAt = block.timestamp;
        _out(deal.token, deal.amount, escrowOut);
    }

    // ── Rebates ──

    function lodgePromise(uint256 seed) external counted {
        uint256 index = _find(seed, _isUnpromised);
        if (index == _uses.length) index = _settle(seed, _newOffer(seed, false, false));
        Use storage use = _uses[index];
        IReferralDeals.RebatePromise memory rebatePromise = _promiseOf(_offers[use.offer]);
        (bytes memory merchant, bytes memory buyer, bytes memory customer) = _signPromise(rebatePromise, use.buyer);
        deals.lodgePromise(rebatePromise, use.buyer, merchant, buyer, customer);
        use.promised = true;
    }

    function lodgePromotion(uint256 seed) external counted {
        uint256 offerIndex = _newOffer(seed, true, true);
        _openOffer(offerIndex);
        OfferBook storage book = _offers[offerIndex];
        uint256 index = _newUse(seed, offerIndex);
        Use storage use = _uses[index];
        (bytes memory merchant, bytes memory buyer, bytes memory customer) = _signPromise(_promiseOf(book), use.buyer);
        IReferralDeals.Offer memory offer = book.offer;
        deals.lodgePromotion(offer, use.buyer, merchant, buyer, customer);
        use.promised = true;
        use.funding = IReferralDeals.Funding.BOND;
        ++book.uses;
        --book.bonded;
    }

    function payRebate(uint256 seed) external counted {
        uint256 index = _find(seed, _isHeld);
        if (index == _uses.length) index = _settle(seed, _newOffer(seed, false, false));
        _payRebate(_uses[index]);
    }

    function payBondedRebate(uint256 seed) external counted {
        uint256 index = _find(seed, _isBonded);
        if (index == _uses.length) {
            uint256 offerIndex = _newOffer(seed, true, false);
            _openOffer(offerIndex);
            index = _settleWithEvidence(seed, offerIndex);
        }
        _payBondedRebate(_uses[index]);
    }

    // ── The world around ──

    function donate(uint256 seed, uint128 amount) external counted {
        IMintable token = tokens[seed % 3];
        token.mint(address(deals), amount);
        donated[address(token)] += amount;
    }

    function wait_(uint256 seed) external counted {
        _reach(block.timestamp + _draw(seed, "wait", 1, 3 days));
    }

    /// @notice Tries what must not go through. A use that exists is asked for what its state does not allow; a new deal lacks
    /// one of its three signatures, or comes at its rebate moment.
    function trespass(uint256 seed) external counted {
        if (_uses.length > 0) _trespassOn(_uses[seed % _uses.length], _draw(seed, "what", 0, 6));

        uint256 offerIndex = _newOffer(seed, false, false);
        IReferralDeals.ReferredSale memory deal = _newDeal(seed, offerIndex, _buyer(seed));
        _fund(deal.token, deal.buyer, deal.amount);
        (bytes memory customer, bytes memory buyer, bytes memory merchant) = _signDeal(deal, seed);
        uint256 missing = _draw(seed, "missing", 0, 3);
        if (missing == 0) customer = merchant;
        else if (missing == 1) buyer = customer;
        else if (missing == 2) merchant = seed % 2 == 0 ? buyer : bytes("");
        else _reach(deal.rebateMoment);
        try deals.settle(deal, customer, buyer, merchant, _payment()) {
            ++trespasses;
        } catch {}
    }

    // ── What a claimant does in the end ──

    /// @notice Pays every claim there is, whatever came before. Nothing may stand in the way of any.
    function settleAccounts() external {
        _reach(type(uint40).max);
        for (uint256 i = 0; i < _sales.length; ++i) {
            if (_sales[i].state != IReferralDeals.SaleState.ESCROWED) continue;
            deals.releaseSale(_sales[i].sale);
            _sales[i].state = IReferralDeals.SaleState.RECORDED;
            _out(_sales[i].sale.token, _sales[i].sale.amount, escrowOut);
        }
        for (uint256 i = 0; i < _uses.length; ++i) {
            Use storage use = _uses[i];
            if (use.state == IReferralDeals.DealState.LODGED) {
                deals.refundLodged(use.deal);
                use.state = IReferralDeals.DealState.DEFAULTED;
                _out(use.deal.token, use.deal.amount, escrowOut);
            }
            if (_isHeld(use)) _payRebate(use);
            if (_isBonded(use)) _payBondedRebate(use);
        }
        for (uint256 i = 0; i < _offers.length; ++i) {
            OfferBook storage book = _offers[i];
            if (book.bonded == 0) continue;
            deals.reclaimBond(book.offer);
            _out(book.offer.token, book.bonded * book.offer.rebate, rebatesOut);
            book.bonded = 0;
        }
    }

    // ── Views for the invariants ──

    function saleCount() external view returns (uint256) {
        return _sales.length;
    }

    function offerCount() external view returns (uint256) {
        return _offers.length;
    }

    function useCount() external view returns (uint256) {
        return _uses.length;
    }

    function saleAt(uint256 index) external view returns (SaleBook memory) {
        return _sales[index];
    }

    function offerAt(uint256 index) external view returns (OfferBook memory) {
        return _offers[index];
    }

    function useAt(uint256 index) external view returns (Use memory) {
        return _uses[index];
    }

    // ── Actions inside ──

    function _recordSale(IReferralDeals.Sale memory sale) private returns (bytes32 id) {
        (bytes32 merchant, bytes32 customer) = DealReference.saleDigests(_domain, sale, true);
        id = deals.recordSale(sale, _sign(sale.merchant, merchant, 0), _sign(sale.customer, customer, 1));
        _sales.push(SaleBook({sale: sale, id: id, state: IReferralDeals.SaleState.RECORDED}));
    }

    function _paySale(IReferralDeals.Sale memory sale) private returns (uint256 index) {
        (bytes32 merchant, bytes32 customer) = DealReference.saleDigests(_domain, sale, false);
        _fund(sale.token, sale.customer, sale.amount);
        bytes32 id = deals.paySale(
            sale,
            _sign(sale.merchant, merchant, 0),
            _sign(sale.customer, customer, 1),
            _payment()
        );
        bool escrowed = block.timestamp < sale.refundableUntil;
        index = _sales.length;
        _sales.push(
            SaleBook({
                sale: sale,
                id: id,
                state: escrowed ? IReferralDeals.SaleState.ESCROWED : IReferralDeals.SaleState.RECORDED
            })
        );
        if (escrowed) _in(sale.token, sale.amount, escrowIn);
    }

    function _openOffer(uint256 index) private {
        OfferBook storage book = _offers[index];
        IReferralDeals.Offer memory offer = book.offer;
        uint256 uses = offer.maxUses - book.uses;
        _fund(offer.token, offer.merchant, uses * offer.rebate);
        bytes memory signature = _sign(offer.merchant, DealReference.openingDigest(_domain, offer), index);
        deals.openOffer(offer, signature, _payment());
        book.opened = true;
        book.bonded = uses;
        _in(offer.token, uses * offer.rebate, rebatesIn);
    }

    function _settle(uint256 seed, uint256 offerIndex) private returns (uint256 index) {
        index = _newUse(seed, offerIndex);
        Use storage use = _uses[index];
        IReferralDeals.ReferredSale memory deal = use.deal;
        _fund(deal.token, deal.buyer, deal.amount);
        (bytes memory customer, bytes memory buyer, bytes memory merchant) = _signDeal(deal, seed);
        if (seed % 3 == 0) {
            merchant = "";
            vm.prank(deal.merchant);
        }
        deals.settle(deal, customer, buyer, merchant, _payment());
        _settled(use);
    }

    function _settleWithEvidence(uint256 seed, uint256 offerIndex) private returns (uint256 index) {
        index = _newUse(seed, offerIndex);
        Use storage use = _uses[index];
        IReferralDeals.ReferredSale memory deal = use.deal;
        _fund(deal.token, deal.buyer, deal.amount);
        IReferralDeals.CompleteOffer memory evidence = _signOffer(_offers[offerIndex].offer, deal.buyer, seed);
        (bytes memory customer, bytes memory buyer, bytes memory merchant) = _signDeal(deal, seed);

        uint256 before = IMintable(deal.token).balanceOf(deal.buyer);
        deals.settleWithEvidence(evidence, deal, customer, buyer, merchant, _payment());
        _checkPrice(evidence.offer, before - IMintable(deal.token).balanceOf(deal.buyer));
        _takeUse(use);
        _settled(use);
    }

    function _lodge(uint256 seed, uint256 offerIndex) private returns (uint256 index) {
        index = _newUse(seed, offerIndex);
        Use storage use = _uses[index];
        IReferralDeals.ReferredSale memory deal = use.deal;
        _fund(deal.token, deal.buyer, deal.amount);
        IReferralDeals.CompleteOffer memory evidence = _signOffer(_offers[offerIndex].offer, deal.buyer, seed);
        (bytes memory customer, bytes memory buyer, ) = _signDeal(deal, seed);

        uint256 before = IMintable(deal.token).balanceOf(deal.buyer);
        deals.lodge(evidence, deal, customer, buyer, _payment());
        _checkPrice(evidence.offer, before - IMintable(deal.token).balanceOf(deal.buyer));
        _takeUse(use);
        use.state = IReferralDeals.DealState.LODGED;
        _in(deal.token, deal.amount, escrowIn);
    }

    function _payRebate(Use storage use) private {
        IReferralDeals.ReferredSale memory deal = use.deal;
        _reach(deal.rebateMoment);
        address due = use.promised ? deal.customer : deal.merchant;
        uint256 before = IMintable(deal.token).balanceOf(due);
        address receiver = deals.payRebate(deal);
        _paid(use, deal.token, deal.rebate, due, receiver, before);
    }

    function _payBondedRebate(Use storage use) private {
        IReferralDeals.Offer memory offer = _offers[use.offer].offer;
        _reach(offer.rebateMoment);
        bool earned =
            use.promised ||
                use.state == IReferralDeals.DealState.LODGED ||
                use.state == IReferralDeals.DealState.DEFAULTED;
        address due = earned ? offer.customer : offer.merchant;
        uint256 before = IMintable(offer.token).balanceOf(due);
        address receiver = deals.payBondedRebate(offer, use.buyer);
        _paid(use, offer.token, offer.rebate, due, receiver, before);
    }

    function _paid(
        Use storage use,
        address token,
        uint256 rebate,
        address due,
        address receiver,
        uint256 before
    ) private {
        if (receiver != due || IMintable(token).balanceOf(due) - before != rebate) ++wrongTransfers;
        ++use.payouts;
        _out(token, rebate, rebatesOut);
    }

    function _trespassOn(Use storage use, uint256 what) private {
        IReferralDeals.ReferredSale memory deal = use.deal;
        IReferralDeals.Offer memory offer = _offers[use.offer].offer;
        bool passed = block.timestamp >= deal.rebateMoment;
        if (what == 0 && !(_isHeld(use) && passed)) {
            try deals.payRebate(deal) {
                ++trespasses;
            } catch {}
        } else if (what == 1 && !(_isBonded(use) && passed)) {
            try deals.payBondedRebate(offer, use.buyer) {
                ++trespasses;
            } catch {}
        } else if (what == 2 && !(use.state == IReferralDeals.DealState.LODGED && passed)) {
            try deals.refundLodged(deal) {
                ++trespasses;
            } catch {}
        } else if (what == 3 && !(use.state == IReferralDeals.DealState.LODGED && !passed)) {
            vm.prank(deal.merchant);
            try deals.countersign(deal, "") {
                ++trespasses;
            } catch {}
        } else if (what == 4 && (use.promised || passed)) {
            IReferralDeals.RebatePromise memory rebatePromise = _promiseOf(_offers[use.offer]);
            (bytes memory merchant, bytes memory buyer, bytes memory customer) = _signPromise(rebatePromise, use.buyer);
            try deals.lodgePromise(rebatePromise, use.buyer, merchant, buyer, customer) {
                ++trespasses;
            } catch {}
        } else if (what == 5 && (use.state != IReferralDeals.DealState.NONE || passed)) {
            _fund(deal.token, deal.buyer, deal.amount);
            (bytes memory customer, bytes memory buyer, bytes memory merchant) = _signDeal(deal, what);
            try deals.settle(deal, customer, buyer, merchant, _payment()) {
                ++trespasses;
            } catch {}
        } else {
            // At one unit more or less than the policy's price, with every signature there is.
            deal.amount = use.payouts % 2 == 0 ? deal.amount + 1 : deal.amount - 1;
            _fund(deal.token, deal.buyer, deal.amount);
            (bytes memory customer, bytes memory buyer, ) = _signDeal(deal, what);
            try deals.lodge(_signOffer(offer, deal.buyer, what), deal, customer, buyer, _payment()) {
                ++trespasses;
            } catch {}
        }
    }

    // ── Books ──

    function _in(address token, uint256 amount, mapping(address => uint256) storage book) private {
        owed[token] += amount;
        book[token] += amount;
    }

    function _out(address token, uint256 amount, mapping(address => uint256) storage book) private {
        owed[token] -= amount;
        book[token] += amount;
    }

    function _takeUse(Use storage use) private {
        OfferBook storage book = _offers[use.offer];
        ++book.uses;
        if (book.bonded == 0) return;
        --book.bonded;
        use.funding = IReferralDeals.Funding.BOND;
    }

    function _settled(Use storage use) private {
        use.state = IReferralDeals.DealState.SETTLED;
        use.settledAt = block.timestamp;
        use.signers = 3;
        if (use.funding != IReferralDeals.Funding.NONE) return;
        use.funding = IReferralDeals.Funding.HELD;
        _in(use.deal.token, use.deal.rebate, rebatesIn);
    }

    function _checkPrice(IReferralDeals.Offer memory offer, uint256 paid) private {
        (bool defined, uint256 price) = DealReference.price(offer);
        if (!defined || paid != price || paid >= offer.saleAmount) ++wrongPrices;
    }

    // ── Finding ──

    function _escrowed(uint256 seed, bool inTime) private view returns (bool found, uint256 index) {
        uint256 count = _sales.length;
        for (uint256 i = 0; i < count; ++i) {
            index = addmod(seed, i, count);
            SaleBook storage book = _sales[index];
            if (book.state != IReferralDeals.SaleState.ESCROWED) continue;
            if (!inTime || block.timestamp < book.sale.refundableUntil) return (true, index);
        }
    }

    /// @dev The first use from a random one on that fits, or their number.
    function _find(
        uint256 seed,
        function(Use storage) internal view returns (bool) fits
    ) private view returns (uint256) {
        uint256 count = _uses.length;
        for (uint256 i = 0; i < count; ++i) {
            uint256 index = addmod(seed, i, count);
            if (fits(_uses[index])) return index;
        }
        return count;
    }

    function _isLodged(Use storage use) private view returns (bool) {
        return use.state == IReferralDeals.DealState.LODGED;
    }

    function _isLodgedInTime(Use storage use) private view returns (bool) {
        return _isLodged(use) && block.timestamp < use.deal.rebateMoment;
    }

    function _isUnpromised(Use storage use) private view returns (bool) {
        return !use.promised && block.timestamp < use.deal.rebateMoment;
    }

    function _isHeld(Use storage use) private view returns (bool) {
        bool settled = use.state == IReferralDeals.DealState.SETTLED;
        return settled && use.funding == IReferralDeals.Funding.HELD && use.payouts == 0;
    }

    function _isBonded(Use storage use) private view returns (bool) {
        return use.funding == IReferralDeals.Funding.BOND && use.payouts == 0;
    }

    function _isUnrecorded(Use storage use) private view returns (bool) {
        return use.state == IReferralDeals.DealState.SETTLED && !use.recorded;
    }

    function _runs(OfferBook storage book) private view returns (bool) {
        return
            !book.cancelled &&
            book.offer.counter == _counters[book.offer.merchant] &&
            block.timestamp < book.offer.rebateMoment;
    }

    function _runningOffer(uint256 seed) private returns (uint256) {
        uint256 count = _offers.length;
        for (uint256 i = 0; i < count; ++i) {
            uint256 index = addmod(seed, i, count);
            if (_runs(_offers[index])) return index;
        }
        return _newOffer(seed, false, false);
    }

    /// @dev An offer of which a use may be taken, open or not, by the buyer that the seed draws.
    function _usableOffer(uint256 seed) private returns (uint256) {
        uint256 count = _offers.length;
        address buyer = _buyer(seed);
        for (uint256 i = 0; i < count && i < 8; ++i) {
            uint256 index = addmod(seed, i, count);
            OfferBook storage book = _offers[index];
            if (!_runs(book) || book.uses >= book.offer.maxUses || _used(index, buyer)) continue;
            (, uint256 price) = DealReference.price(book.offer);
            bool needsBond =
                book.offer.rebateRule == IReferralDeals.RebateRule.PROMOTION_ONLY || book.offer.rebate > price;
            if (!needsBond || book.bonded > 0) return index;
        }
        uint256 fresh = _newOffer(seed, _draw(seed, "bonded", 0, 1) == 1, false);
        (, uint256 freshPrice) = DealReference.price(_offers[fresh].offer);
        if (_offers[fresh].offer.rebate > freshPrice || _draw(seed, "open", 0, 1) == 1) _openOffer(fresh);
        return fresh;
    }

    function _used(uint256 offerIndex, address buyer) private view returns (bool) {
        for (uint256 i = 0; i < _uses.length; ++i) {
            if (_uses[i].offer == offerIndex && _uses[i].buyer == buyer) return true;
        }
        return false;
    }

    // ── Drafting ──

    function _newSale(uint256 seed, uint256 refundable) private returns (IReferralDeals.Sale memory sale) {
        sale.merchant = _merchant(seed);
        sale.customer = _customer(seed);
        sale.token = address(tokens[_draw(seed, "token", 0, 2)]);
        sale.amount = uint128(_draw(seed, "amount", 10_000, 1e30));
        sale.refundableUntil = uint40(refundable == 0 ? 0 : block.timestamp + refundable);
        sale.salt = _nextSalt();
    }

    /// @dev With `bonded` the rebate may be above the price; without, it is within it.
    function _newOffer(uint256 seed, bool bonded, bool promotion) private returns (uint256 index) {
        IReferralDeals.Sale memory sale = _newSale(seed, 0);
        IReferralDeals.Offer memory offer;
        offer.saleId = _recordSale(sale);
        offer.merchant = sale.merchant;
        offer.customer = sale.customer;
        offer.token = sale.token;
        offer.saleAmount = sale.amount;
        offer.policy = IReferralDeals.DiscountPolicy(_draw(seed, "policy", 0, 2));
        bool percent = offer.policy == IReferralDeals.DiscountPolicy.PERCENT_OFF;
        offer.discount = uint128(_draw(seed, "discount", 1, percent ? 9_999 : sale.amount - 1));
        offer.rebateMoment = uint40(block.timestamp + _draw(seed, "moment", 1, 30 days));
        (, uint256 price) = DealReference.price(offer);
        offer.rebate = uint128(_draw(seed, "rebate", 1, bonded ? uint256(sale.amount) * 2 : price));
        if (promotion) offer.rebateRule = IReferralDeals.RebateRule.PROMOTION_ONLY;
        offer.maxUses = uint32(_draw(seed, "uses", 1, 4));
        offer.counter = _counters[offer.merchant];
        offer.salt = _nextSalt();

        index = _offers.length;
        _offers.push();
        _offers[index].offer = offer;
        _offers[index].id = DealReference.offerId(offer);
    }

    function _newUse(uint256 seed, uint256 offerIndex) private returns (uint256 index) {
        IReferralDeals.ReferredSale memory deal = _newDeal(seed, offerIndex, _buyer(seed));
        index = _uses.length;
        _uses.push();
        Use storage use = _uses[index];
        use.offer = offerIndex;
        use.buyer = deal.buyer;
        use.deal = deal;
        use.dealId = DealReference.dealId(deal);
        use.referralId = DealReference.referralId(deal);
    }

    function _newDeal(
        uint256 seed,
        uint256 offerIndex,
        address buyer
    ) private returns (IReferralDeals.ReferredSale memory deal) {
        IReferralDeals.Offer memory offer = _offers[offerIndex].offer;
        (, uint256 price) = DealReference.price(offer);
        deal.offerId = _offers[offerIndex].id;
        deal.merchant = offer.merchant;
        deal.customer = offer.customer;
        deal.buyer = buyer;
        deal.token = offer.token;
        deal.amount = uint128(price);
        deal.rebate = offer.rebate;
        deal.rebateMoment = offer.rebateMoment;
        deal.itemHash = keccak256(abi.encode(seed));
        deal.salt = _nextSalt();
    }

    function _promiseOf(OfferBook storage book) private view returns (IReferralDeals.RebatePromise memory) {
        return
            IReferralDeals.RebatePromise({
                offerId: book.id,
                merchant: book.offer.merchant,
                customer: book.offer.customer,
                rebate: book.offer.rebate,
                rebateMoment: book.offer.rebateMoment
            });
    }

    // ── Signing ──

    /// @dev 65 bytes or 64, as the salt draws.
    function _sign(address account, bytes32 digest, uint256 salt) private view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keys[account], digest);
        if (salt % 2 == 0) return abi.encodePacked(r, s, v);
        return abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }

    function _signDeal(
        IReferralDeals.ReferredSale memory deal,
        uint256 salt
    ) private view returns (bytes memory customer, bytes memory buyer, bytes memory merchant) {
        (bytes32 first, bytes32 second, bytes32 third) = DealReference.dealDigests(_domain, deal);
        customer = _sign(deal.customer, first, salt);
        buyer = _sign(deal.buyer, second, salt >> 1);
        merchant = _sign(deal.merchant, third, salt >> 2);
    }

    function _signOffer(
        IReferralDeals.Offer memory offer,
        address buyer,
        uint256 salt
    ) private view returns (IReferralDeals.CompleteOffer memory) {
        (bytes32 first, bytes32 second, bytes32 third) = DealReference.offerDigests(_domain, offer, buyer);
        return
            IReferralDeals.CompleteOffer({
                offer: offer,
                merchantSignature: _sign(offer.merchant, first, salt),
                customerSignature: _sign(offer.customer, second, salt >> 1),
                buyerSignature: _sign(buyer, third, salt >> 2)
            });
    }

    function _signPromise(
        IReferralDeals.RebatePromise memory rebatePromise,
        address named
    ) private view returns (bytes memory merchant, bytes memory buyer, bytes memory customer) {
        (bytes32 first, bytes32 second, bytes32 third) = DealReference.promiseDigests(_domain, rebatePromise, named);
        merchant = _sign(rebatePromise.merchant, first, 0);
        buyer = _sign(named, second, 1);
        customer = _sign(rebatePromise.customer, third, 0);
    }

    // ── Drawing ──

    function _draw(uint256 seed, string memory what, uint256 min, uint256 max) private pure returns (uint256) {
        return min + (uint256(keccak256(abi.encode(seed, what))) % (max - min + 1));
    }

    function _merchant(uint256 seed) private pure returns (address) {
        return vm.addr(FIRST_KEY + _draw(seed, "merchant", 0, MERCHANTS - 1));
    }

    function _customer(uint256 seed) private pure returns (address) {
        return vm.addr(FIRST_KEY + MERCHANTS + _draw(seed, "customer", 0, CUSTOMERS - 1));
    }

    function _buyer(uint256 seed) private pure returns (address) {
        return vm.addr(FIRST_KEY + MERCHANTS + CUSTOMERS + _draw(seed, "buyer", 0, BUYERS - 1));
    }

    function _nextSalt() private returns (bytes32) {
        return bytes32(++_salt);
    }

    function _fund(address token, address account, uint256 amount) private {
        IMintable(token).mint(account, amount);
    }

    function _payment() private pure returns (Payment memory) {
        return Payment({method: PaymentMethod.ALLOWANCE, deadline: 0, signature: ""});
    }

    function _reach(uint256 moment) private {
        if (block.timestamp < moment) vm.warp(moment);
    }
}
