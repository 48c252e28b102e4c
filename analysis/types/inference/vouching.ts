/**
 * Where data of a request needs no schema, told by the words of the code: it only goes into a log or a trace, its signature says who sent it, a decorator
 * of the handler has checked it, or a parser takes it that refuses what it cannot read.
 *
 * Who signs what he sends is trusted with its shape, also with what is read of it before the signature is verified: the key to verify it with is found that way.
 */
import type { Call, Expression, Statement } from "../../syntax/tree.ts";
import { blocksOf, childExpressions } from "../../syntax/walk.ts";

/** Whether a call writes to a log, a trace or the like whatever it is given: `logger.info(…)`, `span.set_attribute(…)`. */
export function onlyRecords({ callee }: Call): boolean {
  if (callee.kind === "name") return callee.id === "print";
  if (callee.kind !== "attribute") return false;
  const { value, name } = callee;
  const receiver = value.kind === "name" ? value.id : value.kind === "attribute" ? value.name : "";
  return (LOGGERS.test(receiver) && LOGGING.test(name)) || (TRACES.test(receiver) && TRACING.test(name));
}

const LOGGERS = /^_*(log|logger|logging|\w+_logger|\w+_log)$/i;
const LOGGING = /^(debug|info|warn|warning|error|exception|critical|log|trace|success)$/;
const TRACES = /span$|^(scope|sentry_sdk|statsd|metrics)$/i;
const TRACING =
  /^(set_(attributes?|tags?|context|extra|data|baggage)|add_(event|breadcrumb)|increment|gauge|histogram)$/;

/** Whether all that is done in a block is to write to logs and traces. */
export function recordsOnly(body: readonly Statement[]): boolean {
  return body.every((s) => s.kind === "expression" && s.value.kind === "call" && onlyRecords(s.value));
}

/** Whether a call verifies the signature of a request. `whole`: it is given the body. */
export function verifiesSender(call: Call, whole: boolean): boolean {
  const name = call.callee.kind === "attribute" ? call.callee.name : call.callee.kind === "name" ? call.callee.id : "";
  if (SIGNATURE.test(name) && ASKING.test(name)) return true;
  if (!whole) return false;
  if (ASKING.test(name) && SIGNER.test(name)) return true;
  return (
    [call.callee, ...call.args, ...call.keywords.map((k) => k.value)].some(names) ||
    call.keywords.some((k) => SIGNED.test(k.name ?? ""))
  );
}

function names(e: Expression): boolean {
  if (e.kind === "name") return SIGNED.test(e.id);
  if (e.kind === "attribute") return SIGNED.test(e.name) || names(e.value);
  return e.kind === "call" ? names(e.callee) || childExpressions(e).some(names) : false;
}

const SIGNATURE = /signature|hmac/i;
const ASKING = /verif|valid|check/i;
const SIGNER = /verif|webhook|sns|sender/i;
const SIGNED = /signature|hmac|verifier/i;

/** Whether a decorator hands the body of the request to a schema before the function runs: `@request_schema(OrderSchema)`, `@validate(json=Order)`. */
export function checksBody(decorator: Expression): boolean {
  if (decorator.kind !== "call") return false;
  const { callee, args, keywords } = decorator;
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  if (!BODY_CHECKS.test(name) || ELSEWHERE.test(name)) return false;
  const given = [...args, ...keywords.map((k) => k.value)];
  // Names of keys say which have to be there, no more.
  if (!given.some((e) => e.kind === "name" || e.kind === "attribute" || e.kind === "call" || e.kind === "dict"))
    return false;
  const places = given.flatMap((e) => (e.kind === "string" ? [e.value] : [])).concat(keywords.map((k) => k.name ?? ""));
  return !places.some((place) => ELSEWHERE.test(place)) || places.some((place) => /^(json|form|body)/.test(place));
}

const BODY_CHECKS =
  /^(request_schema|json_schema|expects_json|use_kwargs|use_args)$|(^|_)validate(s|d)?(_|$)|(^|_)(json|body|schema)_(validat\w+|required)$/;
const ELSEWHERE = /quer(y|ies)|response|header|cookie|path|match_info|params/;

/** Whether a call says by its name that it checks all of what it is given: `self._check_user_model(data)`. Asking for keys is no check. */
export function saysItChecks({ callee }: Call): boolean {
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  return CHECKING_ALL.test(name) && !/required|missing|present|keys|unique/.test(name);
}

const CHECKING_ALL =
  /^_*validate_\w+$|^_*(check|verify|ensure)_(\w+_)?(model|body|payload|data|json|input|schema|config|params|fields|form)$/;

/** Whether a call takes apart what it is given and fails where it cannot: `tokens.loads(token)`, `parse_order(text)`. */
export function mayRefuse({ callee }: Call): boolean {
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  return REFUSING.test(name);
}

const REFUSING =
  /^_*(loads?|decode|parse|deserialize|unserialize|unsign|strptime|from_?(iso\w*|str|string|hex|json)|(urlsafe_)?b64decode)$|^_*(parse|decode|deserialize|unsign)_|_(parse|decode|loads)$/;

/** Whether `e` stands in a `try` whose handler waits for a value that is wrong: who raises that has looked at what he was given. */
export function expectsRefusal(body: readonly Statement[], e: Expression): boolean {
  const around = body.find((s) => s.start <= e.start && e.end <= s.end);
  if (!around || around.kind === "function" || around.kind === "class") return false;
  if (around.kind === "try" && around.body.some((s) => s.start <= e.start && e.end <= s.end))
    if (around.handlers.some((h) => h.type !== null && waitsForRefusal(h.type))) return true;
  return blocksOf(around).some((block) => expectsRefusal(block, e));
}

function waitsForRefusal(type: Expression): boolean {
  if (type.kind === "collection") return type.items.some(waitsForRefusal);
  const name = type.kind === "name" ? type.id : type.kind === "attribute" ? type.name : "";
  return /^ValueError$|Invalid|Validation|Expired|Malformed|BadSignature|(Parse|Decode|Schema)r?Error$/.test(name);
}

/** Whether a handler only runs for requests that have a body, by what its decorators or its name say: then `request.params` is read for that. */
export function takesBodyOnly(decorators: readonly Expression[], name: string, isMethod: boolean): boolean {
  if (isMethod && /^(post|put|patch)$/.test(name)) return true;
  return decorators.some((d) => {
    if (d.kind !== "call") return false;
    if (d.callee.kind === "attribute" && /^(post|put|patch)$/.test(d.callee.name)) return true;
    const methods = d.keywords.flatMap((k) => (/^(request_)?methods?$/.test(k.name ?? "") ? textsIn(k.value) : []));
    return methods.some((m) => /^(POST|PUT|PATCH)$/.test(m)) && !methods.includes("GET");
  });
}

function textsIn(e: Expression): readonly string[] {
  if (e.kind === "string") return [e.value];
  return e.kind === "collection" ? e.items.flatMap(textsIn) : [];
}
