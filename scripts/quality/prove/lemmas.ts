/**
 * What the proofs take of products of unknown words and of quotients. z3 does not decide these over 256 bits, but at once over
 * the integers, which the words are as long as a product does not overflow: so each lemma is first shown there, and then
 * written down of the words of a proof, for factors below 2^128.
 */
export const LEMMAS: Readonly<Record<string, string>> = {
  "the product of two words below 2^128 does not overflow": `
    (assert (and (<= 0 a) (<= 0 b)))
    (assert (not (=> (and (< a m) (< b m)) (< (* a b) (* m m)))))`,
  "a product divided by one factor is the other": `
    (assert (and (< 0 a) (<= 0 b)))
    (assert (not (= (div (* a b) a) b)))`,
  "a product divided by what is no less than one factor is no more than the other": `
    (assert (and (<= 0 a) (<= 0 b) (< 0 m)))
    (assert (not (=> (<= b m) (<= (div (* a b) m) a))))`,
};

/** A question whose answer "unsat" shows the lemma. */
export function questionOf(lemma: string): string {
  return `(declare-const a Int)\n(declare-const b Int)\n(declare-const m Int)\n${lemma}\n(check-sat)`;
}
