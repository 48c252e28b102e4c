/** How the command line ends. */

export const EXIT = { clean: 0, findings: 1, usage: 2, internal: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A mistake of whoever called: the message is printed as it stands, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
