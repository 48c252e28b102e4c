/**
 * Takes a picture of what a person sees at a place in a file: squiggle, hover, light bulb, quick fixes.
 *
 *   node tools/editor-host/screenshot.mjs [--show hover|fixes|applied|problems|nothing] [--workspace DIR] [--extension DIR]
 *        [--scale N] --out PICTURE.png FILE LINE:COLUMN
 *
 * FILE is relative to the workspace; line and column are 1-based. The workspace is copied first, so nothing shown changes it.
 * It works with the served editor only: a picture of a desktop window would need the desktop's own means.
 */
import { cp, mkdir, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { withEditorPage } from "./served.mjs";
import { removeFolder, temporaryFolder } from "./surroundings.mjs";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const SQUIGGLE = ".squiggly-error, .squiggly-warning, .squiggly-info, .squiggly-hint";
const FINDING_LIMIT_MS = 60_000;
const WIDGET_LIMIT_MS = 20_000;
/** Widgets fade in, and a hover's parts arrive one by one. */
const SETTLE_MS = 1_500;

/** What each `--show` does once the cursor is on the finding. */
const SHOWS = {
  nothing: async () => {},
  async hover(page) {
    await page.keyboard.press("Control+K");
    await page.keyboard.press("Control+I");
    await page.locator(".monaco-hover:not(.hidden) .hover-row").first().waitFor({ timeout: WIDGET_LIMIT_MS });
  },
  async fixes(page) {
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget .action").first().waitFor({ timeout: WIDGET_LIMIT_MS });
  },
  async applied(page) {
    await SHOWS.fixes(page);
    await page.keyboard.press("Enter");
    await page.locator(".action-widget").waitFor({ state: "hidden", timeout: WIDGET_LIMIT_MS });
  },
  async problems(page) {
    await page.keyboard.press("Control+Shift+M");
    await page.locator(".markers-panel .monaco-list-row").first().waitFor({ timeout: WIDGET_LIMIT_MS });
  },
};

/**
 * @param {object} options
 * @param {string} options.workspacePath
 * @param {string} options.file Relative to the workspace.
 * @param {number} options.line 1-based, as is `column`.
 * @param {number} options.column
 * @param {string} options.out Where the PNG goes.
 * @param {keyof typeof SHOWS} [options.show]
 * @param {string} [options.extensionPath]
 * @param {number} [options.scale] Device pixels per CSS pixel.
 * @returns {Promise<void>} Rejects, after taking the picture, when what was to be shown did not appear.
 */
export async function takeScreenshot({
  workspacePath,
  file,
  line,
  column,
  out,
  show = "hover",
  extensionPath = REPOSITORY,
  scale = 1,
}) {
  const folder = await temporaryFolder();
  const copy = join(folder, basename(await realpath(workspacePath)));
  await cp(workspacePath, copy, { recursive: true });
  await mkdir(dirname(out), { recursive: true });
  try {
    const place = { extensionPath, workspacePath: copy, file: join(copy, file), line, column, size: { scale } };
    await withEditorPage(place, async (page) => {
      try {
        await page.locator(".monaco-editor .view-line").first().waitFor({ timeout: FINDING_LIMIT_MS });
        await page.locator(SQUIGGLE).first().waitFor({ state: "attached", timeout: FINDING_LIMIT_MS });
        await SHOWS[show](page);
      } finally {
        await page.waitForTimeout(SETTLE_MS);
        await page.screenshot({ path: out });
      }
    });
  } finally {
    await removeFolder(folder);
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      show: { type: "string", default: "hover" },
      workspace: { type: "string", default: join(REPOSITORY, "test-fixtures", "sample") },
      extension: { type: "string", default: REPOSITORY },
      scale: { type: "string", default: "1" },
      out: { type: "string" },
    },
  });
  const [file, place] = positionals;
  const [, line, column] = /^(\d+):(\d+)$/.exec(place ?? "") ?? [];
  if (!file || !line || !values.out || !Object.hasOwn(SHOWS, values.show)) {
    console.error(
      `usage: screenshot.mjs [--show ${Object.keys(SHOWS).join("|")}] [--workspace DIR] --out PICTURE.png FILE LINE:COLUMN`,
    );
    process.exitCode = 2;
    return;
  }
  await takeScreenshot({
    workspacePath: resolve(values.workspace),
    extensionPath: resolve(values.extension),
    out: resolve(values.out),
    show: values.show,
    scale: Number(values.scale),
    file,
    line: Number(line),
    column: Number(column),
  });
  console.log(values.out);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
