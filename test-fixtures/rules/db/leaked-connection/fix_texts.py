"""What the fix indents, and what it leaves as it is: texts that span lines, and continued lines."""
import psycopg2


def count(dsn: str, minimum: int) -> int:
    connection = psycopg2.connect(dsn)  # >> db/leaked-connection @`psycopg2.connect(dsn)` fix "Open it in with"
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
    connection = psycopg2.connect(dsn)  # >> db/leaked-connection @`psycopg2.connect(dsn)` fix "Open it in with"

    def shape(row):
        """Makes one of it.

        The first column is its name.
        """
        return {"name": row[0]}

    cursor = connection.cursor()
    cursor.execute("select name " "from parcels")
    return [shape(row) for row in cursor.fetchall()]
