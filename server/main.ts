/**
 * The language server's program: `node dist/server.js --stdio`, or `--node-ipc`, `--socket=PORT`, `--pipe=NAME` as clients like it.
 * `holdfast server` runs the same file.
 */
import { createConnection } from "vscode-languageserver/node";
import { loadShippedKnowledge } from "../host/knowledge.ts";
import { loadParser } from "../host/parser.ts";
import { logError } from "./handlers.ts";
import { type LoadEngine, serve } from "./session.ts";
import { HeapTidying } from "./tidying.ts";

const TRANSPORTS = /^--(stdio|node-ipc|socket|pipe)(=|$)/;
const EXIT_USAGE = 2;

if (process.argv.some((argument) => TRANSPORTS.test(argument))) run();
else {
  console.error("holdfast server: say how to talk to it: --stdio, --node-ipc, --socket=PORT or --pipe=NAME");
  process.exitCode = EXIT_USAGE;
}

function run(): void {
  const connection = createConnection();
  // An error nobody caught costs one answer, not the conversation.
  process.on("unhandledRejection", (error) => logError(connection, "unexpected", error));
  process.on("uncaughtException", (error) => logError(connection, "unexpected", error));
  const loadEngine: LoadEngine = async (parser) => ({
    parser: await loadParser(parser === "wasm" || parser === "native" ? parser : "any"),
    knowledge: loadShippedKnowledge(),
  });
  serve(connection, loadEngine, new HeapTidying());
  connection.listen();
}
