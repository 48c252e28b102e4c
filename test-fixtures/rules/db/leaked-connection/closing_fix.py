"""Where `with` over the connection only ends the transaction, the fix closes it too."""
import sqlite3


def count(path: str, minimum: int) -> int:
    connection = sqlite3.connect(path)  # >> db/leaked-connection @`sqlite3.connect(path)`
    # Only what is big enough.
    rows = connection.execute(
        "select count(*) from parcels where grams > ?",
        (minimum,),
    )

    if rows is None:
        return 0
    total = rows.fetchone()[0]
    return total
