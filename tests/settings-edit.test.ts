/** Switching a rule off in a settings file: what is in it stays as it is. */
import assert from "node:assert/strict";
import { switchRuleOff } from "../host/settings-edit.ts";

const RULE = "async/blocking-call";

function edited(text: string, isPyproject = true): string | null {
  const insertion = switchRuleOff(text, RULE, isPyproject);
  return insertion && text.slice(0, insertion.offset) + insertion.text + text.slice(insertion.offset);
}

describe("switching a rule off in a settings file", () => {
  it("adds it to the list that is there, in the layout that is there", () => {
    const table = "[tool.holdfast]\n";
    assert.equal(
      edited(`${table}ignore = ["db"]  # why\nsrc = ["a"]\n`),
      `${table}ignore = ["db", "${RULE}"]  # why\nsrc = ["a"]\n`,
    );
    assert.equal(edited(`${table}ignore = []\n`), `${table}ignore = ["${RULE}"]\n`);
    assert.equal(
      edited(`${table}ignore = [\n  'db',  # not ours ]\n  "http",  # later\n]\n`),
      `${table}ignore = [\n  'db',  # not ours ]\n  "http",\n  "${RULE}",  # later\n]\n`,
    );
    assert.equal(
      edited(`${table}ignore = [\r\n\t"db"\r\n]\r\n`),
      `${table}ignore = [\r\n\t"db",\r\n\t"${RULE}"\r\n]\r\n`,
    );
  });

  it("adds the list to the table that is there", () => {
    assert.equal(
      edited('# about\n[tool.holdfast]  # ours\nselect = ["async"]\n\n[tool.other]\nignore = ["x"]\n'),
      `# about\n[tool.holdfast]  # ours\nignore = ["${RULE}"]\nselect = ["async"]\n\n[tool.other]\nignore = ["x"]\n`,
    );
    assert.equal(edited("[tool.holdfast]"), `[tool.holdfast]\nignore = ["${RULE}"]\n`);
    assert.equal(edited('# ours\n\nsrc = ["a"]\n', false), `# ours\n\nignore = ["${RULE}"]\nsrc = ["a"]\n`);
    assert.equal(edited("", false), `ignore = ["${RULE}"]\n`);
  });

  it("adds the table where there is none", () => {
    assert.equal(edited(""), `[tool.holdfast]\nignore = ["${RULE}"]\n`);
    assert.equal(edited('[project]\nname = "x"'), `[project]\nname = "x"\n\n[tool.holdfast]\nignore = ["${RULE}"]\n`);
    assert.equal(
      edited('[tool.holdfast.rules."db/x"]\nseverity = "off"\n'),
      `[tool.holdfast.rules."db/x"]\nseverity = "off"\n\n[tool.holdfast]\nignore = ["${RULE}"]\n`,
    );
  });

  it("leaves alone what it does not understand, and what is switched off already", () => {
    assert.equal(edited(`[tool.holdfast]\nignore = ["${RULE}"]\n`), null);
    assert.equal(edited('[tool]\nholdfast = { select = ["async"] }\n'), null);
    assert.equal(edited("[tool.holdfast]\nignore = 3\n"), null);
    assert.equal(edited("[tool.holdfast\n"), null);
  });
});
