"""Where `with` over the connection only ends the transaction, the fix closes it too."""
import contextlib
import sqlite3


def count(path: str, minimum: int) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        # Only what is big enough.
        rows = connection.execute(
            "select count(*) from parcels where grams > ?",
            (minimum,),
        )

        if rows is None:
            return 0
        total = rows.fetchone()[0]
        return total
