/** Files, texts and settings as they lie on a disk. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findPythonFiles, isChecked } from "../host/files.ts";
import { analysisRootOf, readSource } from "../host/project.ts";
import { projectRootOf, sourceRootsOf } from "../host/roots.ts";
import { formatSettingsError, loadSettings } from "../host/settings.ts";
import { decodeSource, encodeSource } from "../host/text.ts";
import { writeSource } from "../host/write.ts";
import { defineRule, type Rule } from "../lint/rule.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-host-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes files below the folder; a name that ends in a slash is an empty folder. */
function lay(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(name.endsWith("/") ? path : dirname(path), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(path, content);
  }
}

function found(below = ".", exclude: readonly string[] = []): string[] {
  const { files } = findPythonFiles(join(folder, below), { exclude: [{ base: folder, globs: exclude }] });
  return files.map((file) => file.slice(folder.length + 1));
}

describe("finding Python files", () => {
  it("takes .py and .pyw, and nothing that holds other people's code", () => {
    lay({
      "app/a.py": "",
      "app/b.pyw": "",
      "app/c.pyi": "",
      "app/d.txt": "",
      "app/migrations/0001.py": "",
      ".venv/x.py": "",
      "node_modules/x.py": "",
      "app/__pycache__/x.py": "",
      "build/x.py": "",
      "lib/site-packages/x.py": "",
      "custom-env/pyvenv.cfg": "",
      "custom-env/x.py": "",
    });
    assert.deepEqual(found(), ["app/a.py", "app/b.pyw", "app/migrations/0001.py"]);
  });

  it("takes folders called like what is built, where nothing is built", () => {
    lay({
      "dist/x.py": "",
      "app/features/build/a.py": "",
      "app/features/dist/b.py": "",
      "backend/pyproject.toml": "",
      "backend/build/x.py": "",
      "web/package.json": "",
      "web/dist/x.py": "",
    });
    assert.deepEqual(found(), ["app/features/build/a.py", "app/features/dist/b.py"]);
  });

  it("respects ignore files of every level, the inner one last, and those Git keeps outside", () => {
    lay({
      ".git/info/exclude": "secret.py\n",
      ".gitignore": "gen/\n/only-top.py\n*_pb2.py\n",
      "gen/a.py": "",
      "only-top.py": "",
      "app/only-top.py": "",
      "app/x_pb2.py": "",
      "app/keep/.gitignore": "!y_pb2.py\n",
      "app/keep/y_pb2.py": "",
      "app/secret.py": "",
      "app/a.py": "",
    });
    assert.deepEqual(found(), ["app/a.py", "app/keep/y_pb2.py", "app/only-top.py"]);
    assert.deepEqual(found("app"), ["app/a.py", "app/keep/y_pb2.py", "app/only-top.py"]);
  });

  it("takes the words and endings of ignore files as Git does", () => {
    const rules =
      "out\n!app/out\n*.gen.py\n!keep.gen.py\nf*o.b.py\n/top/\n**/deep/*.py\n!deep/in.py\nx[12].py\n\\#odd.py\n sp.py\n*~\nlib/**/old\nq?.py\n*.d/\n";
    const files =
      `out/a.py app/out/b.py a.gen.py app/keep.gen.py foo.b.py b.py top/c.py app/top/d.py app/deep/e.py deep/in.py x1.py x3.py #odd.py odd.py
      app/sp.py z~/g.py lib/h.py lib/a/old/i.py lib/old/j.py old/k.py q1.py q12.py a.d/l.py a.d.py out.py app/gen.py .py/m.py`.split(
        /\s+/,
      );
    lay({ ".gitignore": rules, ...Object.fromEntries(files.map((file) => [file, ""])) });
    execFileSync("git", ["init", "-q"], { cwd: folder });
    const listed = execFileSync("git", ["ls-files", "-z", "--others", "--exclude-standard", "*.py"], { cwd: folder });
    assert.deepEqual(found(), listed.toString().split("\0").filter(Boolean).sort());
  });

  it("leaves out names and paths the settings exclude", () => {
    lay({
      "a.py": "",
      "tests/b.py": "",
      "app/tests/c.py": "",
      "app/gen/d.py": "",
      "gen/e.py": "",
      "app/test_f.py": "",
    });
    assert.deepEqual(found(".", ["tests", "app/gen", "test_*.py"]), ["a.py", "gen/e.py"]);
    assert.deepEqual(found(".", ["**/gen/**", "app/tests/*"]), ["a.py", "app/test_f.py", "tests/b.py"]);
  });

  it("enters each folder and takes each file once, whatever links lead to it", () => {
    lay({ "app/a.py": "", "z/real.py": "" });
    symlinkSync("..", join(folder, "app", "loop"));
    symlinkSync(folder, join(folder, "z", "again"));
    symlinkSync("../z", join(folder, "app", "linked"));
    symlinkSync("a.py", join(folder, "app", "alias.py"));
    assert.deepEqual(found(), ["app/a.py", "z/real.py"]);
    assert.deepEqual(found("app"), ["app/a.py", "app/linked/real.py"], "a link out of the folder is followed");
  });

  it("says which links lead nowhere, and is not misled by a folder called x.py", () => {
    lay({ "x.py/inner.py": "" });
    symlinkSync("nowhere.py", join(folder, "dangling.py"));
    symlinkSync("self.py", join(folder, "self.py"));
    const { files, notices } = findPythonFiles(folder, { exclude: [] });
    assert.deepEqual(files, [join(folder, "x.py", "inner.py")]);
    assert.deepEqual(notices.map(({ path }) => path).sort(), [join(folder, "dangling.py"), join(folder, "self.py")]);
    assert.match(notices[0]!.message, /target does not exist|circles/);
  });

  it("gives one answer for one file as for all", () => {
    lay({ ".gitignore": "gen/\n", "gen/a.py": "", "app/b.py": "", "venv/c.py": "", "app/skip/d.py": "", "e.txt": "" });
    const exclude = [{ base: folder, globs: ["app/skip"] }];
    const checked = ["gen/a.py", "app/b.py", "venv/c.py", "app/skip/d.py", "e.txt"].filter((file) =>
      isChecked(join(folder, file), folder, exclude),
    );
    assert.deepEqual(checked, ["app/b.py"]);
  });
});

describe("decoding Python", () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1");
  const textOf = (source: Uint8Array): string => {
    const read = decodeSource(source);
    assert.ok(!("refused" in read), "it is read");
    return read.text;
  };

  it("believes a byte order mark, then the coding comment, then UTF-8", () => {
    assert.equal(textOf(Buffer.from("\ufeffx = 'é'", "utf8")), "x = 'é'");
    assert.equal(textOf(Buffer.from("x = 'é'", "utf8")), "x = 'é'");
    assert.equal(textOf(bytes("# -*- coding: latin-1 -*-\nx = '\xe9'")), "# -*- coding: latin-1 -*-\nx = 'é'");
    assert.equal(textOf(bytes("#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'")).at(-2), "€");
    assert.equal(textOf(bytes("# coding: iso-8859-15\nx = '\xa4'")).at(-2), "€");
    assert.equal(textOf(bytes("import os\n# coding: latin-1\nx = 1")), "import os\n# coding: latin-1\nx = 1");
  });

  it("reads what is not valid as Latin-1 and says so", () => {
    const broken = decodeSource(bytes("x = '\xe9'"));
    assert.ok(!("refused" in broken));
    assert.equal(broken.text, "x = 'é'");
    assert.match(broken.notice!, /not valid UTF-8/);
    const unknown = decodeSource(bytes("# coding: klingon\nx = 1"));
    assert.ok(!("refused" in unknown));
    assert.match(unknown.notice!, /unknown encoding "klingon"/);
  });

  it("refuses binary and huge files", () => {
    const refusal = (source: Uint8Array, limit?: number): string => {
      const read = decodeSource(source, limit);
      assert.ok("refused" in read);
      return read.refused;
    };
    assert.match(refusal(bytes("x\0y")), /NUL/);
    assert.match(refusal(bytes("x".repeat(11)), 10), /larger than/);
    assert.ok("refused" in readSource(folder), "a folder is no source");
  });

  it("writes back what it read, or nothing at all", () => {
    const path = join(folder, "a.py");
    for (const source of [
      Buffer.from("\ufeffx = 'é'\r\n", "utf8"),
      Buffer.from("x = 'é€'\n", "utf8"),
      Buffer.from(bytes("# coding: latin1\nx = '\xe9'\n")),
    ]) {
      const read = decodeSource(source);
      assert.ok(!("refused" in read));
      assert.deepEqual(Buffer.from(encodeSource(read.text, read)!), source);
      writeFileSync(path, source);
      assert.equal(writeSource(path, read.text, `${read.text}y = 1\n`), null);
      assert.deepEqual(readSource(path), { ...read, text: `${read.text}y = 1\n` });
    }
    assert.match(writeSource(path, "something else", "") ?? "", /changed/);
    const latin = readSource(path);
    assert.ok(!("refused" in latin));
    assert.match(writeSource(path, latin.text, `${latin.text}€`) ?? "", /encoding/);
  });
});

describe("the root of a project", () => {
  it("is the nearest folder with a project file", () => {
    lay({ ".git/": "", "backend/pyproject.toml": "", "backend/app/api/a.py": "", "scripts/b.py": "" });
    assert.equal(projectRootOf(join(folder, "backend/app/api")), join(folder, "backend"));
    assert.equal(projectRootOf(join(folder, "backend/app/api/a.py")), join(folder, "backend"));
    assert.equal(projectRootOf(join(folder, "scripts")), folder);
    assert.equal(analysisRootOf(join(folder, "scripts")), folder);
  });

  it("has the source folders that are declared, and those of projects inside it", () => {
    lay({
      "pyproject.toml":
        '[tool.setuptools.packages.find]\nwhere = ["lib"]\n[[tool.poetry.packages]]\ninclude = "x"\nfrom = "python"\n',
      "backend/pyproject.toml": "",
      "backend/src/x/a.py": "",
      "site/manage.py": "",
      "site/views.py": "",
      "other/b.py": "",
    });
    const files = ["backend/src/x/a.py", "site/views.py", "other/b.py"].map((file) => join(folder, file));
    const roots = sourceRootsOf(folder, files, [join(folder, "extra")]);
    assert.deepEqual([...roots].sort(), ["", "backend", "backend/src", "extra", "lib", "python", "site", "src"]);
  });
});

describe("settings on disk", () => {
  const rules: readonly Rule[] = [
    defineRule({
      id: "async/blocking-call",
      summary: "It blocks",
      severity: "warning",
      docs: { why: "", instead: "", bad: "", good: "", silentWhen: [] },
      options: { allow: { type: "names", default: ["a.b"], help: "Names" } },
      on: "function",
      check: () => [],
    }),
  ];
  const load = (root = folder, overrides = {}) => loadSettings({ rules, root, overrides });
  const errors = (root = folder): string[] =>
    load(root).errors.map((error) => formatSettingsError(error, (path) => path.slice(folder.length + 1)));

  it("come from the nearest file that has some", () => {
    lay({
      ".git/": "",
      "pyproject.toml":
        '[tool.holdfast]\nfail-on = "error"\n[tool.holdfast.rules."async/blocking-call"]\nallow = ["x"]\n',
      "backend/pyproject.toml": "[project]\nname = 'b'\n",
      "own/holdfast.toml": 'exclude = ["gen"]\n',
    });
    const outer = load(join(folder, "backend"));
    assert.equal(outer.source, join(folder, "pyproject.toml"));
    assert.equal(outer.failOn, "error");
    assert.deepEqual(outer.enabled[0]!.options, { allow: ["x"] });
    const own = load(join(folder, "own"));
    assert.equal(own.failOn, "warning", "files are not merged");
    assert.deepEqual([own.base, own.exclude], [join(folder, "own"), ["gen"]]);
  });

  it("give way to what the command line says; ignored rules add up", () => {
    lay({ "holdfast.toml": 'ignore = ["holdfast/unused-ignore"]\nfail-on = "error"\n' });
    const settings = load(folder, { ignore: ["async"], "fail-on": "hint" });
    assert.equal(settings.failOn, "hint");
    assert.deepEqual(
      settings.enabled.map(({ rule }) => rule.id),
      ["holdfast/unknown-ignore", "holdfast/expired-ignore"],
    );
  });

  it("are criticised with file, line, key and remedy", () => {
    lay({
      "pyproject.toml": [
        "[tool.holdfast]",
        'selct = ["async"]',
        'ignore = "async"',
        'fail-on = "warn"',
        '[tool.holdfast.rules."async/blocking-call"]',
        'severity = "eror"',
        "allow = true",
      ].join("\n"),
    });
    assert.deepEqual(errors(), [
      'pyproject.toml:2: tool.holdfast.selct: there is no such setting; did you mean "select"?',
      'pyproject.toml:3: tool.holdfast.ignore: must be a list of strings, not "async"; write ["async"]',
      'pyproject.toml:4: tool.holdfast.fail-on: cannot be "warn"; did you mean "warning"? Possible are "error", "warning", "information", "hint", "never"',
      'pyproject.toml:6: tool.holdfast.rules."async/blocking-call".severity: cannot be "eror"; did you mean "error"? Possible are "error", "warning", "information", "hint", "off"',
      'pyproject.toml:7: tool.holdfast.rules."async/blocking-call".allow: must be a list of strings, not true; write a list such as ["one", "two"]',
    ]);
  });

  it("say in names what functions do", () => {
    lay({
      "holdfast.toml": [
        "blocking = [",
        '  "acme.fetch",',
        '  { name = "acme.db.*", what = "a database reply" },',
        "]",
        'offloads = ["acme.run:func"]',
        'ignore-calls = ["acme.cache.get"]',
        'stubs = ["stubs"]',
      ].join("\n"),
    });
    const settings = load();
    assert.deepEqual(errors(), []);
    assert.deepEqual(settings.taught, {
      blocking: [
        { name: "acme.fetch", kind: "network", what: "a network reply" },
        { name: "acme.db.*", kind: "database", what: "a database reply" },
      ],
      offloads: [{ name: "acme.run", parameter: "func" }],
      ignored: ["acme.cache.get"],
    });
    assert.deepEqual(settings.stubs, ["stubs"]);
  });

  it("are criticised where such a name is none; the others count", () => {
    lay({
      "holdfast.toml": [
        'blocking = ["acme.*.get", { name = "acme.get", what = "the dis" }, { what = "the disk" }, 3, "acme.ok"]',
        'offloads = ["acme.run"]',
        'ignore-calls = "acme.get"',
      ].join("\n"),
    });
    assert.deepEqual(
      load().taught.blocking.map(({ name }) => name),
      ["acme.get", "acme.ok"],
    );
    const said = errors();
    assert.match(said[0]!, /^holdfast\.toml:1: blocking: "acme\.\*\.get" is not a dotted name; .*write "acme/);
    assert.match(said[1]!, /^holdfast\.toml:1: blocking: cannot be "the dis"; did you mean "the disk"\?/);
    assert.match(said[2]!, /^holdfast\.toml:1: blocking: an entry has no name; write name = /);
    assert.match(said[3]!, /^holdfast\.toml:1: blocking: must hold names or tables, not 3; write /);
    assert.match(said[4]!, /^holdfast\.toml:2: offloads: "acme\.run" is not a dotted name with a parameter; write /);
    assert.match(said[5]!, /^holdfast\.toml:3: ignore-calls: must be a list of strings, .*write \["acme\.get"\]$/);
    assert.equal(said.length, 6);
  });

  it("name the line where a file is not TOML, and take no other file instead", () => {
    lay({ "holdfast.toml": 'fail-on = "error"\nselect = [async]\n', "pyproject.toml": "[tool.holdfast]\nx = 1\n" });
    assert.equal(errors().length, 1);
    assert.match(errors()[0]!, /^holdfast\.toml:2: this is not valid TOML/);
  });

  it("do not care about a broken pyproject.toml that never mentions us", () => {
    lay({ "pyproject.toml": "[project\n" });
    assert.deepEqual(errors(), []);
  });
});
