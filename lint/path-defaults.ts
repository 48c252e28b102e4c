/**
 * Where which rules make sense without anybody saying so: tests, migrations, scripts and other people's code.
 *
 * A kind is told by folders that hardly ever mean anything else, and for tests also by file names, there only where the text agrees: `oauth_test.py`
 * may well be an endpoint, and `test/` deep in a program a part of it. Whatever is in doubt is checked like everything else. `overrides` of the settings
 * win, and `path-defaults = false` switches all of this off.
 */
import { SEVERITIES, type Severity } from "./finding.ts";

export type PathKind = "tests" | "migrations" | "scripts" | "vendored";

export interface PathDefault {
  /** How a file is recognised, for people; Markdown. */
  readonly paths: string;
  /** Rules and families that do not run there. */
  readonly off: readonly string[];
  /** Rules and families whose findings are at most this severe there. */
  readonly atMost: Readonly<Record<string, Severity>>;
  /** For people; Markdown. */
  readonly why: string;
}

const HELD_RESOURCES: Readonly<Record<string, Severity>> = {
  "db/leaked-session": "information",
  "db/leaked-connection": "information",
  "http/leaked-client": "information",
};

/** What matters only where requests are served. */
const OF_SERVING: readonly string[] = [
  "async/blocking-call",
  "async/blocking-file-io",
  "async/cpu-bound-call",
  "request",
  "db/engine-per-request",
  "db/session-held-while-streaming",
  "http/client-per-request",
];

export const PATH_DEFAULTS: Readonly<Record<PathKind, PathDefault>> = {
  tests: {
    paths:
      "`tests/` anywhere, `test/` at the top of the project, `conftest.py`; `test_*.py`, `*_test.py` and `tests.py` elsewhere where they import a test framework or define tests",
    off: OF_SERVING,
    atMost: HELD_RESOURCES,
    why: "One test runs at a time, and nobody else waits for the loop. A coroutine that is never awaited makes a test pass that tests nothing, so that stays.",
  },
  migrations: {
    paths: "`migrations/` and `alembic/` anywhere",
    off: OF_SERVING,
    atMost: HELD_RESOURCES,
    why: "They run once, in a process of their own that serves nobody.",
  },
  scripts: {
    paths: "`scripts/` anywhere",
    off: ["async/blocking-file-io", "async/cpu-bound-call"],
    atMost: { "async/blocking-call": "information", ...HELD_RESOURCES },
    why: "A program for one person ends soon and takes what it holds along; where it does many things at once, blocking still makes it slow.",
  },
  vendored: {
    paths:
      "`_vendor/`, `vendored/`, `third_party/`, `site-packages/` anywhere, and packages in `vendor/` at the top of the project or beside its code",
    off: ["all"],
    atMost: {},
    why: "Other people's code is read, because yours calls it, but nobody here can change it.",
  },
};

/** What kind of file it is, by its path (from the root of the project, forward slashes) and, in doubt, its text; null for the program itself. */
export function pathKindOf({ path, text }: { readonly path: string; readonly text: string }): PathKind | null {
  const folders = path.split("/");
  const name = folders.pop()!;
  if (folders.some((folder) => VENDORED.has(folder)) || isBelowVendor(folders)) return "vendored";
  if (folders.includes("tests") || folders[0] === "test" || name === "conftest.py") return "tests";
  if (TEST_NAME.test(name) && TEST_TEXT.test(text)) return "tests";
  if (folders.includes("migrations") || folders.includes("alembic")) return "migrations";
  return folders.includes("scripts") ? "scripts" : null;
}

/** The lesser of the two. */
export function atMost(severity: Severity, limit: Severity | undefined): Severity {
  return limit !== undefined && SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(limit) ? limit : severity;
}

const VENDORED: ReadonlySet<string> = new Set(["_vendor", "_vendored", "vendored", "third_party", "site-packages"]);
const TEST_NAME = /^(?:test_.*|.*_test|tests)\.pyw?$/i;
const TEST_TEXT = /^\s*(?:import|from) (?:pytest|unittest|django\.test)\b|^(?:async )?def test_|^class Test\w*[(:]/m;

/** Packages in `vendor/`. A shop's own `vendor/`, about those who sell there, has its modules and not only packages in it: those are checked. */
function isBelowVendor(folders: readonly string[]): boolean {
  const at = folders.indexOf("vendor");
  return at >= 0 && at <= 1 && at < folders.length - 1 && !OWN_FOLDERS.has(folders[at + 1]!);
}

/** What parts of a program of one's own are called; hardly any library is. */
const OWN_FOLDERS: ReadonlySet<string> = new Set(
  "api apps controllers crud endpoints handlers models repositories routers routes schemas serializers services urls views".split(
    " ",
  ),
);
