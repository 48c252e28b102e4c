/**
 * Code that runs only where somebody debugs or tests. It is told by the names of flags, in which people agree well enough: `settings.DEBUG`, `TESTING`,
 * `os.getenv("DEBUG")`, `ENVIRONMENT == "development"`. Such code does what it says, but seldom to real users.
 */
import type { Call, Expression } from "../../syntax/tree.ts";
import type { Inference } from "./state.ts";

/** The fact that what is read runs in a mode for debugging or testing. */
export const DEBUGGING = "(debugging)";

const FLAG = /(^|_)(debug|debugging|testing|test_mode|debug_mode|dev_mode|is_dev|is_test)_*$/i;
const MODE = /^(debug|dev|develop|development|test|testing|local)$/i;

/** Learns from a flag having been set. */
export function learnFromFlag({ frame }: Inference, flag: Expression): void {
  const name =
    flag.kind === "name" ? flag.id : flag.kind === "attribute" ? flag.name : flag.kind === "call" ? askedFor(flag) : "";
  if (FLAG.test(name)) frame.env.learn(DEBUGGING);
}

/** Learns from something being equal to `value`. */
export function learnFromMode({ frame }: Inference, value: Expression | undefined): void {
  if (value?.kind === "string" && MODE.test(value.value)) frame.env.learn(DEBUGGING);
}

/** The setting that `os.getenv("DEBUG")` or `environ.get("DEBUG")` reads. */
function askedFor({ callee, args }: Call): string {
  const [name] = args;
  const reads = callee.kind === "attribute" && /^(get|getenv)$/.test(callee.name);
  return reads && name?.kind === "string" ? name.value : "";
}
