/**
 * Comments that are meant for us.
 */
import type { Span } from "../base/span.ts";
import type { Comment } from "./tree.ts";

export const COMMENT_MARK = "holdfast:";

/** Comments are rare and the mark is rarer, so the text is searched for it and the reading is only asked whether it is a comment. */
export function commentsOf(text: string, commentAt: (offset: number) => Span | null): Comment[] {
  const comments: Comment[] = [];
  for (let at = text.indexOf(COMMENT_MARK); at >= 0; at = text.indexOf(COMMENT_MARK, at + 1)) {
    const span = commentAt(at);
    if (span === null || comments.at(-1)?.start === span.start) continue;
    const comment = text.slice(span.start, span.end).trimEnd();
    comments.push({ start: span.start, end: span.start + comment.length, text: comment });
  }
  return comments;
}
