/** The environment tests start commands in: this one, without what changes how Holdfast prints. */
import { AGENT_VARIABLES } from "../../cli/agents.ts";

const OTHERS = [
  "FORCE_COLOR",
  "NO_COLOR",
  "HOLDFAST_DEBUG",
  "GITHUB_WORKSPACE",
  "GITHUB_STEP_SUMMARY",
  "CI_PROJECT_DIR",
];

export function plainEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of [...AGENT_VARIABLES, ...OTHERS]) delete env[name];
  return env;
}
