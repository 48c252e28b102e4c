/**
 * How results leave the extension host: the suite appends one JSON object per line to the file named by the environment variable
 * `HOLDFAST_EDITOR_REPORT`. A file works alike under both launchers and keeps what was said when the editor dies.
 *
 *   {"event":"start","total":3}
 *   {"event":"pass","title":["group","case"],"milliseconds":12}
 *   {"event":"fail","title":["group","case"],"message":"...","stack":"..."}
 *   {"event":"skip","title":["group","case"]}
 *   {"event":"end","passed":2,"failed":1,"skipped":0,"left":0}          "left" were not run
 *   {"event":"crash","message":"..."}        instead of "end", when the suite could not be run
 */
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

export const REPORT_VARIABLE = "HOLDFAST_EDITOR_REPORT";

const START_LIMIT_MS = 60_000;
const SILENCE_LIMIT_MS = 120_000;
const POLL_MS = 100;
/** After the editor is gone, how long its last words may take to appear in the file. */
const LAST_WORDS_MS = 500;

/**
 * Prints results as they arrive until the suite has ended.
 *
 * @param {object} options
 * @param {string} options.path The report file; it need not exist yet.
 * @param {Promise<string>} options.gone Resolves with a reason when the editor has closed or died.
 * @param {(line: string) => void} options.print
 * @param {() => Promise<void>} [options.onFail] Called once per failed test, while the editor still shows its state.
 * @returns {Promise<import("./index.mjs").SuiteOutcome>} Rejects with `NeverStarted` when not a word was heard from the suite.
 */
export async function relayReport({ path, gone, print, onFail = async () => {} }) {
  const reader = lineReader(path);
  const failures = [];
  let group = "";
  let begun = false;
  let lastWord = Date.now();
  let goneBecause;
  let goneAt = 0;
  gone.then((reason) => {
    goneBecause = reason;
    goneAt = Date.now();
  });

  for (;;) {
    for (const event of reader.read().map((line) => JSON.parse(line))) {
      lastWord = Date.now();
      begun = true;
      if (event.title) group = printGroup(event.title, group, print);
      if (event.event === "pass") print(`    ✔ ${event.title.at(-1)} (${event.milliseconds} ms)`);
      if (event.event === "skip") print(`    - ${event.title.at(-1)} (skipped)`);
      if (event.event === "fail") {
        failures.push(event);
        print(`    ${failures.length}) ${event.title.at(-1)}`);
        await onFail();
      }
      if (event.event === "crash") throw new Error(`the editor suite could not be run: ${event.message}`);
      if (event.event === "end") {
        printSummary(event, failures, print);
        const { passed, failed, skipped } = event;
        return { passed, failed, skipped, failures: failures.map(describeFailure) };
      }
    }
    if (goneBecause !== undefined && Date.now() - goneAt > LAST_WORDS_MS) {
      if (!begun) throw new NeverStarted(`the editor closed before the suite started (${goneBecause})`);
      throw new Error(`the editor closed before the suite ended (${goneBecause})`);
    }
    const limit = begun ? SILENCE_LIMIT_MS : START_LIMIT_MS;
    if (Date.now() - lastWord > limit) {
      const silence = `nothing heard for ${limit / 1000} s`;
      if (!begun) throw new NeverStarted(`the editor suite did not start: ${silence}`);
      throw new Error(`the editor suite fell silent: ${silence}`);
    }
    await sleep(POLL_MS);
  }
}

/** The editor could not be brought to run the suite, so nothing is known about the extension. Another editor may do better. */
export class NeverStarted extends Error {
  name = "NeverStarted";
}

function printGroup(title, current, print) {
  const group = title.slice(0, -1).join(" › ");
  if (group !== current) print(`  ${group}`);
  return group;
}

function printSummary({ passed, failed, skipped, left }, failures, print) {
  const others = `${skipped > 0 ? `, ${skipped} skipped` : ""}${left > 0 ? `, ${left} not run any more` : ""}`;
  print(`\n  ${passed} passed, ${failed} failed${others}`);
  for (const [index, failure] of failures.entries()) print(`\n  ${index + 1}) ${indent(describeFailure(failure))}`);
}

function describeFailure({ title, message, stack }) {
  return `${title.join(" › ")}\n${stack?.includes(message) ? stack : `${message}\n${stack ?? ""}`}`.trimEnd();
}

function indent(text) {
  return text.replaceAll("\n", "\n     ");
}

/** Reads the whole lines that were appended since the last call. */
function lineReader(path) {
  let offset = 0;
  let rest = Buffer.alloc(0);
  return {
    /** @returns {string[]} */
    read() {
      if (!existsSync(path)) return [];
      const file = openSync(path, "r");
      try {
        const chunk = Buffer.alloc(64 * 1024);
        for (let size = readSync(file, chunk, 0, chunk.length, offset); size > 0; ) {
          offset += size;
          rest = Buffer.concat([rest, chunk.subarray(0, size)]);
          size = readSync(file, chunk, 0, chunk.length, offset);
        }
      } finally {
        closeSync(file);
      }
      const end = rest.lastIndexOf("\n") + 1;
      const lines = rest.subarray(0, end).toString("utf8").split("\n").filter(Boolean);
      rest = rest.subarray(end);
      return lines;
    },
  };
}
