/**
 * Takes pictures of what a person sees in VS Code at a place in a file: squiggle, hover, light bulb, the file after the fix.
 *
 *   node tools/editor-host/screenshot.mjs --file app/main.py --at "time.sleep" --hover --light-bulb --apply --out DIR
 *
 *   --workspace DIR   folder to open (the sample project); a copy is opened, so nothing done to it stays
 *   --file FILE       file to show, relative to the workspace
 *   --at TEXT         where the cursor goes: the first place of this text, or LINE:COLUMN (1-based). Without it: the file's beginning
 *   --hover           rest the mouse on that place
 *   --light-bulb      open the list of fixes there (Ctrl+.)
 *   --apply           take the first fix of that list, and wait until a squiggle less is left
 *   --path            show the ways to what the function there waits for
 *   --problems        open the list of problems
 *   --status          open what the status bar says about the language
 *   --web             run the extension as in a browser alone, with its server in a web worker
 *   --quiet           expect no squiggle at that place
 *   --scale N         pixels per pixel (1)
 *   --extension DIR   the extension (this repository, built)
 *   --out DIR         where the pictures go: editor.png, hover.png, light-bulb.png, applied.png,
 *                     path.png, problems.png, status.png, and hover-end.png where the hover must be scrolled
 *
 * Exit code 1 when something that was to be shown did not appear; failed.png then shows what did. Works with the served editor only: a
 * picture of a desktop window would need the desktop's own means.
 */
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, realpath, rm } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { WEB_SETTINGS, withEditorPage } from "./served.mjs";
import { removeFolder, temporaryFolder } from "./surroundings.mjs";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const SIZE = { width: 1400, height: 900 };
const START_LIMIT_MS = 60_000;
const WIDGET_LIMIT_MS = 20_000;
/** Widgets fade in and grow as their parts arrive. */
const STILL_MS = 400;

/** Readable pictures of the code: nothing beside it that moves or is not about it. */
const SETTINGS = {
  "editor.cursorBlinking": "solid",
  "editor.fontSize": 15,
  "editor.hover.delay": 100,
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "workbench.layoutControl.enabled": false,
};

/** In the order in which they are taken. Each leaves the editor as it found it, but for `applied`. */
const SCENES = {
  hover: showHover,
  "light-bulb": showLightBulb,
  path: showPath,
  problems: showProblems,
  status: showStatus,
  applied: applyFix,
};

/**
 * @param {object} options
 * @param {string} options.workspacePath
 * @param {string} options.file Relative to the workspace.
 * @param {string} [options.at] A text of the file, or LINE:COLUMN, 1-based.
 * @param {readonly (keyof typeof SCENES)[]} [options.scenes]
 * @param {boolean} [options.quiet] Nothing is to be squiggled there.
 * @param {boolean} [options.web] The extension runs as in a browser alone.
 * @param {string} options.out Folder for the pictures.
 * @param {string} [options.extensionPath]
 * @param {number} [options.scale] Device pixels per CSS pixel.
 * @param {(line: string) => void} [options.print]
 * @returns {Promise<readonly string[]>} The pictures' paths. Rejects, after taking failed.png, when what was to be shown did not appear.
 */
export async function takeScreenshots({
  workspacePath,
  file,
  at,
  scenes = [],
  quiet = false,
  web = false,
  out,
  extensionPath = REPOSITORY,
  scale = 1,
  print = console.error,
}) {
  const place = placeOf(await readFile(join(workspacePath, file), "utf8"), at, file);
  const folder = await temporaryFolder();
  const copy = join(folder, basename(await realpath(workspacePath)));
  await cp(workspacePath, copy, { recursive: true });
  await mkdir(out, { recursive: true });
  await rm(join(out, "failed.png"), { force: true });

  const options = { extensionPath, workspacePath: copy, file: join(copy, file), ...place, print };
  try {
    return await withEditorPage(
      { ...options, userSettings: { ...SETTINGS, ...(web && WEB_SETTINGS) }, size: { ...SIZE, scale } },
      async (page) => {
        const taken = [];
        const take = async (name) => {
          await page.waitForTimeout(STILL_MS);
          taken.push(join(out, `${name}.png`));
          await page.screenshot({ path: taken.at(-1) });
        };
        try {
          await page.locator(".monaco-editor .view-line").first().waitFor({ timeout: START_LIMIT_MS });
          await page.locator(".monaco-editor .cursor").first().waitFor({ timeout: START_LIMIT_MS });
          if (!quiet) await squiggle(page, at !== undefined, START_LIMIT_MS);
          await take("editor");
          for (const scene of Object.keys(SCENES).filter((it) => scenes.includes(it))) {
            await SCENES[scene](page, (suffix = "") => take(`${scene}${suffix}`));
          }
        } catch (error) {
          await page.screenshot({ path: join(out, "failed.png") });
          throw error;
        }
        return taken;
      },
    );
  } finally {
    await removeFolder(folder);
  }
}

function placeOf(text, at, file) {
  if (at === undefined) return { line: 1, column: 1 };
  const [, line, column] = /^(\d+):(\d+)$/.exec(at) ?? [];
  if (line !== undefined) return { line: Number(line), column: Number(column) };
  const offset = text.indexOf(at);
  if (offset < 0) throw new Error(`${file} does not contain ${JSON.stringify(at)}`);
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: before.at(-1).length + 1 };
}

async function showHover(page, take) {
  const { x, y, height } = await page.locator(".monaco-editor .cursor").first().boundingBox();
  // Two steps, because an editor that starts under a resting mouse sees no movement.
  await page.mouse.move(x + 40, y + height * 3);
  await page.mouse.move(x + 4, y + height / 2);
  await page.locator(".monaco-hover:not(.hidden) .hover-row").first().waitFor({ timeout: WIDGET_LIMIT_MS });
  // What providers say arrives after the diagnostics, in their place first a "Loading...".
  await page.locator(".monaco-hover").getByText("Loading...").waitFor({ state: "hidden", timeout: WIDGET_LIMIT_MS });
  await take();
  const content = page.locator(".monaco-hover:not(.hidden) .monaco-hover-content").first();
  if (await content.evaluate((it) => it.scrollHeight > it.clientHeight + 1)) {
    const box = await content.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    // However far the wheel is turned at once, it counts as one notch.
    for (let notch = 0; notch < 40; notch++) await page.mouse.wheel(0, 120);
    await take("-end");
  }
  await page.mouse.move(SIZE.width - 5, SIZE.height - 60);
  await page.keyboard.press("Escape");
  await page.locator(".monaco-hover:not(.hidden) .hover-row").first().waitFor({ state: "hidden" });
}

async function showLightBulb(page, take) {
  await openFixes(page);
  await take();
  await page.keyboard.press("Escape");
  await page.locator(".action-widget").waitFor({ state: "hidden" });
}

async function showPath(page, take) {
  await page.keyboard.press("F1");
  await page.keyboard.type("Holdfast: Show What This Function Waits For");
  await page.waitForTimeout(STILL_MS);
  await page.keyboard.press("Enter");
  await page.locator(".tree-explorer-viewlet-tree-view .monaco-list-row").first().waitFor({ timeout: WIDGET_LIMIT_MS });
  await take();
  await page.keyboard.press("Control+1");
}

async function showProblems(page, take) {
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel .monaco-list-row").first().waitFor({ timeout: WIDGET_LIMIT_MS });
  await take();
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel").waitFor({ state: "hidden" });
  await page.keyboard.press("Control+1");
}

async function showStatus(page, take) {
  await page.locator('.statusbar-item[id="status.languageStatus"]').hover({ timeout: WIDGET_LIMIT_MS });
  await page.locator(".hover-language-status").first().waitFor({ timeout: WIDGET_LIMIT_MS });
  await take();
  await page.mouse.move(SIZE.width / 2, SIZE.height - 100);
  await page.locator(".hover-language-status").first().waitFor({ state: "hidden" });
}

async function applyFix(page, take) {
  const before = await page.locator(SQUIGGLES).count();
  await openFixes(page);
  await page.keyboard.press("Enter");
  await page.locator(".action-widget").waitFor({ state: "hidden", timeout: WIDGET_LIMIT_MS });
  await page.waitForFunction(
    ([selector, count]) => document.querySelectorAll(selector).length < count,
    [SQUIGGLES, before],
    {
      timeout: WIDGET_LIMIT_MS,
    },
  );
  await take();
}

async function openFixes(page) {
  await page.keyboard.press("Control+.");
  await page.locator(".action-widget .monaco-list-row.action").first().waitFor({ timeout: WIDGET_LIMIT_MS });
}

const SQUIGGLES = ["error", "warning", "info", "hint"].map((it) => `.monaco-editor .squiggly-${it}`).join(", ");

/** Waits for a squiggle: under the cursor, or anywhere. */
async function squiggle(page, underCursor, timeout) {
  const isThere = ([selector, here]) => {
    const squiggles = [...document.querySelectorAll(selector)].map((it) => it.getBoundingClientRect());
    if (!here) return squiggles.length > 0;
    const cursor = document.querySelector(".monaco-editor .cursor").getBoundingClientRect();
    return squiggles.some(
      (it) => it.left <= cursor.right && cursor.left <= it.right && it.top < cursor.bottom && cursor.top < it.bottom,
    );
  };
  await page.waitForFunction(isThere, [SQUIGGLES, underCursor], { timeout }).catch((error) => {
    throw new Error(`no squiggle appeared ${underCursor ? "there" : "in the file"} (${error.message.split("\n")[0]})`);
  });
}

const USAGE =
  "usage: screenshot.mjs --file FILE [--at TEXT|LINE:COLUMN] [--hover] [--light-bulb] [--apply] [--path] [--problems] [--status] [--web] [--quiet] --out DIR";

async function main() {
  const { values } = parseArgs({
    options: {
      workspace: { type: "string", default: join(REPOSITORY, "test-fixtures", "sample") },
      file: { type: "string" },
      at: { type: "string" },
      hover: { type: "boolean", default: false },
      "light-bulb": { type: "boolean", default: false },
      apply: { type: "boolean", default: false },
      path: { type: "boolean", default: false },
      problems: { type: "boolean", default: false },
      status: { type: "boolean", default: false },
      quiet: { type: "boolean", default: false },
      web: { type: "boolean", default: false },
      scale: { type: "string", default: "1" },
      extension: { type: "string", default: REPOSITORY },
      out: { type: "string" },
    },
  });
  if (!values.file || !values.out) throw new Error(USAGE);
  const extensionPath = resolve(values.extension);
  const { main: entry } = JSON.parse(await readFile(join(extensionPath, "package.json"), "utf8"));
  if (!existsSync(join(extensionPath, entry))) throw new Error(`${entry} is not there; run "npm run build" first`);

  const wanted = {
    hover: values.hover,
    "light-bulb": values["light-bulb"],
    path: values.path,
    problems: values.problems,
    status: values.status,
    applied: values.apply,
  };
  const pictures = await takeScreenshots({
    workspacePath: resolve(values.workspace),
    extensionPath,
    file: values.file,
    at: values.at,
    scenes: Object.keys(wanted).filter((it) => wanted[it]),
    quiet: values.quiet,
    web: values.web,
    out: resolve(values.out),
    scale: Number(values.scale),
  });
  for (const picture of pictures) console.log(picture);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
