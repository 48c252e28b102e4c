/** Statements function bodies are made of, by what kind of module they stand in. Each gives a few lines; names that must be there are parameters or `values`. */
import type { Writer } from "./writer.ts";

export interface Where {
  readonly isAsync: boolean;
}

export type Statement = (w: Writer, where: Where) => string;

/** Arithmetic, texts and collections: what may stand in any function that has `values`. */
export const PLAIN: readonly Statement[] = [
  (w) => `${w.name("total")} = sum(item["${w.field()}"] for item in values.get("${w.field()}", []))`,
  (w) => `${w.name("label")} = str(values.get("${w.field()}", "${w.word()}")).strip().lower()`,
  (w) => `${w.name(w.field())} = values["${w.field()}"] or ${w.number()}`,
  (w) => `${w.name("limit")} = max(${w.number()}, int(values.get("${w.field()}", ${w.number()})))`,
  (w) => {
    const field = w.field();
    return `if values.get("${field}") is None:\n    values["${field}"] = "${w.word()}"`;
  },
  (w) => {
    const field = w.field();
    return `if "${field}" in values and values["${field}"] == "${w.word()}":\n    values = {**values, "${w.field()}": ${w.number()}}`;
  },
  (w) => {
    const rows = w.name("rows");
    return `${rows} = []\nfor key, value in values.items():\n    if key.startswith("${w.word()}"):\n        continue\n    ${rows}.append((key, value))`;
  },
  (w) => `logger.info("${w.verb()} ${w.e} with %s", values["${w.field()}"])`,
  (w) =>
    `logger.debug("${w.word()} ${w.field()}", extra={"${w.field()}": values["${w.field()}"], "${w.field()}": ${w.number()}})`,
  (w) => {
    w.use("json");
    return `${w.name("payload")} = json.dumps({"${w.field()}": values["${w.field()}"], "${w.field()}": "${w.word()}"}, sort_keys=True)`;
  },
  (w) => {
    w.use("datetime", "datetime");
    w.use("datetime", "timezone");
    return `${w.name("now")} = datetime.now(timezone.utc)`;
  },
  (w) => {
    w.use("datetime", "timedelta");
    return `${w.name("window")} = timedelta(days=${w.number(30)}, hours=${w.number(24)})`;
  },
  (w) =>
    `result = {\n    "${w.field()}": values.get("${w.field()}"),\n    "${w.field()}": values.get("${w.field()}", ${w.number()}),\n    "${w.field()}": "${w.word()}",\n    "${w.field()}": ${w.number()},\n}`,
  (w) => `# The ${w.field()} of a ${w.word()} ${w.e} is kept apart from its ${w.field()}.`,
  (w) => {
    w.use("decimal", "Decimal");
    return `${w.name("share")} = Decimal(str(values.get("${w.field()}", 0))) / Decimal("${w.number()}")`;
  },
  (w) => {
    const kept = w.name("kept");
    return `${kept} = {key: value for key, value in values.items() if value is not None}\nvalues.update(${kept})`;
  },
  (w) => {
    w.use("re");
    return `if not re.match(r"^[a-z]+-${w.number()}$", str(values.get("${w.field()}", ""))):\n    raise ValueError("${w.field()} of ${w.e} is not understood")`;
  },
  (w) => {
    w.use("app.platform.settings", "settings");
    return `if settings.${w.word()}_${w.field()} and values["${w.field()}"]:\n    logger.warning("${w.field()} is ${w.word()}")\n    values["${w.field()}"] = settings.${w.word()}_${w.field()}`;
  },
  (w) =>
    `if values["${w.field()}"] != "${w.word()}":\n    # What is ${w.word()} has been seen to before.\n    values["${w.field()}"] = ${w.number()}\nelse:\n    values["${w.field()}"] = None`,
  ...[4, 6, 9, 14].map(
    (size): Statement =>
      (w) =>
        `\n${w.name("record")} = {\n${Array.from({ length: size }, (_, i) => (i % 4 === 3 ? `    "${w.field()}": {\n        "${w.word()}": ${w.number()},\n        "${w.field()}": values["${w.field()}"],\n    },` : `    "${w.field()}": ${w.chance(0.5) ? `"${w.word()}"` : `values["${w.field()}"]`},`)).join("\n")}\n}\n`,
  ),
  (w) =>
    `\n# ${w.verb()} only what is ${w.word()}: its ${w.field()} is known by now, and so is\n# its ${w.field()}, unless the ${w.field()} was ${w.word()}.\nis_${w.word()} = values["${w.field()}"] == "${w.word()}"`,
  (w) =>
    `if (\n    values["${w.field()}"] != "${w.word()}"\n    and values["${w.field()}"] is not None\n    and values["${w.field()}"] > ${w.number()}\n):\n    return None\n`,
  (w) => `values.setdefault("${w.field()}", "${w.word()}")\nvalues.pop("${w.field()}", None)`,
  ...[1, 2].map(
    (): Statement => (w) =>
      `try:\n    ${w.name(w.field())} = values["${w.field()}"]["${w.word()}"]\nexcept KeyError:\n    ${w.name(w.field())} = ${w.number()}\n    values["${w.field()}"] = "${w.word()}"`,
  ),
  (w) =>
    `try:\n    ${w.name(w.field())} = int(values["${w.field()}"])\nexcept (KeyError, ValueError):\n    ${w.name(w.field())} = ${w.number()}`,
];

/** What services do with the database, other helpers of the project and the event bus. Need `session` and the id of the entity. */
export const SERVICE: readonly Statement[] = [
  (w) =>
    `\n${w.e} = ${w.E}(\n    ${w.field()}=values["${w.field()}"],\n    ${w.field()}=values["${w.field()}"],\n    ${w.field()}="${w.word()}",\n    ${w.field()}=${w.number()},\n    status=${w.E}Status.${w.word().toUpperCase()},\n)\nsession.add(${w.e})\n`,
  (w, { isAsync }) =>
    `${w.e} = ${wait(isAsync)}repository.get_by_id(${w.e}_id)\nif ${w.e} is None:\n    raise ${w.E}NotFound(${w.e}_id)`,
  (w, { isAsync }) =>
    `${w.e} = ${wait(isAsync)}repository.get_by_id(${w.e}_id)\nif ${w.e}.status == ${w.E}Status.${w.word().toUpperCase()}:\n    raise ${w.E}NotPermitted("${w.word()}")\n${w.e}.${w.field()} = values["${w.field()}"]`,
  (w, { isAsync }) =>
    `${w.e} = ${wait(isAsync)}repository.get_by_id(${w.e}_id)\n${w.e}.${w.field()} = "${w.word()}"\n${w.e}.${w.field()} = ${w.number()}\n${wait(isAsync)}repository.save(${w.e})`,
  (w, { isAsync }) =>
    `statement = select(${w.E}).where(${w.E}.${w.field()} == values["${w.field()}"], ${w.E}.deleted_at.is_(None))\nrows = (${wait(isAsync)}session.execute(statement)).scalars().all()`,
  (w, { isAsync }) =>
    `for item in ${wait(isAsync)}repository.list_by_${w.field()}(values["${w.field()}"]):\n    item.${w.field()} = "${w.word()}"\n    session.add(item)`,
  (_, { isAsync }) => `${wait(isAsync)}session.flush()`,
  (w, { isAsync }) =>
    `${isAsync ? "async " : ""}with session.begin_nested():\n    ${w.e} = ${w.E}(${w.field()}="${w.word()}", status=${w.E}Status.${w.word().toUpperCase()})\n    session.add(${w.e})`,
  (w, { isAsync }) =>
    `try:\n    ${wait(isAsync)}session.commit()\nexcept IntegrityError as error:\n    ${wait(isAsync)}session.rollback()\n    raise ${w.E}Conflict(str(error)) from error`,
  (w) =>
    `items = [item for item in values.get("${w.field()}", []) if item.get("${w.field()}") is not None]\nif not items:\n    return None`,
  (w) => `if values.get("${w.field()}") and not values["${w.field()}"]:\n    raise ${w.E}NotPermitted("${w.field()}")`,
];

/** Django's own way. */
export const DJANGO: readonly Statement[] = [
  (w) =>
    `${w.e} = ${w.E}.objects.select_related("owner").filter(pk=${w.e}_id, ${w.field()}=values["${w.field()}"]).first()\nif ${w.e} is None:\n    raise ${w.E}NotFound(${w.e}_id)`,
  (w) => `${w.E}.objects.filter(status="${w.word()}").update(${w.field()}="${w.word()}", ${w.field()}=${w.number()})`,
  (w) =>
    `with transaction.atomic():\n    ${w.e} = ${w.E}.objects.select_for_update().get(pk=${w.e}_id)\n    ${w.e}.${w.field()} = values["${w.field()}"]\n    ${w.e}.save(update_fields=["${w.field()}"])`,
  (w) =>
    `for ${w.e} in ${w.E}.objects.filter(${w.field()}__gte=${w.number()}).order_by("-created_at")[:${w.number()}]:\n    ${w.e}.${w.field()} = "${w.word()}"\n    ${w.e}.save()`,
  (w) =>
    `count = ${w.E}.objects.exclude(status="${w.word()}").count()\nif count > ${w.number()}:\n    logger.warning("%d rows of ${w.e}", count)`,
];

/** What a test does. Needs `client` and `session`, whatever kind they are. */
export const TEST: readonly Statement[] = [
  (w) => `assert ${w.e}.${w.field()} == "${w.word()}"`,
  (w) => `assert ${w.e}.status == ${w.E}Status.${w.word().toUpperCase()}`,
  (w, { isAsync }) =>
    `response = ${wait(isAsync)}client.get(f"/${w.e}/{${w.e}.id}", headers={"X-${w.word()}": "${w.word()}"})\nassert response.status_code == 200\nassert response.json()["${w.field()}"] == "${w.word()}"`,
  (w, { isAsync }) =>
    `response = ${wait(isAsync)}client.post(\n    "/${w.e}",\n    json={\n        "${w.field()}": "${w.word()}",\n        "${w.field()}": ${w.number()},\n        "${w.field()}": str(${w.e}.id),\n    },\n)\nassert response.status_code == 422`,
  (w) => `values = {"${w.field()}": "${w.word()}", "${w.field()}": ${w.number()}}`,
  (w, { isAsync }) =>
    `refreshed = ${wait(isAsync)}session.get(${w.E}, ${w.e}.id)\nassert refreshed is not None\nassert refreshed.${w.field()} == ${w.number()}`,
  (w) => {
    w.use("unittest.mock", "patch");
    return `with patch("${w.package?.module}.service.${w.verb()}_${w.e}") as mocked:\n    mocked.return_value = None\n    assert mocked.call_count == 0`;
  },
  (w) => {
    w.use("pytest");
    return `with pytest.raises(${w.E}NotFound):\n    ${w.e}.check("${w.word()}")`;
  },
  ...[5, 8, 12].map(
    (size): Statement =>
      (w) =>
        `assert response_of(${w.e}) == {\n${Array.from({ length: size }, (_, i) => (i % 3 === 2 ? `    "${w.field()}": {\n        "${w.word()}": "${w.word()}",\n        "${w.field()}": ${w.number()},\n    },` : `    "${w.field()}": ${w.chance(0.5) ? `"${w.word()}"` : w.number()},`)).join("\n")}\n}\n`,
  ),
  (w) =>
    `# The ${w.field()} is ${w.word()} from the start, whatever its ${w.field()} says.\n${w.e}.${w.field()} = "${w.word()}"\n${w.e}.${w.field()} = None`,
  (w) =>
    `expected = [\n    ("${w.word()}", ${w.number()}),\n    ("${w.word()}", ${w.number()}),\n    ("${w.word()}", ${w.number()}),\n]`,
];

/** `await ` where the function is a coroutine. */
export function wait(isAsync: boolean): string {
  return isAsync ? "await " : "";
}
