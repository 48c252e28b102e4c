/** `holdfast check --stdin-filename app/x.py -`: a text that is not on disk, checked as if it were the file. */
import { resolve } from "node:path";
import { readStandardInput } from "../host/project.ts";
import { kindOf } from "../host/targets.ts";
import { UsageError } from "./failure.ts";

export interface StdinOptions {
  readonly stdinFilename?: string;
  readonly fix?: boolean;
  readonly since?: string;
  readonly staged?: boolean;
  readonly updateBaseline?: boolean;
}

/** The text that stands in for the file called `stdinFilename` (relative to `cwd`); null where a check reads files only. Throws a `UsageError`. */
export function textFromStdin(
  paths: readonly string[],
  { stdinFilename, fix, staged, updateBaseline }: StdinOptions,
  cwd: string,
): string | null {
  if (!paths.includes("-")) {
    if (stdinFilename === undefined) return null;
    throw new UsageError(
      `--stdin-filename goes with "-", the standard input; write \`--stdin-filename ${stdinFilename} -\``,
    );
  }
  if (paths.length > 1) throw new UsageError('"-" is the standard input, and goes with no other path');
  if (stdinFilename === undefined) {
    throw new UsageError('"-" needs to know which file it is: add --stdin-filename app/main.py');
  }
  if (fix) throw new UsageError("--fix cannot change the standard input; --diff shows what it would change");
  if (updateBaseline) {
    throw new UsageError(
      "--update-baseline goes by what is on disk, and the standard input is not; leave one of them out",
    );
  }
  if (kindOf(resolve(cwd, stdinFilename)) === "folder") {
    throw new UsageError(`--stdin-filename: ${stdinFilename} is a folder; name a file, there or not`);
  }
  if (staged) throw new UsageError("--staged checks the index, not the standard input");
  const read = readStandardInput();
  if ("refused" in read) throw new UsageError(`${stdinFilename} from the standard input: ${read.refused}`);
  return read.text;
}
