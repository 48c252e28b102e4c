import assert from "node:assert/strict";
import * as vscode from "vscode";
import { findingsAt, fixesFor, hoverAt, MAIN, openFile, putEverythingBack, until } from "./workspace.ts";

const THROUGH_HELPER = "helpers.load_rates()";
const DIRECT = "time.sleep(1)";

describe("what a finding offers", () => {
  afterEach(putEverythingBack);

  it("a fix that awaits the asynchronous twin, imports it, and clears the finding", async () => {
    const main = await openFile(MAIN);
    await until("the direct call is found", () => findingsAt(main, DIRECT).length === 1);

    await applyFirstFix(main, DIRECT);
    assert.match(main.getText(), /^ {4}await asyncio\.sleep\(1\)$/m);
    assert.match(main.getText(), /^import asyncio$/m);
    assert.doesNotMatch(main.getText(), /time\.sleep/);
    await until(
      "the finding is gone",
      () => findingsAt(main, "asyncio.sleep(1)").length === 0 && blockingIn(main) === 1,
    );
  });

  it("a fix that moves a project function into a thread, and clears the finding", async () => {
    const main = await openFile(MAIN);
    await until("the call through the helper is found", () => findingsAt(main, THROUGH_HELPER).length === 1);

    await applyFirstFix(main, THROUGH_HELPER);
    assert.match(main.getText(), /^ {4}return await asyncio\.to_thread\(helpers\.load_rates\)$/m);
    assert.match(main.getText(), /^import asyncio$/m);
    await until(
      "only the other finding is left",
      () => blockingIn(main) === 1 && findingsAt(main, DIRECT).length === 1,
    );
  });

  it("a hover that says why and names each step", async () => {
    const main = await openFile(MAIN);
    await until("the call through the helper is found", () => findingsAt(main, THROUGH_HELPER).length === 1);

    const text = await hoverAt(main, findingsAt(main, THROUGH_HELPER)[0]!.range.start);
    assert.match(text, /event loop/i);
    assert.match(text, /load_rates/);
    assert.match(text, /requests\.get/);
  });

  it("no hover where nothing was found", async () => {
    const main = await openFile(MAIN);
    await until("findings have arrived", () => blockingIn(main) === 2);

    const place = main.positionAt(main.getText().indexOf("FastAPI()"));
    assert.equal(await hoverAt(main, place), "");
  });
});

async function applyFirstFix(document: vscode.TextDocument, text: string): Promise<void> {
  const finding = findingsAt(document, text)[0]!;
  const [fix] = await fixesFor(document, finding);
  assert.ok(fix?.edit, `a quick fix is offered at ${text}`);
  assert.ok(await vscode.workspace.applyEdit(fix.edit), `the editor applies "${fix.title}"`);
}

function blockingIn(document: vscode.TextDocument): number {
  return vscode.languages.getDiagnostics(document.uri).filter((it) => it.source === "holdfast").length;
}
