/**
 * What happens when the server dies: it is started again, but a server that keeps dying is left alone and a person is asked.
 */
import { type LogOutputChannel, l10n, window } from "vscode";
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  type ErrorHandler,
  type ErrorHandlerResult,
} from "vscode-languageclient";

/** So long it waits before the first, second, … new start: what keeps dying should not keep the machine busy. */
const COOL_DOWN_MS: readonly number[] = [0, 1_000, 5_000, 15_000];
/** After this many deaths within the window it is not started again by itself. */
const RESTARTS = 4;
const WINDOW_MS = 3 * 60 * 1000;

export class CrashHandler implements ErrorHandler {
  /** The person asked for another try. */
  onRestartWanted: () => Promise<void> = async () => {};
  /** It will not be started again by itself. */
  onGivenUp: () => void = () => {};
  private readonly output: LogOutputChannel;
  private deaths: number[] = [];

  constructor(output: LogOutputChannel) {
    this.output = output;
  }

  /** A message that could not be read or written is no reason to stop: where the connection is really gone, `closed` follows. */
  error(error: Error): ErrorHandlerResult {
    this.output.error(`the connection to the language server failed: ${error.message}`);
    return { action: ErrorAction.Continue, handled: true };
  }

  async closed(): Promise<CloseHandlerResult> {
    const now = Date.now();
    this.deaths = [...this.deaths.filter((death) => now - death < WINDOW_MS), now];
    if (this.deaths.length <= RESTARTS) {
      this.output.warn(
        `the language server stopped unexpectedly; starting it again (${this.deaths.length} of ${RESTARTS})`,
      );
      const pause = COOL_DOWN_MS[this.deaths.length - 1] ?? 0;
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      return { action: CloseAction.Restart, handled: true };
    }
    this.output.error(
      "the language server stopped unexpectedly once more; it stays down until it is restarted by hand",
    );
    this.onGivenUp();
    void this.ask();
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  /** Old deaths count no longer: a person has intervened. */
  forget(): void {
    this.deaths = [];
  }

  private async ask(): Promise<void> {
    const restart = l10n.t("Restart");
    const show = l10n.t("Show Output");
    const said = l10n.t("Holdfast stopped unexpectedly {0} times and is not running.", RESTARTS + 1);
    const chosen = await window.showErrorMessage(said, restart, show);
    if (chosen === restart) await this.onRestartWanted();
    if (chosen === show) this.output.show(true);
  }
}
