/** Writes one Python module: collects its imports while its lines are made, and draws everything that is left to chance. */
import type { Random } from "../../tests/harness/random.ts";
import { DESCRIPTION } from "./description.ts";
import type { Package, Planned } from "./plan.ts";

export class Writer {
  readonly random: Random;
  /** Null for modules that belong to no package. */
  readonly package: Package | null;
  private readonly imports = new Map<string, Set<string>>();
  private readonly modules = new Set<string>();
  private readonly body: string[] = [];
  private readonly recent: string[] = [];
  private fresh = 0;
  private count = 0;

  constructor(random: Random, owner: Package | null) {
    this.random = random;
    this.package = owner;
  }

  /** Lines so far, imports included. */
  get lines(): number {
    return this.count + this.imports.size + this.modules.size + 2;
  }

  // ------------------------------------------------------------------------------------------------ words

  get e(): string {
    return this.package?.entity ?? "record";
  }

  get E(): string {
    return pascal(this.e);
  }

  /** Another one than those given last, so that no statement names one twice. */
  field(): string {
    let field = this.random.of(DESCRIPTION.fields);
    while (this.recent.includes(field)) field = this.random.of(DESCRIPTION.fields);
    this.recent.push(field);
    if (this.recent.length > 8) this.recent.shift();
    return field;
  }

  word(): string {
    return this.random.of(DESCRIPTION.words);
  }

  verb(): string {
    return this.random.of(DESCRIPTION.verbs);
  }

  number(limit = 100): number {
    return 1 + this.random.below(limit);
  }

  chance(share: number): boolean {
    return this.random.below(10_000) < share * 10_000;
  }

  /** A name no other statement of the module has. */
  name(stem: string): string {
    this.fresh++;
    return this.fresh % 3 === 0 ? `${stem}_${this.word()}` : stem;
  }

  // ------------------------------------------------------------------------------------------------ imports and lines

  use(module: string, name?: string): void {
    if (name === undefined) this.modules.add(module);
    else {
      const names = this.imports.get(module) ?? new Set();
      this.imports.set(module, names.add(name));
    }
  }

  /** A call of a planned function with arguments that fit, awaited where it is a coroutine and the caller may. */
  call(planned: Planned, isAsync: boolean): string {
    this.use(planned.module, planned.name);
    const text = `${planned.name}(${planned.parameters.map((parameter) => argumentFor(parameter, this)).join(", ")})`;
    return planned.isAsync && isAsync ? `await ${text}` : text;
  }

  /** Adds lines, indented by `depth` steps. */
  add(text: string, depth = 0): void {
    const indent = "    ".repeat(depth);
    for (const line of text.split("\n").flatMap((each) => (each === "" ? [""] : folded(`${indent}${each}`)))) {
      this.body.push(line);
      this.count++;
    }
  }

  text(): string {
    const plain = [...this.modules].sort().map((module) => `import ${module}`);
    const named = [...this.imports]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([module, names]) => `from ${module} import ${[...names].sort().join(", ")}`);
    const head = [...plain, ...named].map((line) => (line.length > 110 ? wrapped(line) : line));
    return `${[...head, ...(head.length > 0 ? [""] : []), ...this.body].join("\n").trimEnd()}\n`;
  }
}

export function pascal(name: string): string {
  return name
    .split("_")
    .map((part) => part[0]!.toUpperCase() + part.slice(1))
    .join("");
}

/** A line that is too long, folded as formatters do: the arguments of its outermost bracket on lines of their own. */
function folded(line: string): readonly string[] {
  if (line.length <= MOST_CHARACTERS || /^\s*(?:#|"""|for |if |return \(|[\w, ]+\) ->)/.test(line)) return [line];
  const indent = /^ */.exec(line)![0];
  let depth = 0;
  let open = -1;
  let quote = "";
  const cuts: number[] = [];
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (quote !== "") {
      if (char === quote) quote = "";
    } else if (char === '"') quote = char;
    else if ("([{".includes(char) && depth++ === 0) {
      open = i;
      cuts.length = 0;
    } else if (char === "," && depth === 1) cuts.push(i);
    else if (")]}".includes(char) && --depth === 0 && i - open > 30) {
      // A comprehension or a single argument stays whole.
      const inside = [open, ...cuts, i];
      const parts = inside.slice(1).map((end, part) => line.slice(inside[part]! + 1, end).trim());
      const comma = parts.some((part) => / for /.test(part) || part.startsWith("*")) ? "" : ",";
      return [
        line.slice(0, open + 1),
        ...parts.map((part, n) => `${indent}    ${part}${n < parts.length - 1 ? "," : comma}`),
        `${indent}${line.slice(i)}`,
      ];
    }
  }
  return [line];
}

const MOST_CHARACTERS = 79;

function wrapped(line: string): string {
  const [from, names] = line.split(" import ") as [string, string];
  return `${from} import (\n    ${names.split(", ").join(",\n    ")},\n)`;
}

function argumentFor(parameter: string, writer: Writer): string {
  if (parameter === "session") return "session";
  if (parameter.endsWith("_id")) return `${writer.e}_id`;
  if (parameter === "amount" || parameter === "quantity") return String(writer.number());
  if (parameter === "values") return "values";
  return `"${writer.word()}"`;
}
