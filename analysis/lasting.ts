import type { Linker } from "./linker.ts";

/**
 * What is worked out once and read at any time. Work that is kept has to read again what other work has read, because what the one depends on is not
 * recorded for the other.
 */
export class Lasting<T> {
  private readonly linker: Linker;
  private readonly compute: () => T;
  private known: { readonly value: T; readonly reading: number } | null = null;

  constructor(linker: Linker, compute: () => T) {
    this.linker = linker;
    this.compute = compute;
  }

  get value(): T {
    const { reading } = this.linker;
    if (this.known?.reading !== reading) this.known = { value: this.compute(), reading };
    return this.known.value;
  }
}
