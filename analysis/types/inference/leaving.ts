/** What the text of statements says about how they are left. */
import type { Expression, Statement } from "../../syntax/tree.ts";

/** Whether a `break` leaves the loop that has this body. */
export function breaksOut(body: readonly Statement[]): boolean {
  return body.some((s) => {
    switch (s.kind) {
      case "break":
        return true;
      case "if":
        return breaksOut(s.body) || breaksOut(s.orelse);
      case "with":
        return breaksOut(s.body);
      case "for":
      case "while":
        return breaksOut(s.orelse);
      case "try":
        return [s.body, s.orelse, s.finalbody, ...s.handlers.map((h) => h.body)].some(breaksOut);
      case "match":
        return s.cases.some((c) => breaksOut(c.body));
      default:
        return false;
    }
  });
}

/** Running a loop inside of a loop raises a `RuntimeError`. */
export function catchesNesting(type: Expression): boolean {
  if (type.kind === "collection") return type.items.some(catchesNesting);
  return type.kind === "name" && type.id === "RuntimeError";
}
