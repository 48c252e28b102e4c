/**
 * The packages people get: the npm tarball runs in an empty folder, with the native parser and without; the `.vsix` holds what is listed and nothing else.
 * Installing the tarball with its optional packages asks the npm registry; everything else is offline.
 */
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { ROOT } from "./harness/fixture.ts";

const LIMIT_MS = 300_000;
/** In bytes: people install it on trains. */
const LARGEST_VSIX = 2 * 1024 * 1024;
const HELPER = "import requests\n\ndef load():\n    return requests.get('https://a.example').json()\n";
const HANDLER = "from app.rates import load\n\nasync def rates():\n    return load()\n";

describe("the packages", function () {
  this.timeout(LIMIT_MS);
  let folder: string;
  let tarball: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "holdfast-package-"));
    const packed = run("npm", ["pack", "--json", "--pack-destination", folder], ROOT);
    assert.equal(packed.status, 0, packed.stderr);
    // pre-commit and others take what is printed for the name of the package.
    assert.equal(JSON.parse(packed.stdout).length ?? 1, 1, "nothing is printed beside the answer");
    tarball = join(folder, `${manifest.name}-${manifest.version}.tgz`);
    assert.ok(existsSync(tarball), packed.stdout);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it("npm: the tarball holds what is listed and nothing else", () => {
    const listed = run("tar", ["-tzf", tarball], folder).stdout.trim().split("\n").sort();
    const allowed = /^package\/(package\.json|README\.md|CHANGELOG\.md|LICENSE|docs\/rules\/.+\.md|dist\/.+)$/;
    assert.deepEqual(
      listed.filter((file) => !allowed.test(file)),
      [],
    );
    assert.deepEqual(
      listed.filter((file) => file.startsWith("package/dist/")),
      // What package.json names as "main" and "browser" npm takes along whatever is listed.
      [
        "cli.js",
        "cli.program.js",
        "client.js",
        "knowledge.json",
        "server.js",
        "server.program.js",
        "tree-sitter-python.wasm",
        "tree-sitter.wasm",
        "web/client.js",
      ].map((file) => `package/dist/${file}`),
    );
  });

  it("npm: checks a project from an empty folder", () => {
    assertChecks(installed("with-optional", []));
  });

  it("npm: falls back to WebAssembly where the native parser is not installed", () => {
    const project = installed("without-optional", ["--omit=optional"]);
    assert.ok(!existsSync(join(project, "node_modules", "tree-sitter")), "the native parser is not there");
    assertChecks(project);
  });

  it("npm: the server answers from the installed package", async () => {
    const project = installed("served", ["--omit=optional"]);
    const server = join(project, "node_modules", "holdfast", "dist", "cli.js");
    const answer = await firstAnswer(server, {
      jsonrpc: "2.0",
      id: 1,
      method: "initialize",
      params: { capabilities: {} },
    });
    assert.match(answer, /"serverInfo":\{"name":"holdfast"/);
  });

  it("VS Code: the extension holds what is listed and nothing else", () => {
    const vsix = join(folder, "holdfast.vsix");
    const packed = run("npm", ["run", "package", "--", "--out", vsix], ROOT);
    assert.equal(packed.status, 0, packed.stdout + packed.stderr);
    assert.ok(statSync(vsix).size <= LARGEST_VSIX, `the extension is ${statSync(vsix).size} bytes`);
    const names = namesInZip(readFileSync(vsix)).map((name) => name.toLowerCase());
    assert.deepEqual(names.sort(), [
      "[content_types].xml",
      "extension.vsixmanifest",
      "extension/changelog.md",
      "extension/dist/client.js",
      "extension/dist/knowledge.json",
      "extension/dist/server.js",
      "extension/dist/server.program.js",
      "extension/dist/tree-sitter-python.wasm",
      "extension/dist/tree-sitter.wasm",
      "extension/dist/web/client.js",
      "extension/dist/web/server.js",
      "extension/docs/walkthrough.md",
      "extension/license.txt",
      "extension/media/hover.png",
      "extension/media/icon.png",
      "extension/package.json",
      "extension/readme.md",
    ]);
  });

  /** A folder with the tarball installed and a small project in it. */
  function installed(name: string, flags: readonly string[]): string {
    const project = join(folder, name);
    mkdirSync(join(project, "app"), { recursive: true });
    writeFileSync(join(project, "package.json"), "{}");
    writeFileSync(join(project, "app", "rates.py"), HELPER);
    writeFileSync(join(project, "app", "main.py"), HANDLER);
    const result = run("npm", ["install", "--no-audit", "--no-fund", ...flags, tarball], project);
    assert.equal(result.status, 0, result.stderr);
    return project;
  }
});

function assertChecks(project: string): void {
  const checked = run("npx", ["--no-install", "holdfast", "check", "--output-format", "json"], project);
  assert.equal(checked.status, 1, checked.stderr);
  const { diagnostics } = JSON.parse(checked.stdout) as { diagnostics: { file: string; rule: string }[] };
  assert.deepEqual(
    diagnostics.map(({ file, rule }) => `${file} ${rule}`),
    ["app/main.py async/blocking-call"],
  );
}

function run(command: string, args: readonly string[], cwd: string): SpawnSyncReturns<string> {
  return spawnSync(command, args, { cwd, encoding: "utf8", shell: process.platform === "win32" });
}

/** Starts the server, sends one message and gives what it prints up to the first whole answer, or until it ends. */
function firstAnswer(cli: string, message: object): Promise<string> {
  const server = spawn(process.execPath, [cli, "server", "--stdio"], { stdio: "pipe" });
  const body = JSON.stringify(message);
  server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  return new Promise((resolve) => {
    let output = "";
    const add = (text: Buffer): void => {
      output += text.toString("utf8");
      if (/\r\n\r\n.*\}$/s.test(output)) server.kill();
    };
    server.stdout.on("data", add);
    server.stderr.on("data", add);
    server.on("close", () => resolve(output));
  });
}

/** Names of the files in a zip archive, from its central directory (APPNOTE.TXT 4.3.12 and 4.3.16). */
function namesInZip(zip: Buffer): string[] {
  const END = 0x06054b50;
  const ENTRY_BYTES = 46;
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END) end--;
  assert.ok(end >= 0, "it is a zip archive");
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const length = zip.readUInt16LE(at + 28);
    names.push(zip.toString("utf8", at + ENTRY_BYTES, at + ENTRY_BYTES + length));
    at += ENTRY_BYTES + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return names.filter((name) => !name.endsWith("/"));
}
