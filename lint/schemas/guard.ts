/** The question a form has to be asked before its data is used, and the answer to whoever sent what is not valid. */
import type { FileView, FunctionView, RequestFormView } from "../../analysis/index.ts";
import { importer } from "../imports.ts";
import type { ReportFix } from "../rule.ts";
import { answersResponses } from "./answers.ts";

/** The fix that asks a form, right after it is made or where its answer is dropped, and turns the request away; none where that cannot be written there. */
export function guardFixes(form: RequestFormView, fn: FunctionView, file: FileView): readonly ReportFix[] {
  const { asks, dropped, made } = form;
  const { text, path } = file;
  if (!asks) return [];
  const lineStart = text.lastIndexOf("\n", made.span.start - 1) + 1;
  const [, indent, name] = /^([ \t]*)(\w+) = $/.exec(text.slice(lineStart, made.span.start)) ?? [];
  if (indent === undefined || name === undefined) return [];
  const imports = importer(file);
  const answer = answerOf(asks.library, name, fn, file, (dotted) => imports.name(dotted));
  if (!answer) return [];
  const question = `${name}.${asks.name}()`;
  const title = `Turn away what is not valid: if not ${question}`;
  if (dropped) {
    const start = text.lastIndexOf("\n", dropped.span.start - 1) + 1;
    const lead = text.slice(start, dropped.span.start);
    const call = text.slice(dropped.span.start, dropped.span.end);
    if (lead.trim() !== "" || call !== question || !endsLine(text, dropped.span.end)) return [];
    const guard = { file: path, span: dropped.span, text: `if not ${question}:\n${lead}    ${answer}` };
    return [{ title, safe: false, edits: () => [...imports.edits(), guard] }];
  }
  if (!endsLine(text, made.span.end)) return [];
  const end = text.indexOf("\n", made.span.end);
  if (end < 0) return [];
  const guard = {
    file: path,
    span: { start: end, end },
    text: `\n${indent}if not ${question}:\n${indent}    ${answer}`,
  };
  return [{ title, safe: false, edits: () => [...imports.edits(), guard] }];
}

function endsLine(text: string, offset: number): boolean {
  return /^[ \t]*(#.*)?(\r?\n|$)/.test(text.slice(offset));
}

/** The statement that turns a request away; null for libraries whose forms are used in frameworks nobody can tell. */
function answerOf(
  library: string,
  form: string,
  fn: FunctionView,
  file: FileView,
  name: (dotted: string) => string | null,
): string | null {
  const root = library.split(".", 1)[0]!;
  if (root === "django") {
    const wanted = answersResponses(fn, file) ? "django.http.JsonResponse" : "django.core.exceptions.BadRequest";
    const known = name(wanted);
    if (known === null) return null;
    return wanted.endsWith("JsonResponse")
      ? `return ${known}({"errors": ${form}.errors}, status=400)`
      : `raise ${known}(${form}.errors.as_json())`;
  }
  if ((root === "wtforms" || root === "flask_wtf") && file.importer("flask") === "file") {
    const abort = name("flask.abort");
    return abort && `${abort}(400, str(${form}.errors))`;
  }
  return null;
}
