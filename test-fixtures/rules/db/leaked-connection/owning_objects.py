"""Objects of the project that open a connection when they are made are as good as the connection."""
import psycopg2


class Parcels:
    def __init__(self, dsn: str) -> None:
        self.connection = psycopg2.connect(dsn)  # >> quiet

    def count(self) -> int:
        with self.connection.cursor() as cursor:
            cursor.execute("select count(*) from parcels")
            return cursor.fetchone()[0]


class Letters(Parcels):
    def close(self) -> None:
        self.connection.close()


class Bills:
    def __init__(self, dsn: str) -> None:
        self._connection = psycopg2.connect(dsn)  # >> quiet

    def __enter__(self) -> "Bills":
        return self

    def __exit__(self, *exc_info) -> None:
        self._connection.close()

    def count(self) -> int:
        return 0


class Exposed:
    def __init__(self, dsn: str) -> None:
        self.connection = psycopg2.connect(dsn)  # >> quiet

    def raw(self):
        return self.connection


class Collected:
    def __init__(self, dsn: str) -> None:
        self.connection = psycopg2.connect(dsn)  # >> quiet

    def __del__(self) -> None:
        self.connection.close()

    def count(self) -> int:
        return 0


class Chained:
    def __init__(self, dsn: str) -> None:
        self.connection = psycopg2.connect(dsn)  # >> quiet

    def ready(self) -> "Chained":
        return self


class Lazy:
    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.connection = None

    def count(self) -> int:
        self.connection = psycopg2.connect(self.dsn)  # >> quiet
        return 0


def nobody_can_close_it(dsn: str) -> int:
    parcels = Parcels(dsn)  # >> db/leaked-connection @`Parcels(dsn)` "`parcels`, which keeps a database connection open, is never closed"
    return parcels.count()


def inherited(dsn: str) -> int:
    letters = Letters(dsn)  # >> db/leaked-connection @`Letters(dsn)` "stays open when something fails"
    count = letters.count()
    letters.close()
    return count


def closed(dsn: str) -> int:
    letters = Letters(dsn)  # >> quiet
    try:
        return letters.count()
    finally:
        letters.close()


def in_a_block(dsn: str) -> int:
    with Bills(dsn) as bills:  # >> quiet
        return bills.count()


def without_its_block(dsn: str) -> int:
    bills = Bills(dsn)  # >> db/leaked-connection @`Bills(dsn)` fix "Open it in with"
    return bills.count()


def closed_past_it(dsn: str) -> int:
    parcels = Parcels(dsn)  # >> quiet
    count = parcels.count()
    parcels.connection.close()
    return count


def given_back(dsn: str) -> Parcels:
    parcels = Parcels(dsn)  # >> quiet
    parcels.count()
    return parcels


def handed_on(dsn: str, keep) -> None:
    parcels = Parcels(dsn)  # >> quiet
    keep(parcels)


def exposed(dsn: str):
    return Exposed(dsn).raw()  # >> quiet


def closed_when_collected(dsn: str) -> int:
    collected = Collected(dsn)  # >> quiet
    return collected.count()


def chained(dsn: str) -> Chained:
    chained = Chained(dsn)  # >> quiet
    return chained.ready()


def opened_later(dsn: str) -> int:
    lazy = Lazy(dsn)  # >> quiet
    return lazy.count()


shared = Parcels("dsn")  # >> quiet


def through_a_factory(dsn: str) -> int:
    parcels = given_back(dsn)  # >> db/leaked-connection @`given_back(dsn)`
    return parcels.count()
