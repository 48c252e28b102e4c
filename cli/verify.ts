/**
 * `holdfast check --verify FINGERPRINT,…`: after an edit, says of each finding whether it is gone or still there, and how many new ones came in its file.
 *
 * New is what the last check of the project did not know. That is asked of the cache, which this command leaves as it is, so that asking twice gives the same
 * answer; without a cache the answer to this part is "unknown". Fingerprints hold no file: where two files have the same defect in functions of the same name,
 * naming one of them as the path to check tells them apart.
 */
import type { Finding } from "../lint/finding.ts";
import type { StoredRun } from "../lint/stored.ts";
import { EXIT, type ExitCode } from "./failure.ts";
import { printable } from "./formats/columns.ts";

/** A finding in a file, as shown. Those of a baseline are findings, too. */
export interface Found {
  readonly file: string;
  readonly finding: Finding;
}

/** Fingerprints by file, as shown. */
export type KnownFindings = ReadonlyMap<string, ReadonlySet<string>>;

/** What an earlier run knew. `show` makes a path of its project one for people. */
export function findingsOf({ results }: StoredRun, show: (path: string) => string): KnownFindings {
  const files = Object.entries(results).map(([path, { findings }]): [string, ReadonlySet<string>] => [
    show(path),
    new Set(findings.map(({ fingerprint }) => fingerprint)),
  ]);
  return new Map(files);
}

/** Prints the answers. `earlier` is null where nobody knows. 1 where one of them is still there, else 0. */
export function verify(
  fingerprints: readonly string[],
  found: readonly Found[],
  earlier: KnownFindings | null,
  out: (text: string) => void,
): ExitCode {
  const files = new Set<string>();
  let left = 0;
  for (const fingerprint of new Set(fingerprints)) {
    const now = found.filter(({ finding }) => finding.fingerprint === fingerprint);
    for (const { file } of now) files.add(file);
    const before = [...(earlier ?? [])].filter(([, known]) => known.has(fingerprint)).map(([file]) => file);
    for (const file of before) files.add(file);
    if (now.length > 0) left++;
    const unheard = earlier !== null && before.length === 0 ? " (the last check did not know it)" : "";
    const places = now.map(placeOf).join(", ");
    out(`${printable(fingerprint)}: ${now.length > 0 ? `still there: ${places}` : `gone${unheard}`}\n`);
  }
  out(`new: ${newIn(files, found, earlier)}\n`);
  return left > 0 ? EXIT.findings : EXIT.clean;
}

function newIn(files: ReadonlySet<string>, found: readonly Found[], earlier: KnownFindings | null): string {
  if (earlier === null) return "unknown, for no earlier check is remembered";
  const fresh = found.filter(
    ({ file, finding }) => (files.size === 0 || files.has(file)) && !earlier.get(file)?.has(finding.fingerprint),
  );
  if (fresh.length === 0) return "0";
  return `${fresh.length}: ${fresh.map((each) => `${placeOf(each)} {${each.finding.fingerprint}}`).join(", ")}`;
}

function placeOf({ file, finding: { rule, range } }: Found): string {
  return `${printable(file)}:${range.start.line}:${range.start.column} ${rule}`;
}
