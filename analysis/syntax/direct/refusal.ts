/** Thrown where a text is not surely what is read here. One object, because it is no error and nobody wants its stack. */
export const REFUSAL = { refused: true } as const;

/** Gives up on the text. */
export function refuse(): never {
  throw REFUSAL;
}
