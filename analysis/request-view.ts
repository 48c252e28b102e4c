/** Data of a request as rules see it: what is read from it, what it is written to, the forms that hold it. */
import type { FunctionEntity } from "./names/outline.ts";
import type { Placing } from "./resource-view.ts";
import type { BodyRecord, FormRecord } from "./types/record.ts";
import type { RequestFormView, RequestKey, RequestValueView } from "./views.ts";

/** `schema`: a schema class that the project can use, null where it has none. */
export function requestValueView(
  body: BodyRecord,
  entity: FunctionEntity | null,
  schema: RequestValueView["schema"],
  { at, hop }: Placing,
): RequestValueView {
  const parameter = entity?.parameters.find((p) => p.name === body.parameter);
  return {
    kind: body.kind,
    span: at(body),
    text: body.text,
    entry: hop(body, "what the client sent, unchecked"),
    uses: body.uses
      // What goes through the keys only to write them is told by where they are written.
      .filter((use) => use.key !== null || body.assigned.length === 0)
      .map((use) => hop(use, use.message)),
    assigned: body.assigned.map((a) => ({ ...hop(a, "every key the client sends is written"), text: a.text })),
    checked: body.checked,
    keys: keysOf(body, at),
    awaited: body.awaited && at(body.awaited),
    schema,
    parameter: parameter
      ? { name: parameter.name, annotation: parameter.annotation && at(parameter.annotation) }
      : null,
  };
}

export function requestFormView(form: FormRecord, { at, hop }: Placing): RequestFormView {
  const { dropped } = form;
  return {
    made: hop(form, "holds what the client sent"),
    check: form.check,
    uses: form.uses.map((use) => ({ ...hop(use, "takes what nobody has found valid"), text: use.text })),
    dropped: dropped && {
      ...hop(dropped, "the answer is dropped"),
      text: dropped.text,
      raising: dropped.raising === null ? null : { text: dropped.raising, at: at(dropped).end - 1 },
    },
  };
}

function keysOf(body: BodyRecord, at: Placing["at"]): readonly RequestKey[] {
  const keys = new Map<string, RequestKey>();
  for (const use of body.uses) {
    if (use.key === null) continue;
    const { required, fallback, conversion: type } = use;
    const key = keys.get(use.key) ?? { name: use.key, required, fallback, type, spans: [] };
    keys.set(use.key, {
      name: use.key,
      required: key.required || required,
      fallback: key.fallback === fallback ? fallback : "…",
      type: key.type ?? type,
      spans: [...key.spans, at(use)],
    });
  }
  return [...keys.values()];
}
