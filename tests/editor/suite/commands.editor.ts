import assert from "node:assert/strict";
import * as vscode from "vscode";
import { noProcessesBecause, processesBelow } from "./processes.ts";
import {
  besideHoldfast,
  EXPECTED,
  findingsIn,
  MAIN,
  openChecked,
  openFile,
  putEverythingBack,
  replaceText,
  until,
  untilFound,
} from "./workspace.ts";

const [THROUGH_HELPER, DIRECT] = EXPECTED[MAIN];

describe("the extension", () => {
  afterEach(putEverythingBack);

  besideHoldfast("starts with the first Python file", async () => {
    const extension = vscode.extensions.getExtension("holdfast.holdfast");
    assert.ok(extension, "holdfast.holdfast is installed");
    const main = await openFile(MAIN);
    await until("it says something", () => findingsIn(main).length > 0);
    assert.equal(extension.isActive, true);
  });

  besideHoldfast("has its commands, and each is named in the command palette", async () => {
    await openChecked(MAIN);
    const expected = [
      "restart",
      "showOutput",
      "checkWorkspace",
      "explainRule",
      "whatIsKnown",
      "showPath",
      "createBaseline",
      "printDebugInformation",
    ].map((it) => `holdfast.${it}`);
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      expected.filter((it) => !registered.includes(it)),
      [],
    );
    const { contributes } = vscode.extensions.getExtension("holdfast.holdfast")!.packageJSON;
    const named = (contributes?.commands ?? []).map((it: { command: string }) => it.command);
    assert.deepEqual(
      expected.filter((it) => !named.includes(it)),
      [],
    );
  });

  it("shows its output when asked, as a click on the status item does", async () => {
    await openChecked(MAIN);
    await vscode.commands.executeCommand("holdfast.showOutput");
    await until("its output channel is visible", () =>
      vscode.window.visibleTextEditors.some(
        (it) => it.document.uri.scheme === "output" && /holdfast/i.test(it.document.uri.path),
      ),
    );
    await vscode.commands.executeCommand("workbench.action.closePanel");
  });

  it("finds the same after a restart, and goes on following edits", async () => {
    const main = await openChecked(MAIN);
    await vscode.commands.executeCommand("holdfast.restart");
    await untilFound(main, [THROUGH_HELPER, DIRECT]);
    await replaceText(main, "time.sleep(1)", "pass");
    await untilFound(main, [THROUGH_HELPER]);
  });

  besideHoldfast("brings a killed server back, with what was typed", async function () {
    const impossible = noProcessesBecause();
    if (impossible !== null) {
      this.test!.title += ` (${impossible})`;
      this.skip();
    }
    const main = await openChecked(MAIN);
    await replaceText(main, "async def slow", "def slow");
    await untilFound(main, [THROUGH_HELPER]);

    const server = serverProcess();
    assert.ok(server !== undefined, "the server runs in a process below the extension host");
    process.kill(server, "SIGKILL");
    await until("another server runs", () => ![undefined, server].includes(serverProcess()));

    await replaceText(main, "def slow", "async def slow");
    await untilFound(main, [THROUGH_HELPER, DIRECT]);
  });
});

/** The process that runs the built server, seen from the extension host these scenarios run in. */
function serverProcess(): number | undefined {
  return processesBelow(process.pid).find((it) => /dist[\\/]server\.js/.test(it.command))?.pid;
}
