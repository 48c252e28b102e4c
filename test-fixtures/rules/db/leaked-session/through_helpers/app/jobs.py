from app.db import Job, connect, count, finish, open_session


def leaked() -> int:
    session = open_session()  # >> db/leaked-session @`open_session()`
    return count(session)


def leaked_connection() -> None:
    connection = connect()  # >> db/leaked-connection @`connect()`
    cursor = connection.cursor()
    cursor.execute("select 1")


def closed_by_a_helper() -> None:
    session = open_session()  # >> quiet
    try:
        count(session)
    finally:
        finish(session)


def kept_by_an_owner() -> Job:
    session = open_session()  # >> quiet
    return Job(session)
