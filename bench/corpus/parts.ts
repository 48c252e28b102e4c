/** Pieces that modules of several layers have. */
import type { Package } from "./plan.ts";
import type { Writer } from "./writer.ts";

/** Calls `write` with 0, 1, 2 … until the module has about so many lines, at least `least` times. */
export function until(w: Writer, lines: number, write: (n: number) => void, least = 1): void {
  for (let n = 0; n < least || w.lines < lines; n++) write(n);
}

export function logger(w: Writer): void {
  w.use("logging");
  w.add("logger = logging.getLogger(__name__)\n\n");
}

export function docstring(w: Writer, share: number): void {
  if (!w.chance(share)) return;
  if (w.chance(0.6)) w.add(`"""${w.verb()} the ${w.field()} of a ${w.word()} ${w.e}."""`, 1);
  else
    w.add(
      `"""${w.verb()} the ${w.field()} of a ${w.word()} ${w.e}.\n\nThe ${w.field()} is ${w.word()} unless its ${w.field()} says otherwise,\nand a ${w.word()} ${w.field()} is taken as it is.\n\nArgs:\n    session: where its rows are.\n    ${w.field()}: ${w.word()}, if any.\n\nRaises:\n    ${w.E}NotFound: there is none.\n"""`,
      1,
    );
}

export function annotated(parameter: string, owner: Package, w: Writer): string {
  if (parameter === "session") return owner.isDjango ? "session" : "session: AsyncSession";
  return parameter === "values" ? "values: dict" : `${parameter.replace(/^.*_id$/, `${w.e}_id`)}: int`;
}

export function entityImports(w: Writer, owner: Package, all = true): void {
  w.use(`${owner.module}.models`, w.E);
  if (all) {
    for (const name of ["NotFound", "NotPermitted", "Conflict"]) w.use(`${owner.module}.exceptions`, `${w.E}${name}`);
    if (owner.layers.has("enums")) w.use(`${owner.module}.enums`, `${w.E}Status`);
  }
  if (owner.isDjango) w.use("django.db", "transaction");
  else {
    if (all) w.use(`${owner.module}.repository`, `${w.E}Repository`);
    w.use("sqlalchemy", "select");
    w.use("sqlalchemy.exc", "IntegrityError");
    w.use("sqlalchemy.ext.asyncio", "AsyncSession");
  }
}
