/** How a program turns a request away, by the framework that runs it: what is written where a check has raised. */
import type { FileView } from "../../analysis/index.ts";
import type { Names } from "./job.ts";

/**
 * Statements for an `except … as error:` that answer 4xx. Null where the framework is unknown, or where the project has a handler for the exception:
 * then it is best left alone.
 */
export function refusal(
  file: FileView,
  library: string | null,
  exception: string,
  names: Names,
): readonly string[] | null {
  if (HANDLERS.some((word) => file.isMentioned(`${word}(${exception}`))) return null;
  const root = library?.split(".", 1)[0] ?? null;
  const known = root !== null ? ANSWERS.get(root) : undefined;
  const answer = known ?? [...ANSWERS].find(([name]) => file.importer(name) === "file")?.[1];
  return answer?.(names, file) ?? null;
}

/** What registers a function as the answer to an exception. */
const HANDLERS = [
  "errorhandler",
  "exception_handler",
  "app_errorhandler",
  "register_error_handler",
  "add_exception_handler",
];

type Answer = (names: Names, file: FileView) => readonly string[];

const raising =
  (dotted: string, args: string): Answer =>
  (names) => [`raise ${names(dotted)}(${args}) from error`];

const aborting =
  (dotted: string): Answer =>
  (names) => [`${names(dotted)}(400, str(error))`];

const starlette: Answer = (names, file) =>
  file.importer("fastapi") === null
    ? [`raise ${names("starlette.exceptions.HTTPException")}(status_code=422, detail=str(error)) from error`]
    : [`raise ${names("fastapi.HTTPException")}(status_code=422, detail=str(error)) from error`];

const werkzeug: Answer = (names, file) =>
  (file.importer("flask") === null ? raising("werkzeug.exceptions.BadRequest", "str(error)") : aborting("flask.abort"))(
    names,
    file,
  );

/** By the top-level module; as documented for Flask 3, Quart 0.20, Starlette 0.46, aiohttp 3.11, Django 3.2 and later, Tornado 6, Sanic 23, Bottle 0.13, Falcon 4, Pyramid 2. */
const ANSWERS = new Map<string, Answer>([
  ["flask", aborting("flask.abort")],
  ["flask_restful", aborting("flask.abort")],
  ["flask_restx", aborting("flask.abort")],
  ["werkzeug", werkzeug],
  ["quart", aborting("quart.abort")],
  ["fastapi", starlette],
  ["starlette", starlette],
  ["aiohttp", raising("aiohttp.web.HTTPBadRequest", "text=str(error)")],
  ["tornado", raising("tornado.web.HTTPError", "400, str(error)")],
  ["sanic", raising("sanic.exceptions.BadRequest", "str(error)")],
  ["bottle", aborting("bottle.abort")],
  ["falcon", raising("falcon.HTTPBadRequest", "description=str(error)")],
  ["pyramid", raising("pyramid.httpexceptions.HTTPBadRequest", "str(error)")],
  ["django", raising("django.core.exceptions.BadRequest", "str(error)")],
]);
