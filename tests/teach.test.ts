/** What a team teaches: names in the settings, stubs of its own. Needs `npm run build` before. */
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Project, type Taught } from "../analysis/index.ts";
import { loadShippedKnowledge } from "../host/knowledge.ts";
import { findingsIn } from "./harness/checking.ts";
import { ROOT } from "./harness/fixture.ts";
import { nativeParser } from "./harness/parsers.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "holdfast-teach-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function lay(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

function holdfast(args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [join(ROOT, "dist", "cli.js"), ...args], { cwd: folder, encoding: "utf8" });
}

interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

function json(args: readonly string[]): { readonly diagnostics: readonly Diagnostic[] } {
  return JSON.parse(holdfast(["check", "--output-format", "json", ...args]).stdout);
}

describe("what a team teaches the command line", () => {
  const STUB = `from verbs import blocks


class Client:
    @blocks("a network reply")
    def call(self, name): ...
`;
  const MAIN = `from acme import Client, fetch


async def main():
    Client().call("x")
    fetch("y")
`;

  it("counts, whatever file it comes from", () => {
    lay({
      "pyproject.toml": "",
      "main.py": MAIN,
      "teach/holdfast.toml": 'stubs = ["stubs"]\n',
      "teach/stubs/acme.pyi": `${STUB}\n\n@blocks("the disk")\ndef fetch(name): ...\n`,
    });
    assert.deepEqual(json(["."]).diagnostics, []);
    const taught = json(["--config", "teach/holdfast.toml", "."]).diagnostics;
    assert.deepEqual(
      taught.map(({ range, message }) => [
        range.start.line,
        /waits for (?:a network reply|the disk)/.exec(message)?.[0],
      ]),
      [
        [5, "waits for a network reply"],
        [6, "waits for the disk"],
      ],
    );
    lay({ "holdfast.toml": 'blocking = ["acme.fetch"]\n' });
    assert.deepEqual(
      json(["."]).diagnostics.map(({ range }) => range.start.line),
      [6],
    );
  });

  it("is refused with file, line and remedy where it cannot be understood", () => {
    lay({
      "main.py": MAIN,
      "holdfast.toml": 'src = []\nstubs = ["stubs", "nowhere"]\n',
      "stubs/acme.pyi": STUB.replace("@blocks", "@block"),
      "stubs/misled.pyi":
        'from verbs import offloads\n\n\nclass Pool:\n    @offloads("fn")\n    def run(self, func): ...\n',
      "stubs/other.pyi": "from verbs import opens\n\n\n@opens('a door')\ndef knock(): ...\n\n\ndef (\n",
      "stubs/verbs.pyi": "def blocks(what): ...\n",
    });
    const run = holdfast(["check"]);
    assert.equal(run.status, 2);
    assert.equal(run.stdout, "");
    const [missing, verb, misled, door, syntax] = run.stderr.trimEnd().split("\n");
    assert.match(
      missing!,
      /^holdfast: holdfast\.toml:2: stubs: the folder .*nowhere cannot be read: it does not exist; /,
    );
    assert.match(verb!, /^holdfast: stubs\/acme\.pyi:5: block is neither a verb nor .*; did you mean blocks\?$/);
    assert.match(misled!, /^holdfast: stubs\/misled\.pyi:6: run has no parameter "fn"; it has self, func$/);
    assert.match(door! + syntax!, /stubs\/other\.pyi:4: "a door" is not a resource; it is one of "database session"/);
    assert.match(door! + syntax!, /stubs\/other\.pyi:8: this is not valid Python; correct the syntax here/);
  });

  it("is doubted, and nothing more, where the project has no such name", () => {
    lay({
      "holdfast.toml":
        'blocking = ["app.rates.laod", "app.rates.*", "acme.fetch"]\noffloads = ["app.rates.later:fun"]\nignore-calls = ["app.rats.load"]\n',
      "app/__init__.py": "",
      "app/rates.py": "def load():\n    return 1\n\n\ndef later(func):\n    return func\n",
    });
    const run = holdfast(["check"]);
    assert.equal(run.status, 0);
    assert.deepEqual(run.stderr.trimEnd().split("\n"), [
      'holdfast: holdfast.toml:1: blocking: nothing in this project is called "app.rates.laod" (files that are excluded do not count); did you mean "app.rates.load"?',
      'holdfast: holdfast.toml:3: ignore-calls: nothing in this project is called "app.rats.load" (files that are excluded do not count); did you mean "app.rates.load"?',
      'holdfast: holdfast.toml:2: offloads: app.rates.later has no parameter "fun"; did you mean "app.rates.later:func"?',
    ]);
    assert.equal(holdfast(["check", "--quiet"]).stderr, "");
  });
});

describe("what the settings say by name", () => {
  const NOTHING: Taught = { blocking: [], offloads: [], ignored: [] };
  const project = (taught: Partial<Taught>): Project =>
    Project.create({
      parser: nativeParser,
      knowledge: loadShippedKnowledge(),
      roots: [""],
      taught: { ...NOTHING, ...taught },
    });
  const lines = (snapshot: Project): number[] => findingsIn(snapshot).map(({ range }) => range.start.line);
  const MAIN = "from app.api import save\n\n\nasync def main():\n    save()\n";
  const SAVE = { name: "app.api.save", kind: "network", what: "a network reply" } as const;

  it("follows the function when it moves", () => {
    const one = project({ blocking: [SAVE] }).update([
      { path: "app/__init__.py", text: "" },
      { path: "app/api.py", text: "from app.one import save\n" },
      { path: "app/one.py", text: "def save():\n    pass\n" },
      { path: "app/main.py", text: MAIN },
    ]);
    assert.deepEqual(lines(one), [5]);
    const two = one.update([
      { path: "app/api.py", text: "from app.two import keep as save\n" },
      { path: "app/two.py", text: "def keep():\n    pass\n" },
    ]);
    assert.deepEqual(lines(two), [5]);
    assert.deepEqual(two.unknownNames(), []);
    const gone = two.update([{ path: "app/api.py", text: "" }]);
    assert.deepEqual(lines(gone), []);
    assert.deepEqual(
      gone.unknownNames().map(({ name }) => name),
      ["app.api.save"],
    );
    assert.deepEqual(lines(one), [5], "earlier snapshots stay as they were");
  });

  it("wins over what a stub says of a library, and only for what is named", () => {
    const text = "import requests\n\n\nasync def main():\n    requests.get('x')\n    requests.post('x')\n";
    const files = [{ path: "main.py", text }];
    assert.deepEqual(lines(project({}).update(files)), [5, 6]);
    assert.deepEqual(lines(project({ ignored: ["requests.get"] }).update(files)), [6]);
    assert.deepEqual(lines(project({ ignored: ["requests.*"] }).update(files)), []);
    const disk = { name: "requests.get", kind: "disk", what: "the disk" } as const;
    const [first] = findingsIn(project({ blocking: [disk] }).update(files));
    assert.match(first!.message, /waits for the disk/);
  });

  it("frees what opens a session or reads a request from every suspicion", () => {
    const text = [
      "from flask import Flask, request",
      "from sqlalchemy.orm import Session",
      "",
      "app = Flask(__name__)",
      "",
      "",
      "def session():",
      "    return Session()",
      "",
      "",
      "def body():",
      "    return request.get_json()",
      "",
      "",
      '@app.post("/")',
      "def post():",
      "    db = session()",
      '    db.add(body()["x"])',
      "    return {}",
      "",
    ].join("\n");
    const files = [{ path: "main.py", text }];
    assert.deepEqual(lines(project({}).update(files)), [17, 18]);
    assert.deepEqual(lines(project({ ignored: ["main.session", "main.body"] }).update(files)), []);
  });

  it("leaves alone what has no name in the project, and doubts only what should have one", () => {
    const files = [
      { path: "app/__init__.py", text: "" },
      {
        path: "app/data.py",
        text: "class Store:\n    def get(self): ...\n\n\nclass Mine(Store): ...\n\n\nclient = object()\n",
      },
    ];
    const names = (ignored: readonly string[]): string[] =>
      project({ ignored })
        .update(files)
        .unknownNames()
        .map(({ name }) => name);
    assert.deepEqual(names(["app.data.Store.get", "app.data.Mine.get", "app.data.client.get", "app.data.*"]), []);
    assert.deepEqual(names(["acme.fetch", "requests.nothing", "sqlalchemy.*"]), []);
    const unknown = ["app.data.Store.put", "app.data", "app.nothing.*", "app.data.Stor.*"];
    assert.deepEqual(names(unknown), unknown);
  });
});
