/** Where the home folder of this user is. */
import { homedir } from "node:os";

/** Absolute; null for a user without one, which in containers is not rare: Node throws then. */
export function homeFolder(): string | null {
  try {
    return homedir();
  } catch {
    return null;
  }
}
