/**
 * Every fixture says exactly what its comments state: cold, with either parser, with its files in reverse order, after an edit
 * and back, and with each of its files hidden in turn (then it may say less, never more). How to write one: CONTRIBUTING.md.
 *
 * `HOLDFAST_WRITE_AFTER=1` writes the `.after.py` files anew instead of comparing them; read the difference before you commit it.
 */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import type { Finding } from "../lint/finding.ts";
import { describeFinding, findingsIn, fixOnce, plain, projectOf } from "./harness/checking.ts";
import { withoutExpectations } from "./harness/expectations.ts";
import { faultsOfFix } from "./harness/fixing.ts";
import { allFixtures, type Fixture, type SourceFile } from "./harness/fixture.ts";
import { wasmParser } from "./harness/parsers.ts";
import { disagreements } from "./harness/verdict.ts";

const WRITE_AFTER = process.env.HOLDFAST_WRITE_AFTER === "1";
const MOST_ROUNDS = 5;

for (const fixture of allFixtures()) {
  describe(fixture.name, () => {
    const { files } = fixture;

    it("says what its comments state", () => {
      assertStated(files, findingsIn(projectOf(files)));
    });

    it("says the same with the WebAssembly parser", async () => {
      assertStated(files, findingsIn(projectOf(files, await wasmParser())));
    });

    it("says the same after an edit and back", () => {
      const cold = findingsIn(projectOf(files)).map(plain);
      let project = projectOf(files);
      findingsIn(project);
      for (const file of files) {
        project = project.update([{ path: file.path, text: `def added_above():\n    return 1\n\n\n${file.text}` }]);
        findingsIn(project);
        project = project.update([{ path: file.path, text: file.text }]);
      }
      assert.deepEqual(findingsIn(project).map(plain), cold);
    });

    if (files.length > 1) {
      it("does not depend on the order of its files", () => {
        const forward = findingsIn(projectOf(files)).map(plain);
        assert.deepEqual(findingsIn(projectOf([...files].reverse())).map(plain), forward);
      });

      it("says less, never more, with a file hidden", () => {
        const all = new Set(findingsIn(projectOf(files)).map(identity));
        for (const hidden of files) {
          const seen = findingsIn(projectOf(files.filter((file) => file !== hidden)));
          const added = seen.map(identity).filter((finding) => !all.has(finding));
          assert.deepEqual(added, [], `without ${hidden.path}`);
        }
      });
    }

    it("offers only fixes that cure their finding and cause no other", () => {
      const project = projectOf(files);
      const faults = findingsIn(project).flatMap((finding) =>
        finding.fixes.flatMap((fix) => {
          const own = faultsOfFix(project, finding, fix, (snapshot) => findingsIn(snapshot)) ?? [];
          return own.map((fault) => `${describeFinding(finding)}\n      ${fix.title}: ${fault}`);
        }),
      );
      assert.deepEqual(faults, []);
    });

    if (fixture.rule !== null && fixture.after.size > 0) {
      it("is cured by the first fix of each finding", () => assertCured(fixture, fixture.rule!));
    }
  });
}

function assertStated(files: readonly SourceFile[], findings: readonly Finding[]): void {
  const complaints = disagreements(files, findings);
  assert.ok(complaints.length === 0, `\n  ${complaints.join("\n  ")}`);
}

/** What and where, without the path that led there: hiding a file may hide a shorter path. */
function identity(finding: Finding): string {
  return `${finding.file}:${finding.range.start.line}:${finding.range.start.column} ${finding.rule}`;
}

function assertCured(fixture: Fixture, rule: string): void {
  const bare = fixture.files.map((file) => ({ ...file, text: withoutExpectations(file.text) }));
  const ofRule = (files: readonly SourceFile[]) =>
    findingsIn(projectOf(files)).filter((finding) => finding.rule === rule);
  let fixed: SourceFile[] = bare;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = fixOnce(fixed, ofRule(fixed));
    if (next.every((file, index) => file.text === fixed[index]!.text)) break;
    fixed = next;
  }
  for (const file of fixed) {
    const after = fixture.after.get(file.path);
    if (WRITE_AFTER && after) writeFileSync(after.source, file.text);
    else assert.equal(file.text, after?.text ?? bare.find((other) => other.path === file.path)!.text, file.path);
  }
  const project = projectOf(fixed);
  for (const path of project.paths()) {
    assert.deepEqual(project.file(path)?.errors, [], `${path} parses after the fix`);
  }
  assert.deepEqual(ofRule(fixed).map(identity), [], "silent after the fix");
}
