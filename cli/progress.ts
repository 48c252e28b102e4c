/** One line on a terminal that says what is going on, and is gone when there is something to read. */

export interface Progress {
  show(text: string): void;
  clear(): void;
}

/** Times between two drawings, milliseconds. */
const PAUSE = 80;
/** Nothing is shown for work that is done before somebody wonders, milliseconds. */
const PATIENCE = 400;

/** Draws on `stream` where that is a terminal, else nowhere. */
export function createProgress(stream: NodeJS.WriteStream, wanted: boolean): Progress {
  if (!wanted || !stream.isTTY) return { show() {}, clear() {} };
  let last = Date.now() + PATIENCE - PAUSE;
  let drawn = false;
  return {
    show(text) {
      const now = Date.now();
      if (now - last < PAUSE) return;
      last = now;
      drawn = true;
      stream.write(`\r\x1b[2K${text}`);
    },
    clear() {
      if (drawn) stream.write("\r\x1b[2K");
      drawn = false;
    },
  };
}
