/**
 * What Git knows about a project: the files of a commit and of the index, and what changed since. Nothing is checked out and nothing is written; contents come
 * through one `git cat-file --batch`.
 *
 * Paths are relative to the project's root, with forward slashes; what lies outside of it is not seen.
 */
import { spawnSync } from "node:child_process";
import { isAbsolute, resolve } from "node:path";

/** Git cannot answer. The message says why, and what to do about it. */
export class GitError extends Error {
  override readonly name = "GitError";
}

/** A file as Git keeps it. */
export interface GitFile {
  readonly path: string;
  /** Object id of the content. */
  readonly blob: string;
  readonly kind: "file" | "link" | "submodule";
}

/** The commit where the history of HEAD left that of `ref` (a branch, tag or commit). Throws a `GitError` with the remedy where it is not there. */
export function mergeBase(root: string, ref: string): string {
  requireRepository(root);
  if (/(^|\/)\s*$/.test(ref)) {
    throw new GitError(
      `"${ref}" names no branch; a variable that is empty here, as those of a pull request are elsewhere, may be part of it`,
    );
  }
  const commit = git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  if (commit.status !== 0) throw new GitError(missingRef(root, ref));
  const id = commit.out.trim();
  if (git(root, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).status !== 0) {
    throw new GitError("there is no commit yet to compare with; leave out --since");
  }
  const base = git(root, ["merge-base", id, "HEAD"]);
  if (base.status === 0) return base.out.trim().split("\n")[0]!;
  if (isShallow(root)) {
    throw new GitError(
      `this clone is shallow and does not reach back to where HEAD left ${ref}; ${deepen(ref)}, or, with actions/checkout, set \`fetch-depth: 0\``,
    );
  }
  throw new GitError(`HEAD and ${ref} have no commit in common; name a branch that HEAD was made from`);
}

/** The commit HEAD stands for; null where nothing was committed yet. Throws a `GitError` outside of a repository. */
export function headCommit(root: string): string | null {
  requireRepository(root);
  const head = git(root, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  return head.status === 0 ? head.out.trim() : null;
}

/** The files of a commit. */
export function filesOfCommit(root: string, commit: string): readonly GitFile[] {
  return records(must(root, ["ls-tree", "-r", "-z", commit])).flatMap((record) => {
    // <mode> SP <type> SP <object> TAB <path>: https://git-scm.com/docs/git-ls-tree#_output_format
    const match = /^(\d+) \w+ ([0-9a-f]+)\t([\s\S]+)$/.exec(record);
    return match ? [{ path: match[3]!, blob: match[2]!, kind: kindOfMode(match[1]!) }] : [];
  });
}

/** The files of the index, which the next commit would hold. Throws a `GitError` while a merge is unresolved. */
export function filesOfIndex(root: string): readonly GitFile[] {
  requireRepository(root);
  return records(must(root, ["ls-files", "--stage", "-z"])).flatMap((record) => {
    // <mode> SP <object> SP <stage> TAB <path>: https://git-scm.com/docs/git-ls-files#_output
    const match = /^(\d+) ([0-9a-f]+) (\d)\t([\s\S]+)$/.exec(record);
    if (!match) return [];
    if (match[3] !== "0")
      throw new GitError(`${match[4]} has an unresolved merge conflict; resolve and \`git add\` it`);
    return [{ path: match[4]!, blob: match[2]!, kind: kindOfMode(match[1]!) }];
  });
}

/** The contents of objects, by id. What is missing is left out. */
export function contentsOf(root: string, blobs: Iterable<string>): ReadonlyMap<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  const wanted = [...new Set(blobs)];
  if (wanted.length === 0) return contents;
  const { stdout } = run(root, ["cat-file", "--batch"], `${wanted.join("\n")}\n`);
  // <object> SP <type> SP <size> LF <contents> LF: https://git-scm.com/docs/git-cat-file#_batch_output
  for (let at = 0; at < stdout.length; ) {
    const end = stdout.indexOf(10, at);
    if (end < 0) break;
    const [id, type, size] = stdout.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (type === undefined || size === undefined) continue;
    contents.set(id!, stdout.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}

export interface Changes {
  /** Files that are not the same any more, by the name they have or had. */
  readonly paths: ReadonlySet<string>;
  /** Today's name to the name in the commit, of files Git takes for renamed. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Whether a line (1-based, of today's file) was added or changed. */
  isNewLine(path: string, line: number): boolean;
  /** Whether lines of which `then` (of the commit's file) was one were replaced by lines of which `now` is one. `path` is today's. */
  isEdited(path: string, then: number, now: number): boolean;
}

/** Lines that were replaced: where they begin on either side (1-based), and how many they are. */
interface Hunk {
  readonly from: number;
  readonly removed: number;
  readonly to: number;
  readonly added: number;
}

/** All that is ever asked about. Other files may be large, or missing in a clone that holds only a part. */
const PYTHON = ["--", ":(icase)*.py", ":(icase)*.pyw"];

/** What changed in Python files between a commit and the work tree, or, `staged`, the index. Files Git does not track are not among it. */
export function changesSince(root: string, commit: string, staged: boolean): Changes {
  const diff = [
    "diff",
    "--relative",
    "--find-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    ...(staged ? ["--cached"] : []),
    commit,
    ...PYTHON,
  ];
  const paths = new Set<string>();
  const renamed = new Map<string, string>();
  const fields = records(must(root, [...diff.slice(0, 1), "--name-status", "-z", ...diff.slice(1)]));
  for (let i = 0; i < fields.length; ) {
    const status = fields[i++]!;
    const first = fields[i++] ?? "";
    paths.add(first);
    if (!/^[RC]/.test(status)) continue;
    const second = fields[i++] ?? "";
    paths.add(second);
    if (status.startsWith("R")) renamed.set(second, first);
  }
  let known: ReadonlyMap<string, readonly Hunk[]> | null = null;
  const hunksIn = (path: string): readonly Hunk[] => {
    known ??= hunksOf(
      must(root, [
        "-c",
        "core.quotePath=false",
        ...diff.slice(0, 1),
        "--unified=0",
        "--inter-hunk-context=0",
        "--dst-prefix=b/",
        ...diff.slice(1),
      ]),
    );
    return known.get(path) ?? [];
  };
  const isWithin = (line: number, first: number, count: number): boolean => first <= line && line < first + count;
  return {
    paths,
    renamed,
    isNewLine: (path, line) => hunksIn(path).some(({ to, added }) => isWithin(line, to, added)),
    isEdited: (path, then, now) =>
      hunksIn(path).some((hunk) => isWithin(then, hunk.from, hunk.removed) && isWithin(now, hunk.to, hunk.added)),
  };
}

/** The hunks of a diff without context, by today's path. Names Git puts in quotation marks are left out: nobody depends on them. */
function hunksOf(diff: string): Map<string, Hunk[]> {
  const hunks = new Map<string, Hunk[]>();
  let current: Hunk[] = [];
  for (const line of diff.split("\n")) {
    const file = /^\+\+\+ b\/(.+?)\t?$/.exec(line);
    const hunk = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (file) {
      current = [];
      hunks.set(file[1]!, current);
    } else if (hunk) {
      const [from, removed = 1, to, added = 1] = hunk.slice(1).map((digits) => (digits ? Number(digits) : undefined));
      current.push({ from: from!, removed, to: to!, added });
    }
  }
  return hunks;
}

function missingRef(root: string, ref: string): string {
  const missing = `there is no commit "${ref}" here`;
  if (isShallow(root))
    return `${missing}: this clone is shallow; ${deepen(ref)}, or, with actions/checkout, set \`fetch-depth: 0\``;
  const remotes = must(root, ["remote"]).split("\n").filter(Boolean);
  const elsewhere = remotes.find(
    (remote) => git(root, ["rev-parse", "--verify", "--quiet", `refs/remotes/${remote}/${ref}`]).status === 0,
  );
  if (elsewhere) return `${missing}; did you mean "${elsewhere}/${ref}"?`;
  const [remote, branch] = remoteAndBranch(ref);
  return remotes.includes(remote)
    ? `${missing}; fetch it with \`git fetch ${remote} ${branch}\``
    : `${missing}; name a branch, a tag or a commit`;
}

/** Deep enough for most branches; `--unshallow` takes all there is. */
function deepen(ref: string): string {
  const [remote, branch] = remoteAndBranch(ref);
  return `run \`git fetch --depth=500 ${remote} +${branch}:refs/remotes/${remote}/${branch}\` and \`git fetch --deepen=500\`, or \`git fetch --unshallow\``;
}

function remoteAndBranch(ref: string): readonly [remote: string, branch: string] {
  const match = /^(?:refs\/remotes\/)?(origin|upstream)\/(.+)$/.exec(ref);
  return match ? [match[1]!, match[2]!] : ["origin", ref.replace(/^refs\/heads\//, "")];
}

function isShallow(root: string): boolean {
  return git(root, ["rev-parse", "--is-shallow-repository"]).out.trim() === "true";
}

function requireRepository(root: string): void {
  const { status, error } = git(root, ["rev-parse", "--is-inside-work-tree"]);
  if (status === 0) return;
  if (/not a git repository/i.test(error))
    throw new GitError(`${root} is not in a Git repository; leave out --since and --staged`);
  throw new GitError(`Git refuses: ${firstLine(error)}`);
}

function kindOfMode(mode: string): GitFile["kind"] {
  if (mode === "120000") return "link";
  return mode === "160000" ? "submodule" : "file";
}

function records(output: string): string[] {
  return output.split("\0").filter((record) => record !== "");
}

function must(root: string, args: readonly string[]): string {
  const { status, out, error } = git(root, args);
  if (status !== 0)
    throw new GitError(`\`git ${args.find((arg) => !arg.startsWith("-"))}\` failed: ${firstLine(error)}`);
  return out;
}

function git(
  root: string,
  args: readonly string[],
): { readonly status: number; readonly out: string; readonly error: string } {
  const { status, stdout, stderr } = run(root, args, "");
  return { status, out: stdout.toString("utf8"), error: stderr.toString("utf8") };
}

/** Larger than the Python of any project that is read. */
const MOST_OUTPUT = 2 ** 30;

function run(root: string, args: readonly string[], input: string): { status: number; stdout: Buffer; stderr: Buffer } {
  const { status, stdout, stderr, error } = spawnSync("git", args, {
    cwd: root,
    input,
    env: environment(),
    maxBuffer: MOST_OUTPUT,
  });
  if (error && (error as NodeJS.ErrnoException).code === "ENOENT")
    throw new GitError("git is not on the PATH; install it");
  if (error) throw new GitError(`git could not be run: ${error.message}`);
  return { status: status ?? 1, stdout, stderr };
}

/** Hooks are given paths relative to where they are started; here Git is started in the project's root. */
function environment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0" };
  // They would give what is asked for here another meaning.
  for (const name of ["GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"]) {
    delete env[name];
  }
  for (const name of ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR"]) {
    const value = env[name];
    if (value && !isAbsolute(value)) env[name] = resolve(value);
  }
  return env;
}

function firstLine(text: string): string {
  return (
    text
      .trim()
      .split("\n")[0]!
      .replace(/^fatal: /, "") || "it gives no reason"
  );
}
