/**
 * Whether a coding agent runs the command, told by the environment variables that agents set for the commands they run. Nothing is sent anywhere; the answer
 * only chooses a terse format where nobody asked for one.
 */

/**
 * Variables whose presence tells it. `AI_AGENT` and `AGENT` are for any agent (Goose, Amp and Bun's test runner use the latter); the others belong to Claude
 * Code, Cursor, Codex, Gemini CLI, opencode, GitHub Copilot CLI, Augment, Cline and Antigravity. As read in November 2026 in the detection
 * of @vercel/detect-agent 1.2 and in the projects' own threads.
 */
export const AGENT_VARIABLES: readonly string[] = [
  "AI_AGENT",
  "AGENT",
  "CLAUDECODE",
  "CURSOR_AGENT",
  "CODEX_SANDBOX",
  "CODEX_THREAD_ID",
  "GEMINI_CLI",
  "OPENCODE",
  "COPILOT_CLI",
  "AUGMENT_AGENT",
  "CLINE_ACTIVE",
  "ANTIGRAVITY_AGENT",
];

/** A variable that is empty, "0" or "false" counts as not set. */
export function runByAgent(env: Readonly<Record<string, string | undefined>>): boolean {
  return AGENT_VARIABLES.some((name) => !["", "0", "false", undefined].includes(env[name]?.toLowerCase()));
}
