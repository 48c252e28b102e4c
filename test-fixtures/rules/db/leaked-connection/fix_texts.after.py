"""What the fix indents, and what it leaves as it is: texts that span lines, and continued lines."""
import contextlib
import psycopg2


def count(dsn: str, minimum: int) -> int:
    with contextlib.closing(psycopg2.connect(dsn)) as connection:
        cursor = connection.cursor()
        cursor.execute(
            """
        select count(*)
    from parcels
        where grams > %s
        """,
            (minimum,),
        )
        total = cursor.fetchone()[0] + \
            minimum
        label = f"""
{total} parcels
    """
        print(label, '''
and more''')
        return total


def nested(dsn: str) -> list:
    with contextlib.closing(psycopg2.connect(dsn)) as connection:
        def shape(row):
            """Makes one of it.

        The first column is its name.
        """
            return {"name": row[0]}

        cursor = connection.cursor()
        cursor.execute("select name " "from parcels")
        return [shape(row) for row in cursor.fetchall()]
