import assert from "node:assert/strict";
import * as vscode from "vscode";
import { findingsIn, MAIN, openChecked, openFile, putEverythingBack, ruleOf, until } from "./workspace.ts";

const JOBS = "jobs.py";
const SETTINGS = "pyproject.toml";

describe("in a workspace of several folders", () => {
  afterEach(putEverythingBack);

  it("each folder is checked by its own settings", async () => {
    await openChecked(MAIN);
    const jobs = await openFile(JOBS, undefined, "jobs");
    await until("jobs.py has its finding", () => findingsIn(jobs).length > 0);
    assert.deepEqual(findingsIn(jobs).map(ruleOf), ["async/unawaited-coroutine"]);
  });

  it("settings on disk count when they are saved, for their folder alone", async () => {
    const main = await openChecked(MAIN);
    const before = findingsIn(main).length;
    const jobs = await openFile(JOBS, undefined, "jobs");
    const settings = await openFile(SETTINGS, undefined, "jobs");
    const whole = settings.getText();
    await write(settings, whole.replace("async/blocking-call", "async/unawaited-coroutine"));
    try {
      await until("the other rule is heeded", () => findingsIn(jobs).map(ruleOf).join() === "async/blocking-call");
      assert.equal(findingsIn(main).length, before);
    } finally {
      await write(settings, whole);
    }
    await until("and the first again", () => findingsIn(jobs).map(ruleOf).join() === "async/unawaited-coroutine");
  });
});

async function write({ uri }: vscode.TextDocument, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}
