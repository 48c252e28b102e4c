/** Layers of a package that do something: endpoints, services, tasks, clients, calculations, and the tests of these. */

import { DESCRIPTION } from "./description.ts";
import { annotated, docstring, entityImports, logger, until } from "./parts.ts";
import type { Package, Plan, Planned } from "./plan.ts";
import { DJANGO, PLAIN, SERVICE, type Statement, TEST, type Where, wait } from "./statements.ts";
import type { Writer } from "./writer.ts";

/** Writes about so many lines of a module of one layer. */
export type Write = (w: Writer, lines: number, plan: Plan, owner: Package) => void;

export const CODE_LAYERS: Readonly<Record<string, Write>> = {
  router(w, lines, plan, owner) {
    if (owner.isDjango) return djangoViews(w, lines, plan, owner);
    w.use("fastapi", "APIRouter");
    w.use("fastapi", "Depends");
    w.use("sqlalchemy.ext.asyncio", "AsyncSession");
    w.use("app.platform.database", "get_session");
    w.use("app.platform.security", "current_user");
    logger(w);
    w.add(`router = APIRouter(prefix="/${w.e}", tags=["${owner.area}"])\n`);
    until(w, lines, (n) => {
      const verb = w.verb();
      const schema = `${w.E}${n % 2 ? "Update" : "Create"}`;
      w.use(`${owner.module}.schemas`, schema);
      w.use(`${owner.module}.schemas`, `${w.E}Read`);
      const method = w.random.of(["get", "post", "post", "patch", "delete"]);
      const hasBody = method === "post" || method === "patch";
      w.add(`@router.${method}("/{${w.e}_id}/${verb}-${n}", response_model=${w.E}Read)`);
      w.add(`async def ${verb}_${w.e}_${n}(`);
      w.add(`${w.e}_id: int,`, 1);
      if (hasBody) w.add(`body: ${schema},`, 1);
      w.add("session: AsyncSession = Depends(get_session),\nuser: dict = Depends(current_user),", 1);
      w.add(`) -> ${w.E}Read:`);
      docstring(w, 0.5);
      w.add(
        hasBody ? "values = body.model_dump(exclude_unset=True)" : `values: dict = {"${w.field()}": "${w.word()}"}`,
        1,
      );
      body(w, { isAsync: true }, [PLAIN, PLAIN, SERVICE_FREE], 1 + w.random.below(5), plan, owner);
      w.add(`${w.e} = ${w.call(w.random.of(owner.services), true)}`, 1);
      w.add(`return ${w.E}Read.model_validate(${w.e})\n\n`, 1);
    });
  },

  service(w, lines, plan, owner) {
    logger(w);
    entityImports(w, owner);
    const where: Where = { isAsync: !owner.isDjango };
    const pools = owner.isDjango ? [PLAIN, DJANGO] : [PLAIN, SERVICE];
    const planned = [...owner.services];
    until(w, lines, (n) => {
      const next = planned.shift();
      if (next && n % 5 === 4) caller(w, owner, n);
      const isAsync = where.isAsync && (next !== undefined || w.chance(0.75));
      const name = next?.name ?? `_${w.verb()}_${w.e}_${w.field()}_${n}`;
      const parameters = next?.parameters ?? ["session", `${w.e}_id`, "values"];
      w.add(
        `${isAsync ? "async " : ""}def ${name}(${parameters.map((each) => annotated(each, owner, w)).join(", ")}) -> ${w.E} | None:`,
      );
      docstring(w, 0.6);
      if (!parameters.includes("values"))
        w.add(`values: dict = {"${w.field()}": "${w.word()}", "${w.field()}": ${w.number()}}`, 1);
      if (!owner.isDjango) w.add(`repository = ${w.E}Repository(session)`, 1);
      body(
        w,
        { isAsync },
        isAsync || owner.isDjango ? pools : [PLAIN],
        2 + w.random.below(w.chance(0.15) ? 22 : 8),
        plan,
        owner,
      );
      const get = owner.isDjango
        ? `${w.E}.objects.filter(pk=${w.e}_id).first()`
        : isAsync
          ? `await repository.get_by_id(${w.e}_id)`
          : "None";
      w.add(`return ${get}\n\n`, 1);
    });
    // What others import has to be there, however short the module was to be.
    for (const next of planned) {
      w.add(
        `${next.isAsync ? "async " : ""}def ${next.name}(${next.parameters.map((each) => annotated(each, owner, w)).join(", ")}) -> None:`,
      );
      w.add(`logger.info("${next.name} %s", ${w.e}_id)\n\n`, 1);
    }
  },

  tasks(w, lines, plan, owner) {
    w.use("celery", "shared_task");
    w.use("app.platform.database", "session_scope");
    logger(w);
    until(w, lines, (n) => {
      w.add(
        `@shared_task(bind=True, max_retries=${w.number(9)}, name="${owner.module}.${w.verb()}_${n}")\ndef ${w.verb()}_${w.e}_${n}(self, ${w.e}_id: int, values: dict) -> None:`,
      );
      docstring(w, 0.5);
      w.add("session = None", 1);
      body(w, { isAsync: false }, [PLAIN], 1 + w.random.below(5), plan, owner);
      w.add(
        `with session_scope() as session:\n    row = session.get(${w.e}_id)\n    if row is None:\n        raise self.retry(countdown=${w.number()})\n    row.${w.field()} = "${w.word()}"\n    session.commit()\n\n`,
        1,
      );
    });
  },

  client(w, lines, _plan, owner) {
    w.use(owner.isDjango || owner.isCareless ? "requests" : "httpx");
    if (!owner.isDjango) w.use("httpx");
    w.use("requests");
    logger(w);
    w.add(`BASE_URL = "https://${owner.area}.example/${w.e}"\nTIMEOUT = ${w.number(30)}\n\n`);
    for (const next of owner.helpers.filter(({ module }) => module.endsWith(".client"))) {
      w.add(`${next.isAsync ? "async " : ""}def ${next.name}(name: str) -> dict:`);
      docstring(w, 0.5);
      if (next.isAsync)
        w.add(
          `async with httpx.AsyncClient(timeout=TIMEOUT) as client:\n    response = await client.get(f"{BASE_URL}/{name}", params={"${w.field()}": "${w.word()}"})\n    response.raise_for_status()\n    return response.json()\n\n`,
          1,
        );
      else
        w.add(
          `response = requests.get(f"{BASE_URL}/{name}", timeout=TIMEOUT)\nif response.status_code == 404:\n    return {}\nresponse.raise_for_status()\nreturn response.json()\n\n`,
          1,
        );
    }
    w.add(
      `class ${w.E}Client:\n    def __init__(self, token: str, values: dict | None = None) -> None:\n        self.token = token\n        self.values = values or {}\n        self.headers = {"Authorization": f"Bearer {token}"}\n`,
    );
    until(w, lines, (n) => {
      w.add(`${owner.isDjango ? "" : "async "}def ${w.verb()}_${n}(self, ${w.e}_id: int, values: dict) -> dict:`, 1);
      for (let i = w.random.below(3); i > 0; i--) w.add(w.random.of(PLAIN)(w, { isAsync: false }), 2);
      if (owner.isDjango)
        w.add(
          `response = requests.post(f"{BASE_URL}/{${w.e}_id}", json=values, headers=self.headers, timeout=TIMEOUT)\nreturn response.json()\n`,
          2,
        );
      else
        w.add(
          `async with httpx.AsyncClient(timeout=TIMEOUT, headers=self.headers) as client:\n    response = await client.post(f"{BASE_URL}/{${w.e}_id}", json=values)\nif response.status_code >= 400:\n    logger.error("%s said %s", BASE_URL, response.text)\n    return {}\nreturn response.json()\n`,
          2,
        );
    });
  },

  calculations(w, lines, plan, owner) {
    logger(w);
    const planned = owner.helpers.filter(({ module }) => module.endsWith(".calculations"));
    until(
      w,
      lines,
      (n) => {
        const next = planned[n];
        const takesValues = next ? next.parameters[0] === "values" : true;
        w.add(
          `def ${next?.name ?? `${w.verb()}_${w.field()}_${n}`}(${takesValues ? "values: dict" : "amount: float"}) -> dict:`,
        );
        docstring(w, 0.6);
        if (!takesValues) w.add(`values = {"amount": amount, "${w.field()}": ${w.number()}}`, 1);
        body(w, { isAsync: false }, [PLAIN], 2 + w.random.below(7), plan, null);
        w.add("return values\n\n", 1);
      },
      4,
    );
  },

  test_service(w, lines, _plan, owner) {
    tests(w, lines, owner, "service");
  },

  test_router(w, lines, _plan, owner) {
    tests(w, lines, owner, "router");
  },

  test_calculations(w, lines, _plan, owner) {
    tests(w, lines, owner, "calculations");
  },
};

/** What stands between statements of routers: helpers of the platform. */
const SERVICE_FREE: readonly Statement[] = [
  (w) => `if user.get("${w.field()}") is None:\n    values["${w.field()}"] = user.get("${w.field()}")`,
  (w) => `logger.info("${w.verb()} by %s", user.get("email"))`,
];

function djangoViews(w: Writer, lines: number, plan: Plan, owner: Package): void {
  w.use("django.http", "JsonResponse");
  w.use("django.views.decorators.http", "require_http_methods");
  w.use("django.contrib.auth.decorators", "login_required");
  w.use("json");
  logger(w);
  entityImports(w, owner);
  until(w, lines, (n) => {
    w.add(
      `@login_required\n@require_http_methods(["${w.random.of(["GET", "POST"])}"])\ndef ${w.verb()}_${w.e}_${n}(request, ${w.e}_id):`,
    );
    w.add(`session = None\nvalues = json.loads(request.body or "{}")`, 1);
    body(w, { isAsync: false }, [PLAIN, DJANGO], 1 + w.random.below(5), plan, owner);
    w.add(`return JsonResponse({"${w.field()}": values.get("${w.field()}")}, status=200)\n\n`, 1);
  });
}

function tests(w: Writer, lines: number, owner: Package, subject: string): void {
  entityImports(w, owner);
  w.use("pytest");
  const isAsync = !owner.isDjango && subject !== "calculations";
  const factory = owner.layers.has("factories");
  if (factory) w.use(`tests.${owner.area}.${owner.entity}.factories`, `make_${w.e}_0`);
  logger(w);
  w.add(`def response_of(${w.e}: ${w.E}) -> dict:\n    return {"id": ${w.e}.id, "status": ${w.e}.status}\n\n`);
  w.add(`class Test${w.E}${w.verb()}:`);
  until(w, lines, (n) => {
    w.add(
      `${isAsync ? "@pytest.mark.asyncio\nasync " : n % 4 === 0 ? `@pytest.mark.parametrize("value", ["${w.word()}", "${w.word()}"])\n` : ""}def test_${w.verb()}_${w.field()}_${n}(self, client, session${!isAsync && n % 4 === 0 ? ", value" : ""}) -> None:`,
      1,
    );
    w.add(`${w.e}_id = ${w.number()}\nvalues = {"${w.field()}": "${w.word()}"}`, 2);
    w.add(
      `${w.e} = ${factory ? `make_${w.e}_0(session, ${w.field()}="${w.word()}")` : `${w.E}(${w.field()}="${w.word()}")`}`,
      2,
    );
    for (let i = 1 + w.random.below(6); i > 0; i--) w.add(w.random.of(TEST)(w, { isAsync }), 2);
    const called =
      subject === "calculations"
        ? owner.helpers.filter(({ module }) => module.endsWith("calculations"))
        : owner.services;
    if (called.length > 0) w.add(`result = ${w.call(w.random.of(called), isAsync)}\nassert result is not None`, 2);

    w.add("");
  });
}

/** Every so often a class that keeps what functions share. */
function caller(w: Writer, owner: Package, n: number): void {
  const isAsync = !owner.isDjango;
  w.add(
    `class ${w.E}${w.verb()[0]!.toUpperCase()}${w.field()}${n}:\n    def __init__(self, session${isAsync ? ": AsyncSession" : ""}, limit: int = ${w.number()}) -> None:\n        self.session = session\n        self.limit = limit`,
  );
  if (isAsync) w.add(`self.repository = ${w.E}Repository(session)`, 2);
  w.add("");
  for (let i = 1 + w.random.below(3); i > 0; i--) {
    w.add(`${isAsync ? "async " : ""}def ${w.verb()}_${i}(self, ${w.e}_id: int, values: dict) -> dict:`, 1);
    const get = isAsync ? `await self.repository.get_by_id(${w.e}_id)` : `${w.E}.objects.get(pk=${w.e}_id)`;
    w.add(`${w.e} = ${get}\nif ${w.e} is None or self.limit > ${w.number()}:\n    return {}`, 2);
    w.add(w.random.of(PLAIN)(w, { isAsync }), 2);
    w.add(`return {"${w.field()}": ${w.e}.${w.field()}, "${w.field()}": values.get("${w.field()}")}\n`, 2);
  }
  w.add("");
}

/** Statements of a body. Now and then one calls into another package, a helper or the platform. */
function body(
  w: Writer,
  where: Where,
  pools: readonly (readonly Statement[])[],
  count: number,
  plan: Plan,
  owner: Package | null,
): void {
  for (let i = 0; i < count; i++) w.add(w.random.of(w.random.of(pools))(w, where), 1);
  if (owner === null) return;
  if (w.chance(DESCRIPTION.crossPackageShare) && plan.packages.length > 1) {
    const other =
      plan.packages[(owner.index + 1 + w.random.below(Math.min(20, plan.packages.length - 1))) % plan.packages.length]!;
    const called = w.random.of(other.services);
    if (other.isDjango === owner.isDjango) otherwise(w, called, where, other);
  }
  const own = owner.helpers.filter(
    ({ isAsync, module }) =>
      (where.isAsync || !isAsync) && (owner.isCareless || isAsync || !module.endsWith(".client")),
  );
  if (own.length > 0 && w.chance(0.5)) w.add(`${w.name("found")} = ${w.call(w.random.of(own), where.isAsync)}`, 1);
  const everywhere = plan.platform.filter(({ isAsync }) => where.isAsync || !isAsync);
  if (w.chance(0.6)) w.add(`${w.name("value")} = ${w.call(w.random.of(everywhere), where.isAsync)}`, 1);
}

/** A call of another package, imported where it is made, as one does where modules import each other. */
function otherwise(w: Writer, called: Planned, where: Where, other: Package): void {
  if (called.isAsync && !where.isAsync) return;
  const values = called.parameters.includes("values") ? ", values" : "";
  w.add(
    `from ${called.module} import ${called.name}\n\n${w.name("linked")} = ${wait(called.isAsync)}${called.name}(session, values.get("${other.entity}_id")${values})`,
    1,
  );
}
