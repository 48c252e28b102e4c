"""Runs functions that open and close things, each in every way there is, and tells what became of what they opened.

Reads JSON from standard input: a list of modules, each with its `source` (lines that clean up end in `# cleanup`) and `functions` (`name`; `owner`, a class where it is a method;
`flags`, the parameters that may be true or false or, for "given", something open or None). They import a module `fake`, which stands below. A way
through a function is a list of choices: whether a question is answered yes, whether a call raises and what, how many items there are,
whether whoever drives a generator goes on, raises in it or gives it up. All lists are tried, depth first, up to a limit.

Writes for each function the number of runs, null where there are too many, and for each opening (known by the number it is given) in how many runs it was
closed, handed on, left open without an exception since, and left open behind one.
"""
import inspect
import json
import sys
import types

MOST_RUNS = 4000
MOST_CHOICES = 60


class Broken(Exception):
    def __init__(self, *args):
        super().__init__(*args)
        world.raised()


class Slow(Broken):
    pass


class Lost(Exception):
    def __init__(self, *args):
        super().__init__(*args)
        world.raised()


class Other(Exception):
    """None of those that programs name."""

    def __init__(self, *args):
        super().__init__(*args)
        world.raised()


ERRORS = (Broken, Slow, Lost, Other)


class Endless(BaseException):
    """Too many choices in one run: it counts for nothing."""


class World:
    """One run: what was chosen so far, what is open."""

    def __init__(self, path, function, cleanup):
        self.path = path
        self.function = function
        self.cleanup = cleanup
        self.taken = []
        self.opened = []
        self.kept = []
        self.endless = False

    def choose(self, of):
        if len(self.taken) >= MOST_CHOICES:
            self.endless = True
            return 0
        choice = self.path[len(self.taken)] if len(self.taken) < len(self.path) else 0
        self.taken.append((choice, of))
        return choice

    def fail(self):
        """Raises one of the errors there are, or nothing. Cleaning up never fails."""
        if self.in_cleanup():
            return
        choice = self.choose(1 + len(ERRORS))
        if choice:
            raise ERRORS[choice - 1]()

    def in_cleanup(self):
        frame = sys._getframe(2)
        while frame is not None and frame.f_code is not self.function:
            frame = frame.f_back
        return frame is not None and frame.f_lineno in self.cleanup

    def raised(self):
        for each in self.opened:
            if each.is_open and each.is_held:
                each.excepted = True


world = World([], None, ())


class Opened:
    """What is known of a connection, also when nobody holds it any more."""

    def __init__(self, site):
        self.site = site
        self.is_open = True
        self.is_held = True
        self.excepted = False


class Any:
    def __init__(self, state):
        self.state = state

    def __del__(self):
        self.state.is_held = False

    def closed(self):
        self.state.is_open = False
        world.fail()

    def left(self, error):
        self.state.is_open = False
        if error is None:
            world.fail()


class Connection(Any):
    def use(self):
        world.fail()

    def close(self):
        self.closed()

    def __enter__(self):
        return self

    def __exit__(self, error, *more):
        self.left(error)


class Plain(Connection):
    """A `with` over it only ends a transaction."""

    def __exit__(self, error, *more):
        if error is None:
            world.fail()


class AsyncConnection(Any):
    async def use(self):
        world.fail()

    async def close(self):
        self.closed()

    async def __aenter__(self):
        return self

    async def __aexit__(self, error, *more):
        self.left(error)


class Pool:
    def take(self, site):
        return made(Connection, site)

    def give(self, connection):
        connection.closed()


def made(cls, site):
    world.fail()
    state = Opened(site)
    world.opened.append(state)
    return cls(state)


def connect(site):
    return made(Connection, site)


def plain(site):
    return made(Plain, site)


async def aconnect(site):
    return made(AsyncConnection, site)


def keep(connection):
    world.kept.append(connection)
    world.fail()


def work():
    world.fail()


async def awork():
    world.fail()


def stumble():
    world.fail()


def calm():
    """Raises nothing."""


def caught():
    """Stands first in each handler: whatever it was, it was an exception."""
    world.raised()


def ask():
    return world.choose(2) == 1


def pick():
    return world.choose(3)


def items():
    for number in range(world.choose(3)):
        yield number


async def aitems():
    for number in range(world.choose(3)):
        world.fail()
        yield number


fake = types.ModuleType("fake")
for each in (Broken, Slow, Lost, Connection, Plain, AsyncConnection, Pool):
    setattr(fake, each.__name__, each)
for each in (connect, plain, aconnect, work, awork, stumble, keep, calm, caught, ask, pick, items, aitems):
    setattr(fake, each.__name__, each)
sys.modules["fake"] = fake


def awaited(coroutine):
    """The fakes never really wait, so that no loop is needed."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("waits")


def through(generator, step, throw, close):
    """Takes what a generator yields; after each item goes on, raises in it, or gives it up."""
    while True:
        try:
            step()
        except (StopIteration, StopAsyncIteration):
            return
        choice = world.choose(3)
        if choice == 1:
            throw(Lost())
            return
        if choice == 2:
            world.raised()
            close()
            return


def call(function, arguments):
    if inspect.isasyncgenfunction(function):
        generator = function(**arguments)
        through(
            generator,
            lambda: awaited(generator.__anext__()),
            lambda error: awaited(generator.athrow(error)),
            lambda: awaited(generator.aclose()),
        )
        return None
    if inspect.isgeneratorfunction(function):
        generator = function(**arguments)
        through(generator, lambda: next(generator), generator.throw, generator.close)
        return None
    result = function(**arguments)
    return awaited(result) if inspect.iscoroutine(result) else result


def argument(flag):
    if flag != "given":
        return world.choose(2) == 1
    return Connection(Opened(-1)) if world.choose(2) else None


def held_by(value, found):
    if isinstance(value, Any):
        found.add(id(value.state))
    elif isinstance(value, dict):
        for each in value.values():
            held_by(each, found)
    elif isinstance(value, (list, tuple)):
        for each in value:
            held_by(each, found)


def run(module, function, told):
    """One run; whether it counts."""
    owner = module[function["owner"]]() if function["owner"] else None
    target = getattr(owner, function["name"]) if owner else module[function["name"]]
    arguments = {flag: argument(flag) for flag in function["flags"]}
    result = None
    try:
        result = call(target, arguments)
    except Exception:
        world.raised()
    if world.endless:
        return False
    kept = set()
    held_by([result, world.kept, vars(owner) if owner else None, module["KEPT"]], kept)
    module["KEPT"].clear()
    for connection in world.opened:
        counts = told.setdefault(connection.site, {"closed": 0, "escaped": 0, "plain": 0, "excepted": 0})
        if not connection.is_open:
            counts["closed"] += 1
        elif id(connection) in kept:
            counts["escaped"] += 1
        elif connection.excepted:
            counts["excepted"] += 1
        else:
            counts["plain"] += 1
    return True


def every_run(module, function, cleanup):
    global world
    told = {}
    path = []
    target = vars(module[function["owner"]])[function["name"]] if function["owner"] else module[function["name"]]
    for runs in range(1, MOST_RUNS + 1):
        world = World(path, target.__code__, cleanup)
        run(module, function, told)
        taken = world.taken
        while taken and taken[-1][0] + 1 >= taken[-1][1]:
            taken.pop()
        if not taken:
            return {"runs": runs, "told": told}
        path = [choice for choice, _ in taken[:-1]] + [taken[-1][0] + 1]
    return {"runs": None, "told": {}}


def main():
    answers = []
    for number, given in enumerate(json.load(sys.stdin)):
        module = {"__name__": f"program{number}"}
        exec(compile(given["source"], f"program{number}.py", "exec"), module)
        lines = given["source"].split("\n")
        cleanup = {at for at, line in enumerate(lines, 1) if line.endswith("# cleanup")}
        answers.append([every_run(module, function, cleanup) for function in given["functions"]])
    json.dump(answers, sys.stdout)


main()
