/** The processes of this machine, as far as a scenario must know them: who runs below whom, and with which command line. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** The command line, arguments apart by blanks. */
  readonly command: string;
}

/** Why processes cannot be listed here; null where they can. */
export function noProcessesBecause(): string | null {
  return process.platform === "win32" ? "Windows has no process list to read" : null;
}

/** All descendants of a process, nearest first. */
export function processesBelow(ancestor: number): readonly Process[] {
  const all = process.platform === "linux" ? processesOfLinux() : processesOfPs();
  const below: Process[] = [];
  let generation = [ancestor];
  while (generation.length > 0) {
    const children = all.filter((it) => generation.includes(it.parent));
    below.push(...children);
    generation = children.map((it) => it.pid);
  }
  return below;
}

/** Read from /proc, because slim systems have no `ps`. A process may end while we look: it is then left out. */
function processesOfLinux(): readonly Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, "utf8");
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        return [{ pid: Number(name), parent: Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]), command }];
      } catch {
        return [];
      }
    });
}

function processesOfPs(): readonly Process[] {
  return execFileSync("ps", ["-axo", "pid=,ppid=,command="], { encoding: "utf8" })
    .split("\n")
    .flatMap((line) => {
      const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
    });
}
