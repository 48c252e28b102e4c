"""The verbs of Holdfast's library stubs.

A stub says what a library's callables do, in Python: one file per library (`requests.pyi`, `sqlalchemy.pyi`; the standard
library in `stdlib/`), found by its name and registered nowhere. The file's name is the module it describes; other modules
of the same library stand in `with module("sqlalchemy.orm"):` blocks. Each block resolves names on its own: it sees what is imported or defined
inside it and nothing of the file around it, so that what it needs of `typing` is imported in the block. Names imported inside a block are re-exports.
Signatures matter as far as conditions and fixes name parameters; `...` stands for any default. Annotations matter
wherever a method is called on the result. A class inherits what its bases say.

Everything not stated is unknown: accusing verbs (`blocks`, `cpu`, `opens`, `request_body`) are never guessed, and a callable
that has no stub is assumed to close, keep and validate whatever it is given. A callable that has a stub borrows its
arguments unless a verb says otherwise.
"""

# --- modules -----------------------------------------------------------------------------------------------------------

def module(name: str):
    """`with module("a.b"):` - what follows, indented, is defined in module `a.b`."""

# --- work that holds the thread ------------------------------------------------------------------------------------------

def blocks(what: str, *, instead: str = ..., see: str = ..., unless: "condition" = ..., likely: bool = ...):
    """The callable holds its thread until something outside the process answers.

    `what` is one of: "a network reply", "a database reply", "the clock", "another process", "a lock", "another thread", "user input",
    "the disk" (reads, writes, copies), "file metadata" (stat-like, microseconds; off by default).
    `instead`: the dotted name of an awaitable drop-in that takes the same arguments (a fix writes it).
    `see`: advice, the dotted name of the awaitable counterpart, not a drop-in.
    `unless`: a condition under which it does not block: `arg("block") == False`, `arg("timeout") == 0`, `arg("secs") < 0.005`, `arg("timeout").given`,
    `arg("fp").is_a("io.BytesIO")` (the argument is an instance of that class), `arg("how").has("LOCK_NB")` (one of the flags it is made of), joined by `and`, `or`, `not`. `arg(name)` is the argument bound to that parameter of the signature below it.
    `likely=True`: it does so usually, not always (a cache in between, a buffered write).
    On a class: constructing it blocks. On a property: reading it does.
    """

def cpu(what: str, *, see: str = ..., unless: "condition" = ...):
    """The callable computes long enough to be felt: "password hashing", "image work", "data-frame work", ..."""

def never_returns():
    """The call leaves by exception or ends the process."""

def never_raises():
    """The call raises nothing worth a thought (logging): it does not stand between opening a resource and closing it."""

# --- resources -----------------------------------------------------------------------------------------------------------

def opens(what: str, *, closed_by: list = ..., unless: "condition" = ...):
    """On a class: constructing it opens a resource. On a callable: the value it returns (or awaits to) is one.

    `what`: "database session", "database connection", "database cursor", "database engine", "connection pool", "database client", "http client", "client", "file", "socket".
    `closed_by`: method names, and "with" where leaving a `with`/`async with` over the value closes it
    (leave "with" out where the block only ends a transaction, as psycopg2 connections do).
    `unless`: where it holds, or nobody can tell, nothing is opened.
    """

def made_once(what: str, *, shares: list = ...):
    """On a class or a callable: what it makes keeps a pool of connections, threads or a certificate store, and is meant to be made once and
    shared by all requests. `what`: "http client", or in words what else: "database engine", "connection pool", "message producer".
    `shares`: arguments that, where given, bring along what somebody else made, so that this one may be made often (`connection_pool`)."""

def streams(parameter: str):
    """Makes a response that goes on taking items from that argument while it is sent, so that whatever the generator holds is held until the client
    has read it all (`StreamingResponse`)."""

def closes(parameter: str = ...):
    """On a method: closes its receiver. With a name: closes that argument."""

def owns(parameter: str):
    """Takes over that argument: whoever called no longer has to close it."""

def borrows():
    """States plainly what is the default of a stub: arguments are used and given back."""

# --- data of a request -----------------------------------------------------------------------------------------------------

def request_body(kind: str, *, key: str = ...):
    """The value (of the property, the returned/awaited one, or each that going through it gives, where it is said of `__iter__` or `__aiter__`) is
    data a client sent and nobody checked: "json", "form", "raw" (chunks of which are raw data, too), "items", an iterator of which each is data of its own, or
    "mixed", the form and the query string in one, which is a body in handlers of requests that have a body only (`methods=["POST"]`). What a client says
    besides a body: "query", "path", "header", "cookie", and "environ", variables of the server, of which those that begin with `HTTP_` are headers.
    `key`: it gives one value, that under the key which this argument names (`get_body_argument(name)`)."""

def reaches(what: str, parameter: str):
    """What that argument decides, so that a client must not choose it: "a file", "SQL", "an address", "a command". Said where `blocks` and `opens` do not
    tell already, as of a response that sends a file."""

def passes(parameter: str, *, picks: bool = ...):
    """Returns that argument in another shape: unchecked in, unchecked out (`json.loads`, `dict`, `copy.deepcopy`).
    `picks=True`: the result has only keys that the caller names (`funcy.project`)."""

def validates(parameter: str = ...):
    """Checks what it is given against a schema; the result is clean. On a class: constructing it checks its arguments, and so
    do subclasses. Without a name: all arguments."""

def schema(check: str):
    """On a class: a subclass with annotated fields is a schema; the class method `check` checks a value against it (`model_validate`)."""

def checks(parameter: str = ..., *, unless: "condition" = ...):
    """Answers whether a value is fine instead of raising where it is not (`is_valid()`): a call whose answer nobody looks at checks nothing. On a
    method, the receiver is checked; with a name, that argument.
    `unless`: where it holds, the call raises (`unless=arg("raise_exception") == True`); a fix may write it."""

def holds_data(parameter: str = ..., *, members: list, answers: list = ...):
    """On a class, or on what makes an instance of one: made with that argument, it holds what a client sent. Without a name it fills itself from
    the request. `members`: attributes and methods to be used only after a method that `checks`; `answers`: those that tell how the check went (`errors`)."""

def assigns(parameter: str):
    """Writes each key of that argument to a column or an attribute of the same name: whoever chooses the keys chooses what is written. On a class:
    making an instance of it, or of a subclass, with `**` of a dict."""

# --- where functions run -----------------------------------------------------------------------------------------------------

def offloads(parameter: str, *, runner: str = ...):
    """Runs that argument, a callable handed over uncalled, in a worker thread or process. As a decorator (`@sync_to_async`): the decorated
    function runs there and calling it gives an awaitable.
    `runner`: any function may be run in a thread with it, so fixes write it. An `async def` is written `await f(function, arguments)`, with keyword
    arguments where its signature has `**kwargs`; a plain `def` is written `await f(function)(arguments)`. "any": where a file imports it by
    name; "main": also where a file imports only its library; "database": where a file imports it by name, for work with databases only, because it
    runs one call at a time."""

def thread_bound():
    """On a class: its instances work only on the thread that made them, so no fix hands their methods to another."""

def spawns(parameter: str, *, weak: bool = ...):
    """Runs that argument, a coroutine, concurrently on the loop (`create_task`).
    `weak=True`: nobody but the caller holds the task it gives, so that one which is dropped may vanish before it ends, and its exception with
    it (`asyncio.create_task`; not a task group's)."""

def starts():
    """On an `async def`: its work starts when it is called, awaiting only waits for it (`loop.run_in_executor`). On a class: so do all
    its methods. Dropping what such a call gives is no mistake."""

def runs_loop(parameter: str = ...):
    """Drives an event loop on its own thread until what it was given is done, and raises where one runs there already (`asyncio.run`).
    With a name: that argument is what it waits for, so that it can be awaited instead."""

def asks_loop(how: str):
    """Asks whether an event loop runs on this thread: "tells" (`loop.is_running`) or "raises" where none does (`asyncio.get_running_loop`). A function
    that asks knows when it may start one."""

def spares(methods: list, *, when: str):
    """On a method that only asks: where what it gives is "true" or "false", as `when` says, the named methods do not wait when called on the same
    receiver (`Queue.empty` is false: `get` has something to give; `Future.done` is true: `result` is there)."""

def nests_loops():
    """Once called, an event loop may be driven inside of a running one (`nest_asyncio.apply`)."""

def runs_on(where: str, *, whom: str = ..., unless: "condition" = ...):
    """On a decorator or registration call of a framework or loop: a plain `def` given to it runs on "loop" or "thread"; an `async def` always
    on the loop. Any function counts that is an argument for a parameter with a name of its own, not for `*args` or `**kwargs`.
    `whom="overrides"`, on a method of a base class, says it of the methods that override this one instead (`get` of a handler class).
    `unless`: where it holds of the arguments, or nobody can tell, nothing is said (`unless=arg("sync_to_thread") == True`)."""

def handles_requests(parameters: str = ..., *, request: str = ..., body: str = ..., methods: str = ...):
    """On a decorator or registration call: the function given to it is a request handler. `parameters="body"`: its parameters are filled from the
    request, so that those annotated `dict`, `list`, `Any` or defaulting to a bare `Body()` are unchecked bodies (FastAPI), or only the one called `body` (Litestar's `data`);
    `parameters="request"`: its first parameter is the request object (Django, aiohttp), an instance of the class with the dotted name `request`; `parameters="none"`: neither (Flask).
    `methods`: it is given objects, and their methods whose names begin so are the handlers (`on_` of Falcon's resources)."""

def injects(parameter: str):
    """As a default value or in `Annotated`: the parameter is filled with what the given callable returns or yields (`Depends`)."""

def calls(parameter: str):
    """Calls that argument here and now, on the same thread (`map`, `sorted(key=)`, `retry(fn)`)."""

# --- shapes ----------------------------------------------------------------------------------------------------------------

def context_manager():
    """As a decorator: the generator function becomes a context manager that gives what it yields (`contextlib.contextmanager`)."""

def resumes():
    """As a decorator of a generator: whoever drives it takes it up again after its `yield`, whatever happened meanwhile, so that what follows always
    runs (`pytest.fixture`: a test that fails does not raise in its fixtures)."""

def turns_property():
    """As a decorator: the method becomes an attribute (`functools.cached_property`)."""

def caches():
    """As a decorator: the result is kept, so that the body runs once and not for every caller (`functools.lru_cache`)."""

def evaluates():
    """On `__iter__`, `__len__`, `__bool__`, `__getitem__`, `__aiter__`: stated like any method; marks lazily built values whose use runs them, for the reader."""

def belongs_to_class():
    """On a class: an instance kept as a class attribute works for that class, which its first type parameter stands for (Django's managers)."""

def awaits_twin(name: str):
    """On a class: the dotted name of the class with the same methods as awaitables (`httpx.AsyncClient` for `httpx.Client`). For the reader; nothing is concluded from it yet."""
