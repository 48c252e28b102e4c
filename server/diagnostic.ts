/** A finding as the protocol's diagnostic, and back: which finding a diagnostic or an action speaks of. */
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticTag,
  type Location,
} from "vscode-languageserver";
import { hashText } from "../analysis/index.ts";
import type { Finding } from "../lint/finding.ts";
import type { ClientAbilities } from "./capabilities.ts";
import { ALL_RULES } from "./explain.ts";
import { toRange, toSeverity } from "./lsp.ts";
import { rulePage } from "./product.ts";
import type { CheckedFile } from "./workspace.ts";

/** The findings of a file as diagnostics, in the order of the text. */
export function diagnosticsOf(checked: CheckedFile, client: ClientAbilities): Diagnostic[] {
  return checked.findings.map((finding) => toDiagnostic(finding, checked, client));
}

/** Names a set of diagnostics by its content: equal names, equal diagnostics. */
export function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  return hashText(JSON.stringify(diagnostics));
}

export function toDiagnostic(finding: Finding, checked: CheckedFile, client: ClientAbilities): Diagnostic {
  const page = client.codeDescription ? rulePage(finding.rule, client) : null;
  const related = client.relatedInformation ? relatedOf(finding, checked, client) : [];
  return {
    range: toRange(checked.file, finding.span, client.encoding),
    severity: toSeverity(finding.severity),
    code: finding.rule,
    ...(page !== null && { codeDescription: { href: page } }),
    source: "holdfast",
    message: finding.confidence === "likely" ? `${finding.message} (likely)` : finding.message,
    ...(client.fadesUnnecessary && UNNECESSARY.has(finding.rule) && { tags: [DiagnosticTag.Unnecessary] }),
    ...(related.length > 0 && { relatedInformation: related }),
    ...(client.diagnosticData && { data: finding.fingerprint }),
  };
}

const UNNECESSARY: ReadonlySet<string> = new Set(
  ALL_RULES.filter(({ unnecessary }) => unnecessary).map(({ id }) => id),
);

/** Where in which document a place of the same project is; null where the file has gone. */
export function locationOf(
  place: Pick<Finding, "file" | "span">,
  checked: CheckedFile,
  client: ClientAbilities,
): Location | null {
  const file = checked.project.file(place.file);
  if (file === undefined) return null;
  return { uri: checked.uriOf(place.file), range: toRange(file, place.span, client.encoding) };
}

function relatedOf(finding: Finding, checked: CheckedFile, client: ClientAbilities): DiagnosticRelatedInformation[] {
  return finding.related.flatMap((step) => {
    const location = locationOf(step, checked, client);
    return location === null ? [] : [{ location, message: step.message }];
  });
}
