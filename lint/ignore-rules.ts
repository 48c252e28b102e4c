/**
 * What Holdfast says about its own comments. These are rules like any other for settings and documentation, but the runner fills them in,
 * because only it knows what a comment silenced.
 */
import type { Rule } from "./rule.ts";

export const UNKNOWN_IGNORE: Rule = {
  id: "holdfast/unknown-ignore",
  summary: "An ignore comment that names no rule silences nothing",
  severity: "warning",
  docs: {
    why: "A comment with a mistyped rule, or one that is not understood at all, looks as if it silenced a finding and does not.",
    instead: "Name a rule or a family: `# holdfast: ignore[async/blocking-call]`, `# holdfast: ignore[async]`.",
    bad: "import time\n\nasync def wait():\n    time.sleep(1)  # holdfast: ignore[async/blocking-cal]\n",
    good: "import time\n\nasync def wait():\n    time.sleep(1)  # holdfast: ignore[async/blocking-call]\n",
    silentWhen: [
      "the named rule exists, whether it is switched on or not",
      "it gives no reason, unless `require-reason` asks for one",
    ],
  },
  options: {
    "require-reason": {
      type: "boolean",
      default: false,
      help: "report comments without a reason behind the brackets, too",
    },
  },
  on: "function",
  check: () => [],
};

export const UNUSED_IGNORE: Rule = {
  id: "holdfast/unused-ignore",
  summary: "An ignore comment with nothing left to silence hides the next finding",
  severity: "information",
  unnecessary: true,
  docs: {
    why: "Once the code is cured the comment stays behind, and silences the next real finding on that line unseen.",
    instead: "Remove the comment.",
    bad: "import asyncio\n\nasync def wait():\n    await asyncio.sleep(1)  # holdfast: ignore[async/blocking-call]\n",
    good: "import asyncio\n\nasync def wait():\n    await asyncio.sleep(1)\n",
    silentWhen: ["a rule it names is switched off, or failed on this file", "it names a rule that does not exist"],
  },
  options: {},
  on: "function",
  check: () => [],
};

export const EXPIRED_IGNORE: Rule = {
  id: "holdfast/expired-ignore",
  summary: "An ignore comment whose day is over silences nothing",
  severity: "warning",
  docs: {
    why: "Whoever wrote `until` promised to cure the finding by that day. From the next one on the finding is reported again, and so is the comment.",
    instead: "Cure the finding and remove the comment, or give it a later day and say why.",
    bad: "import time\n\nasync def wait():\n    time.sleep(1)  # holdfast: ignore[async] until 2020-01-31: the new client is not there yet\n",
    good: "import asyncio\n\nasync def wait():\n    await asyncio.sleep(1)\n",
    silentWhen: ["its day has come but is not over", "there is nothing it would silence; then it is unused"],
  },
  options: {},
  on: "function",
  check: () => [],
};

export const suppressionRules: readonly Rule[] = [UNKNOWN_IGNORE, EXPIRED_IGNORE, UNUSED_IGNORE];
