/**
 * Measures another tool's language server on one project, as `server.ts` does ours: letters typed into a body in the same large file. Run by `peers.ts`; prints one line of JSON.
 *
 *   peer-server.ts FOLDER pull|push PROGRAM ARGUMENT...
 */
import { Editor, EVERYTHING, PLAIN } from "../tests/harness-lsp.ts";
import { headerIn } from "./edits.ts";
import { subjectIn } from "./subject.ts";
import { type Latency, Typist } from "./typist.ts";

/** Few keys, because some take long. */
const TYPED = "bench = 1";

async function measure([root, way, ...program]: readonly string[]): Promise<Latency> {
  const { large } = subjectIn(root!);
  const editor = new Editor(root!, { capabilities: way === "pull" ? EVERYTHING : PLAIN, program });
  try {
    await editor.greet();
    const typist = new Typist(editor, way === "pull", null);
    await typist.open(large);
    const { end, indent } = headerIn(large.text)!;
    return await typist.type(large, end, `${indent}\n`, TYPED);
  } finally {
    editor.kill();
  }
}

measure(process.argv.slice(2)).then((latency) => console.log(JSON.stringify(latency)));
