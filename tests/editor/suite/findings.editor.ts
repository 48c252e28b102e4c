import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  besideHoldfast,
  EXPECTED,
  findingAt,
  findingsIn,
  HELPERS,
  MAIN,
  ORDERS,
  openChecked,
  openFile,
  putEverythingBack,
  replaceText,
  untilFound,
} from "./workspace.ts";

const [THROUGH_HELPER, DIRECT] = EXPECTED[MAIN];
const [BODY, SESSION] = EXPECTED[ORDERS];

describe("findings in the editor", () => {
  afterEach(putEverythingBack);

  it("appear where blocking work enters the event loop, and nowhere else", async () => {
    await openChecked(MAIN);
    await openChecked(HELPERS);
  });

  it("appear for an unvalidated body and for a leaked session", async () => {
    await openChecked(ORDERS);
  });

  it("say in words what is wrong", async () => {
    const main = await openChecked(MAIN);
    const { message, severity } = findingAt(main, "helpers.load_rates");
    assert.match(message, /load_rates/);
    assert.match(message, /event loop/);
    assert.match(message, /network/);
    assert.ok(severity <= vscode.DiagnosticSeverity.Warning, "it is drawn as an error or a warning");
    assert.match(findingAt(main, "time.sleep").message, /event loop/);
  });

  besideHoldfast("show the path into the other file", async () => {
    const main = await openChecked(MAIN);
    const { relatedInformation = [] } = findingAt(main, "helpers.load_rates");
    const inHelper = relatedInformation.filter((it) => it.location.uri.path.endsWith(`/${HELPERS}`));
    const last = inHelper.at(-1);
    assert.ok(last, "a step of the path stands in helpers.py");
    const helper = await vscode.workspace.openTextDocument(last.location.uri);
    assert.match(helper.lineAt(last.location.range.start).text, /requests\.get\(/);
    assert.match(helper.getText(last.location.range), /requests\.get/);
  });

  it("follow an edit of the file beside, unsaved", async () => {
    const main = await openChecked(MAIN);
    const helper = await openFile(HELPERS, vscode.ViewColumn.Two);
    await replaceText(helper, "requests.get(RATES_URL, timeout=5)", "{}");
    await untilFound(main, [DIRECT]);
    await replaceText(helper, "{}", "requests.get(RATES_URL, timeout=5)");
    await untilFound(main, [THROUGH_HELPER, DIRECT]);
  });

  it("have followed an edit of the file in front, unsaved, when one returns to theirs", async () => {
    const main = await openChecked(MAIN);
    const helper = await openFile(HELPERS);
    await replaceText(helper, "requests.get(RATES_URL, timeout=5)", "{}");
    await openFile(MAIN);
    await untilFound(main, [DIRECT]);
  });

  it("follow typing in the file itself", async () => {
    const main = await openChecked(MAIN);
    await replaceText(main, "async def slow", "def slow");
    await untilFound(main, [THROUGH_HELPER]);
    await replaceText(main, "def slow", "async def slow");
    await untilFound(main, [THROUGH_HELPER, DIRECT]);
  });

  it("go on while the file is broken off elsewhere", async () => {
    const main = await openChecked(MAIN);
    await replaceText(main, "def threaded() -> dict:", "def threaded(");
    await replaceText(main, "async def slow", "def slow");
    await untilFound(main, [THROUGH_HELPER]);
  });

  it("vanish where a comment says to ignore their rule", async () => {
    const main = await openChecked(MAIN);
    await replaceText(main, "time.sleep(1)", "time.sleep(1)  # holdfast: ignore[async/blocking-call]");
    await untilFound(main, [THROUGH_HELPER]);

    const orders = await openChecked(ORDERS);
    await replaceText(orders, "SessionLocal()\n", "SessionLocal()  # holdfast: ignore[async/blocking-call]\n");
    await untilFound(orders, [BODY, SESSION]);
    await replaceText(orders, "ignore[async/blocking-call]", "ignore[db/leaked-session]");
    await untilFound(orders, [BODY]);
  });

  it("follow a change of a file that is not open", async () => {
    const main = await openChecked(MAIN);
    const helper = vscode.Uri.joinPath(main.uri, "..", "helpers.py");
    const original = await vscode.workspace.fs.readFile(helper);
    const text = new TextDecoder().decode(original);
    try {
      await vscode.workspace.fs.writeFile(helper, new TextEncoder().encode(text.replace("requests.get(", "dict(")));
      await untilFound(main, [DIRECT]);
    } finally {
      await vscode.workspace.fs.writeFile(helper, original);
    }
    await untilFound(main, [THROUGH_HELPER, DIRECT]);
    assert.equal(findingsIn(main).length, 2);
  });
});
