/**
 * What the proofs take of products of unknown words and of quotients. z3 does not decide these over 256 bits, but at once over
 * the integers, which the words are as long as a product does not overflow: so each lemma is first shown there, and then
 * written down of the words of a proof, for factors below 2^128. What is said of sums needs no bound: words are integers
 * modulo 2^256, and an equation of sums and products of integers is one of what is left of them.
 */
export const LEMMAS: Readonly<Record<string, string>> = {
  "the product of two words is below that of their bounds, and does not overflow where that is no more than 2^256": `
    (assert (and (<= 0 a) (<= 0 b)))
    (assert (not (=> (and (< a m) (< b n)) (< (* a b) (* m n)))))`,
  "a product of a sum is the sum of the products, and one of a difference their difference": `
    (assert (not (and (= (* (+ a b) m) (+ (* a m) (* b m))) (= (* (- a b) m) (- (* a m) (* b m))))))`,
  "a product divided by one factor is the other": `
    (assert (and (< 0 a) (<= 0 b)))
    (assert (not (= (div (* a b) a) b)))`,
  "a product divided by what is no less than one factor is no more than the other": `
    (assert (and (<= 0 a) (<= 0 b) (< 0 m)))
    (assert (not (=> (<= b m) (<= (div (* a b) m) a))))`,
};

/** A question whose answer "unsat" shows the lemma. */
export function questionOf(lemma: string): string {
  return `(declare-const a Int)\n(declare-const b Int)\n(declare-const m Int)\n(declare-const n Int)\n${lemma}\n(check-sat)`;
}
