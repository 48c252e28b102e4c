/** Every rule, found by its file. Written by tools/build.mjs; an edit here is lost. */
import type { Rule } from "../lint/rule.ts";
import { rule as asyncBlockingCall } from "./async/blocking-call.ts";
import { rule as dbLeakedSession } from "./db/leaked-session.ts";
import { rule as requestUnvalidatedBody } from "./request/unvalidated-body.ts";

export const rules: readonly Rule[] = [asyncBlockingCall, dbLeakedSession, requestUnvalidatedBody];
