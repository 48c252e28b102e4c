import assert from "node:assert/strict";
import * as vscode from "vscode";
import { findingsIn, MAIN, openFile, putEverythingBack, replaceText, until } from "./workspace.ts";

describe("the extension", () => {
  afterEach(putEverythingBack);

  it("starts with the first Python file", async () => {
    const extension = vscode.extensions.getExtension("holdfast.holdfast");
    assert.ok(extension, "holdfast.holdfast is installed");
    await openFile(MAIN);
    await until("it says something", () => findingsIn(MAIN).length > 0);
    assert.equal(extension.isActive, true);
  });

  it("has its commands", async () => {
    await openFile(MAIN);
    await until("it has started", () => findingsIn(MAIN).length > 0);
    const commands = await vscode.commands.getCommands(true);
    assert.deepEqual(
      ["holdfast.restart", "holdfast.showOutput"].filter((it) => !commands.includes(it)),
      [],
    );
  });

  it("shows its output when asked, as a click on the status item does", async () => {
    await openFile(MAIN);
    await until("it has started", () => findingsIn(MAIN).length > 0);
    await vscode.commands.executeCommand("holdfast.showOutput");
    await vscode.commands.executeCommand("workbench.action.closePanel");
  });

  it("finds the same after a restart, and goes on following edits", async () => {
    const main = await openFile(MAIN);
    await until("both calls are found", () => findingsIn(MAIN).length === 2);
    await vscode.commands.executeCommand("holdfast.restart");
    await until("both are found again", () => findingsIn(MAIN).length === 2);
    await replaceText(main, "time.sleep(1)", "pass");
    await until("the cured one is gone", () => findingsIn(MAIN).length === 1);
  });
});
