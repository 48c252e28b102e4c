import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  findingsAt,
  findingsIn,
  HELPERS,
  MAIN,
  openFile,
  putEverythingBack,
  replaceText,
  ruleOf,
  until,
} from "./workspace.ts";

const THROUGH_HELPER = "helpers.load_rates()";
const DIRECT = "time.sleep(1)";
const BLOCKING = "async/blocking-call";

describe("findings in the editor", () => {
  afterEach(putEverythingBack);

  it("appear where blocking work enters the event loop, and nowhere else", async () => {
    const main = await openFile(MAIN);
    await until("main.py has findings", () => findingsIn(MAIN).length > 0);

    const rows = findingsIn(MAIN).map((it) => `${ruleOf(it)}: ${main.lineAt(it.range.start).text.trim()}`);
    assert.deepEqual(rows, [`${BLOCKING}: return ${THROUGH_HELPER}`, `${BLOCKING}: ${DIRECT}`]);
    assert.deepEqual(findingsIn(HELPERS), [], "the helper itself is innocent");
    assert.equal(findingsAt(main, THROUGH_HELPER).length, 1, "the squiggle stays inside the call");
    assert.equal(findingsAt(main, DIRECT).length, 1, "the squiggle stays inside the call");
  });

  it("show the path into the other file", async () => {
    const main = await openFile(MAIN);
    await until("the call through the helper is found", () => findingsAt(main, THROUGH_HELPER).length === 1);
    const finding = findingsAt(main, THROUGH_HELPER)[0]!;

    const inHelper = (finding.relatedInformation ?? []).filter((it) => it.location.uri.path.endsWith(`/${HELPERS}`));
    const last = inHelper.at(-1);
    assert.ok(last, "a step of the path stands in helpers.py");
    const helper = await vscode.workspace.openTextDocument(last.location.uri);
    assert.match(helper.lineAt(last.location.range.start).text, /requests\.get\(/);
  });

  it("follow an edit of another file, unsaved", async () => {
    const main = await openFile(MAIN);
    await until("the call through the helper is found", () => findingsAt(main, THROUGH_HELPER).length === 1);

    const helper = await openFile(HELPERS);
    await replaceText(helper, "requests.get(RATES_URL, timeout=5)", "{}");
    await until("it is gone", () => findingsAt(main, THROUGH_HELPER).length === 0);
    assert.equal(findingsAt(main, DIRECT).length, 1, "the other finding stays");

    await replaceText(helper, "{}", "requests.get(RATES_URL, timeout=5)");
    await until("it is back", () => findingsAt(main, THROUGH_HELPER).length === 1);
  });

  it("follow typing in the file itself", async () => {
    const main = await openFile(MAIN);
    await until("the direct call is found", () => findingsAt(main, DIRECT).length === 1);

    await replaceText(main, "async def slow", "def slow");
    await until("it is gone, as a plain endpoint runs in a thread", () => findingsAt(main, DIRECT).length === 0);
    assert.equal(findingsAt(main, THROUGH_HELPER).length, 1, "the other finding stays");
  });
});
