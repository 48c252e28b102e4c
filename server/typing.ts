/**
 * New findings on the line somebody is typing on wait for a pause: half of a call is seldom what was meant, and a squiggle that comes and goes with each
 * letter is noise. What was shown before stays, and what is cured goes at once.
 */
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { Finding } from "../lint/finding.ts";

/** So long after the last letter a line counts as being typed on. */
const PAUSE_MS = 500;
/** More than this at once was pasted, completed or written by a fix. */
const TYPED_LENGTH = 2;

export class Typing {
  private readonly onPause: () => void;
  private readonly now: () => number;
  private readonly lines = new Map<string, { readonly line: number; readonly until: number }>();
  /** Fingerprints of what the client was last told about a document. */
  private readonly shown = new Map<string, ReadonlySet<string>>();
  private timer: NodeJS.Timeout | null = null;

  /** `onPause` is called when what was held back may be told. */
  constructor(onPause: () => void, now: () => number = () => performance.now()) {
    this.onPause = onPause;
    this.now = now;
  }

  changed(uri: string, changes: readonly TextDocumentContentChangeEvent[]): void {
    const [change] = changes;
    const typed =
      changes.length === 1 && change !== undefined && "range" in change && change.text.length <= TYPED_LENGTH
        ? change.range
        : null;
    if (typed === null || typed.start.line !== typed.end.line) {
      this.lines.delete(uri);
      return;
    }
    this.lines.set(uri, { line: typed.start.line, until: this.now() + PAUSE_MS });
  }

  /** Findings of a document without those that wait; the others count as shown from now on. */
  settled(uri: string, findings: readonly Finding[]): readonly Finding[] {
    const typed = this.lines.get(uri);
    const before = this.shown.get(uri);
    const waits = typed !== undefined && before !== undefined && this.now() < typed.until;
    const told = waits
      ? findings.filter(({ range, fingerprint }) => range.start.line - 1 !== typed.line || before.has(fingerprint))
      : findings;
    if (told.length < findings.length) this.askAgainAt(typed!.until);
    else this.shown.set(uri, new Set(told.map(({ fingerprint }) => fingerprint)));
    return told;
  }

  closed(uri: string): void {
    this.lines.delete(uri);
    this.shown.delete(uri);
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private askAgainAt(time: number): void {
    this.stop();
    this.timer = setTimeout(this.onPause, Math.max(0, time - this.now()) + 1);
  }
}
