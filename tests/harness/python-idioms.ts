/** What people write again and again around something they open, with something left out now and then; and how chance decides. */

export type Lines = readonly string[];

/** Decides by a stream of numbers from 0 to 1. */
export class Choices {
  protected readonly random: () => number;

  constructor(random: () => number) {
    this.random = random;
  }

  chance(part: number): boolean {
    return this.random() < part;
  }

  pick<T>(of: readonly T[]): T {
    return of[Math.floor(this.random() * of.length)]!;
  }

  weighted<T>(choices: readonly (readonly [number, () => T])[]): T {
    let at = this.random() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, make] of choices) {
      at -= weight;
      if (at < 0) return make();
    }
    return choices[0]![1]();
  }
}

interface Parts {
  readonly name: string;
  readonly open: string;
  readonly close: string;
  /** What is done with it, indented once; and twice, where that may be done several times. */
  readonly inside: () => Lines;
  readonly insideAgain: () => Lines;
  /** Makes it a parameter. */
  readonly given: () => void;
}

export function idiom(choices: Choices, { name, open, close, inside, insideAgain, given }: Parts): Lines {
  return choices.weighted<Lines>([
    [2, () => [`${name} = ${open}`, "try:", ...inside(), "finally:", `    ${close}  # cleanup`]],
    [
      2,
      () => [
        `${name} = None`,
        "try:",
        `    ${name} = ${open}`,
        ...inside(),
        "finally:",
        `    if ${name}${choices.pick(["", " is not None"])}:`,
        `        ${close}  # cleanup`,
      ],
    ],
    [
      1,
      () => {
        given();
        const owned = choices.chance(0.5);
        const test = owned ? "owned" : "given is None";
        return [
          `${name} = given`,
          ...(owned ? ["owned = given is None"] : []),
          `if ${test}:`,
          `    ${name} = ${open}`,
          "try:",
          ...inside(),
          "finally:",
          `    if ${test}:`,
          `        ${close}  # cleanup`,
        ];
      },
    ],
    [
      1,
      () => {
        given();
        return [
          `${name} = given or ${open}`,
          "try:",
          ...inside(),
          "finally:",
          `    if ${name} is not given:`,
          `        ${close}  # cleanup`,
        ];
      },
    ],
    [
      1,
      () => [
        "for _ in items():",
        "    try:",
        `        ${name} = ${open}`,
        "    except Broken:",
        "        caught()",
        "        continue",
        "    try:",
        ...insideAgain(),
        "    finally:",
        `        ${close}  # cleanup`,
        choices.chance(0.5) ? "    break" : "    calm()",
      ],
    ],
    [
      1,
      () => [
        "try:",
        `    ${name} = ${open}`,
        "except Exception:",
        "    caught()",
        choices.pick(["    return", "    raise"]),
        "try:",
        ...inside(),
        "except Exception:",
        "    caught()",
        `    ${close}  # cleanup`,
        "    raise",
        "else:",
        `    ${close}`,
      ],
    ],
    [
      0.7,
      () => ["try:", `    ${name} = ${open}`, "except Broken:", "    caught()", "else:", ...inside(), `    ${close}`],
    ],
    [
      0.7,
      () => [
        "done = False",
        `${name} = ${open}`,
        "try:",
        ...inside(),
        "    done = True",
        "finally:",
        `    if ${choices.pick(["not done", "done"])}:`,
        `        ${close}  # cleanup`,
      ],
    ],
    [
      0.7,
      () => [
        `if (${name} := ${open}) is not None:`,
        "    try:",
        ...indented(inside()),
        "    finally:",
        `        ${close}  # cleanup`,
      ],
    ],
  ]);
}

export function indented(lines: Lines): Lines {
  return lines.map((line) => `    ${line}`);
}
