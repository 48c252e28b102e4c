/** `holdfast init`. */
import { startSettings } from "../host/new-settings.ts";
import { EXIT, type ExitCode, UsageError } from "./failure.ts";

/** Writes settings to start from. Throws a `UsageError` where some are there, or none can be written. */
export function init(cwd: string, out: (text: string) => void): ExitCode {
  const outcome = startSettings(cwd);
  if ("refused" in outcome) throw new UsageError(outcome.refused);
  out(`${outcome.written}\n`);
  return EXIT.clean;
}
