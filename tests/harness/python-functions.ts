/**
 * Random Python functions that open, close, hand on and lose things, in the ways people write it. Same seed, same functions.
 *
 * They import the module `fake` of `run-functions.py`, where they are run. What `connect(3)` opens is known by its number, which no
 * other opening of the function has. What fails in an `except` or `finally` is left out: there, nothing is called that raises.
 */
import { Choices, idiom, indented, type Lines } from "./python-idioms.ts";
import { generator } from "./random-functions.ts";

export interface PythonFunction {
  readonly name: string;
  /** The class it is a method of. */
  readonly owner: string | null;
  /** Its parameters besides `self`. */
  readonly flags: readonly string[];
  readonly text: string;
}

/** Functions called `f0`, `f1`, ... */
export function makeFunctions(count: number, seed: number): readonly PythonFunction[] {
  const random = generator(seed);
  return Array.from({ length: count }, (_, number) => new Writer(random).write(number));
}

type Kind = "plain" | "generator" | "method" | "async" | "async generator";

/** Where a statement stands. */
interface Place {
  readonly depth: number;
  readonly loop: boolean;
  /** In what may run several times: nothing open is yielded there, because whoever takes it may keep them all. */
  readonly again: boolean;
  readonly cleanup: boolean;
  /** In an `except`. */
  readonly handled: boolean;
  /** Names that hold something, or something closed, whatever way led here. */
  readonly set: ReadonlySet<string>;
}

const NAMES = ["a", "a", "a", "b"];

class Writer extends Choices {
  private kind: Kind = "plain";
  private sites = 0;
  private readonly flags = new Set<string>();
  /** Names set to None somewhere, counted, so that a block can tell what it did. */
  private readonly cleared: string[] = [];
  private lines = 0;
  /** Names that were given something open further up. */
  private readonly opened = new Set<string>();
  /** Whether what it opens is closed with `await`. */
  private awaits = false;

  write(number: number): PythonFunction {
    this.kind = this.pick<Kind>([
      "plain",
      "plain",
      "plain",
      "method",
      "generator",
      "async",
      "async",
      "async generator",
    ]);
    this.awaits = this.kind.startsWith("async") && this.chance(0.6);
    const place: Place = { depth: 0, loop: false, again: false, cleanup: false, handled: false, set: new Set() };
    const start = this.random() < 0.5 ? ["a = None", "b = None"] : ["a = b = None"];
    const body = [...start, ...this.body(place)];
    if (this.kind.endsWith("generator")) body.push("yield 0");
    const isMethod = this.kind === "method";
    const name = `f${number}`;
    const flags = [...this.flags];
    const keyword = this.kind.startsWith("async") ? "async def" : "def";
    const head = `${keyword} ${name}(${[...(isMethod ? ["self"] : []), ...flags].join(", ")}):`;
    const def = [head, ...indented(body)];
    const owner = isMethod ? `Owner${number}` : null;
    const text = `${(owner ? [`class ${owner}:`, ...indented(def)] : def).join("\n")}\n`;
    return { name, owner, flags, text };
  }

  private body(place: Place): Lines {
    return this.chance(0.5)
      ? [...this.idiom(place), ...(this.chance(0.4) ? this.block(place) : [])]
      : this.block(place);
  }

  /** A block and what is certain behind it. */
  private block(place: Place, least = 1): Lines {
    const set = new Set(place.set);
    const found: string[] = [];
    const length = least + Math.floor(this.random() * (place.depth === 0 ? 4 : 2.4));
    for (let i = 0; i < length; i++) {
      const before = this.cleared.length;
      const lines = this.statement({ ...place, set });
      for (const name of this.cleared.slice(before)) set.delete(name);
      for (const line of lines) {
        const opened = /^(a|b)(?:: Any)? = (?:await )?(?:connect|plain|opener|aconnect|pool\.take)\(\d+\)$/.exec(line);
        if (opened) set.add(opened[1]!);
      }
      found.push(...lines);
      this.lines += lines.length;
      if (/^(return|raise|break|continue)\b/.test(lines.at(-1)!)) break;
    }
    return found;
  }

  private statement(place: Place): Lines {
    const { depth, cleanup, loop } = place;
    const name = this.pick(NAMES);
    const isAsync = this.kind.startsWith("async");
    if (cleanup) return this.cleaning(place, name);
    const choices: [number, () => Lines][] = [
      [place.set.has(name) ? 0.7 : 5, () => this.opening(name)],
      [place.set.has(name) ? 5 : 1, () => this.closing(place, name)],
      [2, () => [isAsync && this.chance(0.5) ? "await awork()" : "work()"]],
      [2, () => (place.set.has(name) ? this.using(name) : ["work()"])],
      [0.5, () => this.handing(name)],
      [
        0.4,
        () => ["return"].map((r) => (this.kind.endsWith("generator") ? r : this.chance(0.5) ? r : `return ${name}`)),
      ],
      [0.4, () => [this.pick(["raise Slow()", "raise Lost()", "raise Broken()"])]],
      [0.3, () => ["calm()"]],
      [0.3, () => this.clear(name)],
    ];
    if (loop) choices.push([0.5, () => ["break"]], [0.5, () => ["continue"]]);
    if (this.kind.endsWith("generator"))
      choices.push([1.5, () => [`yield ${place.again ? "0" : this.pick(["0", name])}`]]);
    if (depth < 3 && this.lines < 24) {
      const inner = { ...place, depth: depth + 1 };
      choices.push(
        [1.5, () => this.decision(inner)],
        [1, () => this.loop(inner)],
        [2, () => this.attempt(inner)],
        [1.5, () => this.scoped(inner, name)],
        [1.5, () => this.idiom(inner)],
      );
    }
    return this.weighted(choices);
  }

  private opening(name: string): Lines {
    const site = this.sites++;
    this.opened.add(name);
    if (this.awaits) {
      return this.weighted<Lines>([
        [5, () => [`${name} = await aconnect(${site})`]],
        [0.5, () => [`${name} = await aconnect(${site}) if ask() else None`]],
        [0.4, () => [`${name} = ${name} or await aconnect(${site})`]],
        [0.3, () => ["b = a"]],
      ]);
    }
    return this.weighted<Lines>([
      [5, () => [`${name} = connect(${site})`]],
      [1, () => [`${name} = plain(${site})`]],
      [1, () => [`${name} = opener(${site})`]],
      [1, () => [`${name} = pool.take(${site})`]],
      [0.5, () => [`${name}: Any = connect(${site})`]],
      [0.5, () => [`${name} = connect(${site}) if ask() else None`]],
      [0.4, () => [`a, b = connect(${site}), connect(${this.sites++})`]],
      [0.4, () => [`a = b = connect(${site})`]],
      [0.4, () => [`${name} = ${name} or connect(${site})`]],
      [0.3, () => [`connect(${site})`]],
      [0.3, () => [`connect(${site}).use()`]],
      [0.4, () => [`if (${name} := connect(${site})) is not None:`, "    work()"]],
      [0.3, () => ["b = a"]],
    ]);
  }

  private close(name: string): string {
    return `${this.awaits ? "await " : ""}${name}.close()`;
  }

  private closing(place: Place, name: string): Lines {
    const isSet = place.set.has(name);
    // Without knowing that it is there, closing is asked for first.
    if (!isSet) return this.guarded(name);
    return this.weighted<Lines>([
      [5, () => [this.close(name)]],
      [1, () => (this.awaits ? [`await ashut(${name})`] : [`shut(${name})`])],
      [0.5, () => [`pool.give(${name})`]],
      [1, () => this.guarded(name)],
    ]);
  }

  private guarded(name: string): Lines {
    if (!this.opened.has(name)) return ["calm()"];
    return this.weighted<Lines>([
      [2, () => [`if ${name}:`, `    ${this.close(name)}`]],
      [2, () => [`if ${name} is not None:`, `    ${this.close(name)}`]],
      [0.7, () => (this.awaits ? this.guarded(name) : [`shut_if(${name})`])],
      [0.5, () => [`${name} and ${this.close(name)}`]],
      [0.5, () => [`${this.close(name)} if ${name} else None`]],
      [0.5, () => [`if ${name} is None:`, "    calm()", "else:", `    ${this.close(name)}`]],
      [0.3, () => [`if not ${name}:`, "    calm()", "else:", `    ${this.close(name)}`]],
      [0.4, () => [`if ${name} is not None and ${this.question()}:`, `    ${this.close(name)}`]],
    ]);
  }

  private cleaning(place: Place, name: string): Lines {
    const { handled } = place;
    return this.weighted<Lines>([
      [4, () => (place.set.has(name) ? [this.close(name)] : this.guarded(name))],
      [1, () => ["calm()"]],
      [0.7, () => ["work()"]],
      [0.7, () => (handled && this.chance(0.6) ? ["raise"] : ["raise Lost()"])],
      [handled ? 0.6 : 0.1, () => ["return"]],
      [0.3, () => (place.loop ? [this.pick(["break", "continue"])] : ["calm()"])],
      [0.3, () => [`hold(${name})`]],
      [0.4, () => [`if ${this.question()}:`, `    ${place.set.has(name) ? this.close(name) : "calm()"}`]],
    ]);
  }

  private using(name: string): Lines {
    if (this.awaits) return [this.pick([`await ${name}.use()`, `rows = await ${name}.use()`])];
    return this.weighted<Lines>([
      [3, () => [`${name}.use()`]],
      [1, () => [`look(${name})`]],
      [1, () => [`rows = ${name}.use()`]],
      [0.4, () => [`rows = [${name}.use() for _ in items()]`]],
      [0.3, () => (this.kind.endsWith("generator") ? [`yield ${name}.use()`] : [`return ${name}.use()`])],
    ]);
  }

  private handing(name: string): Lines {
    return this.weighted<Lines>([
      [1, () => [`hold(${name})`]],
      [1, () => [`keep(${name})`]],
      [1, () => [this.kind === "method" ? `self.held = ${name}` : `KEPT.append(${name})`]],
      [0.6, () => (this.kind.endsWith("generator") ? ["calm()"] : [`return ${name}, 1`])],
      [0.4, () => (this.kind.endsWith("generator") ? ["calm()"] : [`return {"held": ${name}}`])],
    ]);
  }

  private clear(name: string): Lines {
    this.cleared.push(name);
    return [`${name} = None`];
  }

  private question(): string {
    if (this.chance(0.6)) return "ask()";
    const flag = this.pick(["p", "q"]);
    this.flags.add(flag);
    return this.chance(0.3) ? `not ${flag}` : flag;
  }

  private decision(place: Place): Lines {
    if (this.chance(0.2)) {
      const cases = ["case 0:", ...indented(this.block(place)), "case 1:", ...indented(this.block(place))];
      const rest = this.chance(0.5) ? ["case _:", ...indented(this.block(place))] : [];
      return ["match pick():", ...indented([...cases, ...rest])];
    }
    const lines = [`if ${this.question()}:`, ...indented(this.block(place))];
    if (this.chance(0.2)) lines.push(`elif ${this.question()}:`, ...indented(this.block(place)));
    if (this.chance(0.5)) lines.push("else:", ...indented(this.block(place)));
    return lines;
  }

  private loop(place: Place): Lines {
    const inner = { ...place, loop: true, again: true };
    const head =
      this.kind.startsWith("async") && this.chance(0.3)
        ? "async for _ in aitems():"
        : this.pick(["for _ in items():", "for _ in items():", "while ask():"]);
    const lines = [head, ...indented(this.block(inner))];
    if (this.chance(0.2)) lines.push("else:", ...indented(this.block(place)));
    return lines;
  }

  private attempt(place: Place): Lines {
    const before = this.cleared.length;
    const body = this.block(place);
    const set = new Set(place.set);
    for (const name of this.cleared.slice(before)) set.delete(name);
    const cleanup = { ...place, cleanup: true, handled: true, set };
    const lines = ["try:", ...indented(body)];
    const heads = this.pick([
      [],
      [],
      ["except Broken:"],
      ["except Slow:", "except Exception:"],
      ["except (Slow, Lost):"],
      ["except Exception:"],
      ["except Exception as error:"],
      ["except:"],
      ["except BaseException:"],
    ]);
    for (const head of heads) lines.push(head, "    caught()", ...marked(indented(this.block(cleanup))));
    if (heads.length > 0 && this.chance(0.2)) lines.push("else:", ...indented(this.block(place)));
    if (heads.length === 0 || this.chance(0.3)) {
      lines.push("finally:", ...marked(indented(this.block({ ...cleanup, handled: false, loop: false }))));
    }
    return lines;
  }

  private scoped(place: Place, name: string): Lines {
    const site = this.sites++;
    this.opened.add(name);
    const other = name === "a" ? "b" : "a";
    const inside = (...names: string[]): Lines =>
      indented(this.block({ ...place, set: new Set([...place.set, ...names]) }));
    if (this.awaits) {
      return this.weighted<Lines>([
        [3, () => [`async with await aconnect(${site}) as ${name}:`, ...inside(name)]],
        [1, () => [`${name} = await aconnect(${site})`, `async with ${name}:`, ...inside(name)]],
        [
          1,
          () => [
            "async with AsyncExitStack() as stack:",
            `    ${name} = await stack.enter_async_context(await aconnect(${site}))`,
            ...inside(name),
          ],
        ],
        [1, () => ["with suppress(Broken):", ...indented(this.block(place))]],
      ]);
    }
    return this.weighted<Lines>([
      [3, () => [`with connect(${site}) as ${name}:`, ...inside(name)]],
      [1, () => [`with closing(plain(${site})) as ${name}:`, ...inside(name)]],
      [1, () => [`with plain(${site}) as ${name}:`, ...inside(name)]],
      [0.7, () => [`with connect(${site}) as ${name}, connect(${this.sites++}) as ${other}:`, ...inside(name, other)]],
      [
        0.7,
        () => [
          "with (",
          `    connect(${site}) as ${name},`,
          `    closing(plain(${this.sites++})) as ${other},`,
          "):",
          ...inside(name, other),
        ],
      ],
      [0.7, () => [`with scope(${site}) as ${name}:`, ...inside(name)]],
      [0.7, () => [`${name} = connect(${site})`, `with ${name}:`, ...inside(name)]],
      [0.7, () => [`${name} = plain(${site})`, `with closing(${name}):`, ...inside(name)]],
      [1, () => ["with suppress(Broken):", ...indented(this.block(place))]],
      [
        0.5,
        () => ["with ExitStack() as stack:", `    ${name} = stack.enter_context(connect(${site}))`, ...inside(name)],
      ],
      [
        0.5,
        () => [
          "with ExitStack() as stack:",
          `    ${name} = plain(${site})`,
          `    stack.callback(${name}.close)`,
          ...inside(name),
        ],
      ],
    ]);
  }

  private idiom(place: Place): Lines {
    const site = this.sites++;
    const name = this.pick(NAMES);
    this.opened.add(name);
    const inner = { ...place, depth: place.depth + 1, set: new Set([...place.set, name]) };
    return idiom(this, {
      name,
      open: this.awaits ? `await aconnect(${site})` : this.pick([`connect(${site})`, `plain(${site})`]),
      close: this.chance(0.85) ? this.close(name) : "calm()",
      inside: () => indented(this.block(inner)),
      insideAgain: () => indented(indented(this.block({ ...inner, again: true }))),
      given: () => this.flags.add("given"),
    });
  }
}

/** Lines of an `except` or `finally`. */
function marked(lines: Lines): Lines {
  return lines.map((line) => (line.endsWith(CLEANUP) ? line : `${line}${CLEANUP}`));
}

const CLEANUP = "  # cleanup";
