/** What editors run: the language server, as fast as it can be started. */
import { launch } from "../host/launch.ts";

launch("server.program.js", true);
