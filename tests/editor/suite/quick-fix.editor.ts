import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  actionsAt,
  EXPECTED,
  findingAt,
  fixesFor,
  hoverAt,
  MAIN,
  ORDERS,
  openChecked,
  putEverythingBack,
  rangeOf,
  until,
  untilFound,
} from "./workspace.ts";

const [THROUGH_HELPER, DIRECT] = EXPECTED[MAIN];
const [BODY, SESSION] = EXPECTED[ORDERS];

describe("what a finding offers", () => {
  afterEach(putEverythingBack);

  it("a fix that awaits the asynchronous twin, imports it, and clears the finding", async () => {
    const main = await openChecked(MAIN);
    await applyPreferredFix(main, "time.sleep");
    assert.match(main.getText(), /^ {4}await asyncio\.sleep\(1\)$/m);
    assert.match(main.getText(), /^import asyncio$/m);
    assert.doesNotMatch(main.getText(), /time\.sleep/);
    await untilFound(main, [THROUGH_HELPER]);
  });

  it("a fix that moves a project function into a thread, and clears the finding", async () => {
    const main = await openChecked(MAIN);
    await applyFix(main, "helpers.load_rates", /in a thread with/);
    assert.match(main.getText(), /^ {4}return await asyncio\.to_thread\(helpers\.load_rates\)$/m);
    assert.match(main.getText(), /^import asyncio$/m);
    await untilFound(main, [DIRECT]);
  });

  it("a fix that makes a handler a plain function where it awaits nothing, and clears the finding", async () => {
    const main = await openChecked(MAIN);
    await applyFix(main, "helpers.load_rates", /plain def/);
    assert.match(main.getText(), /^def rates\(\) -> dict:$/m);
    await untilFound(main, [DIRECT]);
  });

  it("a fix that gives the body a type, and clears the finding", async () => {
    const orders = await openChecked(ORDERS);
    await applyFix(orders, "request.json()");
    assert.match(orders.getText(), /^class (?!Refund)\w+\(BaseModel\):\n {4}name: /m);
    assert.match(orders.getText(), /^ {4}return \{"name": body\.name\}$/m);
    await untilFound(orders, [SESSION]);
  });

  it("a fix that closes the session on every path, and clears the finding", async () => {
    const orders = await openChecked(ORDERS);
    await applyFix(orders, "SessionLocal()");
    assert.match(orders.getText(), /^ {4}with SessionLocal\(\) as session:$/m);
    await untilFound(orders, [BODY]);
  });

  it("a comment that ignores it, on its line, and clears the finding", async () => {
    const main = await openChecked(MAIN);
    await applyFix(main, "time.sleep", /ignore/i);
    assert.match(main.getText(), /^ {4}time\.sleep\(1\) {2}# holdfast: ignore\[async\/blocking-call\]$/m);
    await untilFound(main, [THROUGH_HELPER]);
  });

  it("its fix again after it was undone", async () => {
    const main = await openChecked(MAIN);
    const before = main.getText();
    await applyPreferredFix(main, "time.sleep");
    await untilFound(main, [THROUGH_HELPER]);
    await vscode.window.showTextDocument(main);
    await vscode.commands.executeCommand("undo");
    await until("one undo takes the whole fix back", () => main.getText() === before);
    await untilFound(main, [THROUGH_HELPER, DIRECT]);
    await applyPreferredFix(main, "time.sleep");
    await untilFound(main, [THROUGH_HELPER]);
  });

  it("a hover that says why and names each step", async () => {
    const main = await openChecked(MAIN);
    const text = await hoverAt(main, findingAt(main, "helpers.load_rates").range.start);
    assert.match(text, /event loop/i);
    assert.match(text, /load_rates/);
    assert.match(text, /requests\.get/);
  });

  it("no hover and no fix where nothing was found", async () => {
    const main = await openChecked(MAIN);
    const place = rangeOf(main, "FastAPI()");
    assert.equal(await hoverAt(main, place.start), "");
    const actions = await actionsAt(main, place);
    assert.deepEqual(
      actions.filter((it) => it.diagnostics?.some(({ source }) => source === "holdfast")).map((it) => it.title),
      [],
    );
  });
});

/** Applies the fix that the editor's "auto fix" would take: there must be exactly one such. */
async function applyPreferredFix(document: vscode.TextDocument, squiggle: string): Promise<void> {
  const fixes = await fixesFor(document, findingAt(document, squiggle));
  const preferred = fixes.filter((it) => it.isPreferred === true);
  assert.deepEqual(titles(preferred), titles(fixes.slice(0, 1)), "the first fix, and no other, is the preferred one");
  await apply(preferred[0]!);
}

/** Applies the first fix offered, or the first whose title matches. */
async function applyFix(document: vscode.TextDocument, squiggle: string, title = /./): Promise<void> {
  const fixes = await fixesFor(document, findingAt(document, squiggle));
  const fix = fixes.find((it) => title.test(it.title));
  assert.ok(fix, `a fix like ${title} is offered at ${squiggle}; there are: ${titles(fixes).join(", ") || "none"}`);
  await apply(fix);
}

async function apply(fix: vscode.CodeAction): Promise<void> {
  assert.ok(await vscode.workspace.applyEdit(fix.edit!), `the editor applies "${fix.title}"`);
}

function titles(fixes: readonly vscode.CodeAction[]): readonly string[] {
  return fixes.map((it) => it.title);
}
