/**
 * Loaded before a program (`node --import`), ends it by force, or by the signal `END_WITH`, at the step number `END_AT_STEP`, counted from 1, at which it is about to change the disk.
 * Writing a file is two steps: before it, and with half of it written.
 * Where `END_WITH` is `EBUSY`, the program goes on, and the step fails as on a file somebody has mounted.
 */
import fs from "node:fs";

const last = Number(process.env.END_AT_STEP);
let steps = 0;

function step() {
  steps++;
  if (steps !== last) return;
  if (process.env.END_WITH === "EBUSY")
    throw Object.assign(new Error("EBUSY: resource busy or locked"), { code: "EBUSY" });
  process.kill(process.pid, process.env.END_WITH ?? "SIGKILL");
}

const { writeFileSync } = fs;
for (const name of ["mkdirSync", "renameSync", "chmodSync", "rmSync", "appendFileSync"]) {
  const real = fs[name];
  fs[name] = (...args) => {
    step();
    return real(...args);
  };
}
fs.writeFileSync = (path, data, options) => {
  step();
  if (steps === last - 1) writeFileSync(path, data.slice(0, Math.floor(data.length / 2)), options);
  step();
  return writeFileSync(path, data, options);
};
