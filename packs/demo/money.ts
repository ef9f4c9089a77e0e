/** Rounds money to cents. */
export function cents(eur: number): number {
  return Math.round(eur * 100) / 100;
}

/** Adds numbers up. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
