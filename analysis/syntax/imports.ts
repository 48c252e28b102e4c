/**
 * Import statements, as written: nothing is resolved here.
 */
import { trimmed } from "../base/trimmed.ts";
import { K } from "./grammar.ts";
import type { Reader, ReaderTable, StatementReader } from "./reader.ts";
import type { ImportedName, Statement } from "./tree.ts";

export const importReaders: ReaderTable<StatementReader> = [
  [K.import_statement, readImport],
  [K.import_from_statement, readImportFrom],
  [K.future_import_statement, readFutureImport],
];

function readImport(reader: Reader): Statement {
  const { start, end } = reader.span();
  const names: ImportedName[] = [];
  if (reader.down()) {
    do {
      names.push(readImportedName(reader));
    } while (reader.next());
    reader.up();
  }
  return { kind: "import", start, end, names: trimmed(names) };
}

function readFutureImport(reader: Reader): Statement {
  const { start, end } = reader.span();
  const { names } = readImport(reader) as Extract<Statement, { kind: "import" }>;
  return { kind: "import-from", start, end, module: "__future__", level: 0, star: false, names };
}

function readImportFrom(reader: Reader): Statement {
  const { start, end } = reader.span();
  let module: string | null = null;
  let level = 0;
  let star = false;
  const names: ImportedName[] = [];
  if (reader.down()) {
    do {
      if (reader.kind === K.wildcard_import) star = true;
      else if (module !== null) names.push(readImportedName(reader));
      else {
        const path = pathOf(reader);
        module = path.replace(/^\.+/, "");
        level = path.length - module.length;
      }
    } while (reader.next());
    reader.up();
  }
  return { kind: "import-from", start, end, module: module ?? "", level, star, names: trimmed(names) };
}

function readImportedName(reader: Reader): ImportedName {
  const { start, end } = reader.span();
  if (reader.kind !== K.aliased_import) return { start, end, name: pathOf(reader), alias: null };
  let name = "";
  let alias: string | null = null;
  if (reader.down()) {
    name = pathOf(reader);
    if (reader.next()) alias = reader.source();
    reader.up();
  }
  return { start, end, name, alias };
}

/** `a.b` or `..a.b` under the cursor; Python allows blanks and line continuations between the parts. */
function pathOf(reader: Reader): string {
  return reader.source().replace(/[\s\\]+/g, "");
}
