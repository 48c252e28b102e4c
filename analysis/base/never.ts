/** For the end of a `switch` over all kinds: checked by the compiler, and `fallback` where data of a newer version brings a kind nobody knew. */
export function assertNever<T>(_value: never, fallback: T): T {
  return fallback;
}
