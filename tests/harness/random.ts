/** Numbers that look random and are the same in every run: a failing test says its seed, and the seed brings it back. */
export interface Random {
  /** A whole number from 0 up to and without `limit`. */
  below(limit: number): number;
  of<T>(choices: readonly T[]): T;
}

/** A linear congruential generator; the constants are those of Numerical Recipes. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return { below, of: (choices) => choices[below(choices.length)]! };
}
