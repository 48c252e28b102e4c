/** Which packages a corpus has, and the functions each offers to the others. Made before any text, so that calls between packages fit. */
import type { Random } from "../../tests/harness/random.ts";
import { DESCRIPTION } from "./description.ts";

/** A function at the top level of a module that others call. */
export interface Planned {
  readonly module: string;
  readonly name: string;
  readonly isAsync: boolean;
  readonly parameters: readonly string[];
}

export interface Package {
  readonly index: number;
  readonly area: string;
  readonly entity: string;
  /** Dotted name, such as `app.billing.invoice`. */
  readonly module: string;
  readonly isDjango: boolean;
  readonly isCareless: boolean;
  /** Names of its layers. */
  readonly layers: ReadonlySet<string>;
  /** Functions of `service`, those in front calling nobody of another package. */
  readonly services: readonly Planned[];
  /** Functions of `calculations` and `client`. */
  readonly helpers: readonly Planned[];
}

export interface Plan {
  readonly packages: readonly Package[];
  readonly platform: readonly Planned[];
}

/** A plan for about so many lines. */
export function planOf(lines: number, random: Random): Plan {
  const count = Math.max(2, Math.round(lines / DESCRIPTION.linesPerPackage));
  return { packages: Array.from({ length: count }, (_, index) => packageOf(index, random)), platform: PLATFORM };
}

/** Modules everybody uses; `platform.ts` writes them. */
const PLATFORM: readonly Planned[] = [
  planned("app.platform.text", "normalize_reference", false, "name"),
  planned("app.platform.text", "slugify_name", false, "name"),
  planned("app.platform.text", "mask_email", false, "email"),
  planned("app.platform.clock", "utc_now", false),
  planned("app.platform.clock", "start_of_day", false, "name"),
  planned("app.platform.money", "round_amount", false, "amount"),
  planned("app.platform.money", "apply_tax", false, "amount", "name"),
  planned("app.platform.events", "publish_event", true, "name", "values"),
  planned("app.platform.cache", "cached_value", true, "name"),
  planned("app.platform.audit", "record_audit", true, "session", "name"),
  planned("app.platform.http", "fetch_json", true, "name"),
  // Drawn twice as often as the others: the most widely used of all.
  planned("app.platform.operations", "resolve_account", false, "session", "account_id"),
  planned("app.platform.operations", "resolve_account", false, "session", "account_id"),
  planned("app.platform.operations", "current_limits", false, "name"),
];

function packageOf(index: number, random: Random): Package {
  const { areas, entities } = DESCRIPTION;
  const inAreas = index % areas.length;
  const inEntities = Math.floor(index / areas.length);
  const area = areas[inAreas]!;
  // A step that shares no factor with the length of the list meets each entity once before the first comes again.
  const base = entities[(inEntities * 7 + inAreas * 11) % entities.length]!;
  const round = Math.floor(index / (areas.length * entities.length));
  const entity = round === 0 ? base : `${base}_v${round + 1}`;
  const module = `app.${area}.${entity}`;
  const isDjango = random.below(100) < 100 * DESCRIPTION.djangoShare;
  const layers = new Set(
    DESCRIPTION.layers.filter(({ share }) => random.below(100) < 100 * share).map(({ name }) => name),
  );
  const isCareless = random.below(100) < 100 * DESCRIPTION.carelessShare;
  if (isCareless) layers.add("client");
  const verbs = shuffled(DESCRIPTION.verbs, random);
  const noun = entity;
  const services = verbs
    .slice(0, 10)
    .map((verb, i) =>
      planned(`${module}.service`, `${verb}_${noun}`, !isDjango, "session", `${noun}_id`, ...(i % 2 ? ["values"] : [])),
    );
  const helpers = [
    ...(layers.has("calculations")
      ? verbs
          .slice(10, 14)
          .map((verb, i) =>
            planned(`${module}.calculations`, `${verb}_${noun}_total`, false, i % 2 ? "amount" : "values"),
          )
      : []),
    ...(layers.has("client")
      ? verbs
          .slice(14, 17)
          .map((verb, i) => planned(`${module}.client`, `${verb}_remote_${noun}`, i % 3 !== 0 && !isDjango, "name"))
      : []),
  ];
  return { index, area, entity, module, isDjango, isCareless, layers, services, helpers };
}

function planned(module: string, name: string, isAsync: boolean, ...parameters: readonly string[]): Planned {
  return { module, name, isAsync, parameters };
}

export function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const left = [...items];
  return items.map(() => left.splice(random.below(left.length), 1)[0]!);
}
