/** Every rule, found by its file. Written by tools/build.mjs; an edit here is lost. */
import type { Rule } from "../lint/rule.ts";
import { rule as asyncBlockingCall } from "./async/blocking-call.ts";
import { rule as asyncBlockingFileIo } from "./async/blocking-file-io.ts";
import { rule as asyncCpuBoundCall } from "./async/cpu-bound-call.ts";
import { rule as asyncDroppedTask } from "./async/dropped-task.ts";
import { rule as asyncNestedEventLoop } from "./async/nested-event-loop.ts";
import { rule as asyncUnawaitedCoroutine } from "./async/unawaited-coroutine.ts";
import { rule as dbEnginePerRequest } from "./db/engine-per-request.ts";
import { rule as dbLeakedConnection } from "./db/leaked-connection.ts";
import { rule as dbLeakedSession } from "./db/leaked-session.ts";
import { rule as dbSessionHeldWhileStreaming } from "./db/session-held-while-streaming.ts";
import { rule as dbSharedSession } from "./db/shared-session.ts";
import { rule as dbUsedAfterClose } from "./db/used-after-close.ts";
import { rule as httpClientPerRequest } from "./http/client-per-request.ts";
import { rule as httpLeakedClient } from "./http/leaked-client.ts";
import { rule as requestMassAssignment } from "./request/mass-assignment.ts";
import { rule as requestUncheckedSchema } from "./request/unchecked-schema.ts";
import { rule as requestUntypedBody } from "./request/untyped-body.ts";
import { rule as requestUnvalidatedBody } from "./request/unvalidated-body.ts";
import { rule as requestUnvalidatedParameter } from "./request/unvalidated-parameter.ts";

export const rules: readonly Rule[] = [
  asyncBlockingCall,
  asyncBlockingFileIo,
  asyncCpuBoundCall,
  asyncDroppedTask,
  asyncNestedEventLoop,
  asyncUnawaitedCoroutine,
  dbEnginePerRequest,
  dbLeakedConnection,
  dbLeakedSession,
  dbSessionHeldWhileStreaming,
  dbSharedSession,
  dbUsedAfterClose,
  httpClientPerRequest,
  httpLeakedClient,
  requestMassAssignment,
  requestUncheckedSchema,
  requestUntypedBody,
  requestUnvalidatedBody,
  requestUnvalidatedParameter,
];
