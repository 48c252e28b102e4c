/** The figures as a table for people: what was measured, how it compares with a bare parse, and what it is meant to be. */
import type { Time } from "./clock.ts";
import type { Cost } from "./profile.ts";

export interface Row {
  readonly name: string;
  /** Milliseconds. */
  readonly wall?: number;
  readonly cpu?: number;
  /** Bytes. */
  readonly peak?: number | null;
  /** In words, instead of figures. */
  readonly note?: string;
  readonly aim?: Aim;
}

/** What a figure is meant to be at most. Its clock is the one the aim is about. */
export interface Aim {
  /** What the figure is a multiple of, or its unit: "× cold", "ms". */
  readonly unit: string;
  readonly value: number;
  readonly limit: number;
}

export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

const HEAD = ["", "wall ms", "CPU ms", "× parse", "peak MB", "figure", "aim", ""];

/** `parse` is the time of a bare parse of all files, which the fourth column divides CPU times by. */
export function tableOf(sections: readonly Section[], parse: Time | null): string {
  const body = sections.flatMap(({ title, rows }) => [[title], ...rows.map((row) => cellsOf(row, parse))]);
  const width = Math.max(...[...body].map(([name]) => name!.length));
  return [HEAD, ...body]
    .map(([name, ...cells]) =>
      `${name!.padEnd(width)}${cells.map((cell, i) => (i === 6 ? `  ${cell}` : cell.padStart(i < 4 ? 10 : 22))).join("")}`.trimEnd(),
    )
    .join("\n");
}

/** How many aims are met, and the list of those that are not. */
export function verdictOf(sections: readonly Section[]): string {
  const rows = sections.flatMap((section) => section.rows).filter((row) => row.aim);
  const missed = rows.filter(({ aim }) => !isMet(aim!));
  return `${rows.length - missed.length} of ${rows.length} aims met${missed.length > 0 ? `; missed: ${missed.map(({ name }) => name.trim()).join(", ")}` : ""}`;
}

export function costTable(costs: readonly Cost[]): string {
  const lines = costs.map(
    ({ area, share, ms }) =>
      `  ${area.padEnd(20)}${`${(share * 100).toFixed(1)} %`.padStart(8)}${short(ms).padStart(10)} ms`,
  );
  const top = costs
    .slice(0, 3)
    .map(
      ({ area, functions }, i) =>
        `  ${i + 1}. ${area}: ${functions.map(([name, ms]) => `${name} ${short(ms)} ms`).join("; ")}`,
    );
  return [
    "profile of a cold check, one thread, by self time",
    ...lines,
    "the three largest costs, and the functions in them",
    ...top,
  ].join("\n");
}

export function isMet({ value, limit }: Aim): boolean {
  return value <= limit;
}

export function short(value: number): string {
  if (value === 0) return "0";
  return value < 10 ? value.toFixed(value < 1 ? 2 : 1) : String(Math.round(value));
}

function cellsOf({ name, wall, cpu, peak, note, aim }: Row, parse: Time | null): readonly string[] {
  const cell = (value: number | null | undefined): string =>
    value === undefined || value === null ? "" : short(value);
  if (note !== undefined) return [`  ${name}: ${note}`];
  return [
    `  ${name}`,
    cell(wall),
    cell(cpu),
    cpu === undefined || parse === null ? "" : (cpu / parse.cpu).toFixed(2),
    peak ? String(Math.round(peak / 1e6)) : "",
    aim ? `${short(aim.value)} ${aim.unit}` : "",
    aim ? `≤ ${aim.limit} ${aim.unit}` : "",
    aim ? (isMet(aim) ? "ok" : "missed") : "",
  ];
}
