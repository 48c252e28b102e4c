/** Engines, pools and clients that own one, made in code that runs for each request. */
import { rebuildReports } from "../../lint/rebuilding.ts";
import { defineRule } from "../../lint/rule.ts";

export const rule = defineRule({
  id: "db/engine-per-request",
  summary: "An engine or pool that is made for each request pools nothing",
  severity: "warning",
  docs: {
    why: "An engine keeps connections open so that the next request finds one. Made anew for each request, it opens new connections every time, and nobody closes the old ones before the garbage collector comes by: under load the database runs out of connections. Clients of brokers, caches and search engines start threads and read the state of their cluster first, too.",
    instead:
      "Make it once: at the top of a module, in the application's lifespan, or in a function under `functools.lru_cache`. Give requests a session or a connection of it.",
    bad: `from fastapi import Depends, FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

app = FastAPI()


def get_session():
    engine = create_engine("postgresql://db.example/shop")
    with Session(engine) as session:
        yield session


@app.get("/orders/count")
def count_orders(session: Session = Depends(get_session)):
    return session.scalar(text("select count(*) from orders"))
`,
    good: `from fastapi import Depends, FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

app = FastAPI()
engine = create_engine("postgresql://db.example/shop")


def get_session():
    with Session(engine) as session:
        yield session


@app.get("/orders/count")
def count_orders(session: Session = Depends(get_session)):
    return session.scalar(text("select count(*) from orders"))
`,
    silentWhen: [
      "nobody knows that a handler or a dependency leads there: start-up, scripts, commands, workers, tests",
      "it is kept: in a global, an attribute, a container, or by a decorator that caches",
      "it is set up from parameters, `self` or the request, so that it may be another one each time",
      "it is given connections or a pool that somebody else made",
    ],
  },
  options: {},
  on: "function",
  check: (fn) =>
    rebuildReports(
      fn,
      (what) => what !== "http client",
      () => "none of its connections serves a second one",
    ),
});
