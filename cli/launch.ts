/** What `holdfast` runs: the command line, as fast as it can be started. */
import { launch } from "../host/launch.ts";

launch("cli.program.js");
