"""SQLAlchemy sessions and what becomes of them."""
from contextlib import closing, contextmanager

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session, scoped_session, sessionmaker

engine = create_engine("postgresql://db.example/app")
SessionLocal = sessionmaker(bind=engine)


class User:
    pass


def never_closed(key: int):
    db = SessionLocal()  # >> db/leaked-session @`SessionLocal()`
    return db.get(User, key).name


def closed_unless_it_raises(key: int):
    db = Session(engine)  # >> db/leaked-session @`Session(engine)`
    user = db.get(User, key)
    db.close()
    return user


def closed_unless_it_returns_early(key: int):
    db = SessionLocal()  # >> db/leaked-session @`SessionLocal()`
    try:
        user = db.get(User, key)
    except ValueError:
        return None
    db.close()
    return user


def closed_on_one_branch(key: int, keep: bool):
    db = SessionLocal()  # >> db/leaked-session @`SessionLocal()`
    try:
        return db.get(User, key)
    finally:
        if keep:
            db.close()


def replaced_while_open():
    db = SessionLocal()  # >> db/leaked-session @`SessionLocal()`
    db = SessionLocal()
    try:
        db.execute(text("select 1"))
    finally:
        db.close()


def never_named():
    return SessionLocal().execute(text("select 1")).all()  # >> db/leaked-session @`SessionLocal()`


def in_a_loop(keys: list[int]):
    for key in keys:
        db = SessionLocal()  # >> db/leaked-session @`SessionLocal()`
        if key < 0:
            continue
        db.execute(text("select 1"))
        db.close()


def yielded_without_finally():
    db = SessionLocal()  # >> db/leaked-session @`SessionLocal()`
    yield db
    db.close()


def with_block(key: int):
    with SessionLocal() as db:  # >> quiet
        return db.get(User, key)


def with_begin():
    with SessionLocal.begin() as db:  # >> quiet
        db.execute(text("select 1"))


def with_closing():
    with closing(SessionLocal()) as db:  # >> quiet
        return db.execute(text("select 1")).all()


def with_later(key: int):
    db = SessionLocal()  # >> quiet
    with db:
        return db.get(User, key)


def finally_closed(key: int):
    db = SessionLocal()  # >> quiet
    try:
        return db.get(User, key)
    finally:
        db.close()


def finally_if_there_is_one(key: int):
    db = None
    try:
        db = SessionLocal()  # >> quiet
        return db.get(User, key)
    finally:
        if db is not None:
            db.close()


def closed_on_both_ways(key: int):
    db = SessionLocal()  # >> quiet
    try:
        user = db.get(User, key)
    except Exception:
        db.close()
        raise
    else:
        db.close()
    return user


def get_db():
    db = SessionLocal()  # >> quiet
    try:
        yield db
    finally:
        db.close()


@contextmanager
def session_scope():
    db = SessionLocal()  # >> quiet
    try:
        yield db
        db.commit()
    except Exception:
        db.rollback()
        raise
    finally:
        db.close()


def opened_for_the_caller() -> Session:
    return SessionLocal()  # >> quiet


def opened_and_prepared_for_the_caller() -> Session:
    db = SessionLocal()  # >> quiet
    db.execute(text("set search_path = app"))
    return db


class Repository:
    def __init__(self) -> None:
        self.db = SessionLocal()  # >> quiet


def handed_to_an_owner():
    db = SessionLocal()  # >> quiet
    return Keeper(db)


class Keeper:
    def __init__(self, db: Session) -> None:
        self.db = db


sessions: list[Session] = []


def kept_in_a_list():
    db = SessionLocal()  # >> quiet
    sessions.append(db)


def handed_to_a_stranger():
    db = SessionLocal()  # >> quiet
    take_it_from_here(db)


registry = scoped_session(SessionLocal)


def from_a_registry(key: int):
    return registry.get(User, key)  # >> quiet


def configured_and_scoped():
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:  # >> quiet
        conn.execute(text("select 1"))


def configured_twice_and_closed():
    conn = engine.connect().execution_options(stream_results=True).execution_options(yield_per=10)  # >> quiet
    try:
        return conn.execute(text("select 1")).all()
    finally:
        conn.close()


def configured_and_returned():
    return engine.connect().execution_options(stream_results=True)  # >> quiet


def configured_and_left_open():
    conn = engine.connect().execution_options(stream_results=True)  # >> db/leaked-connection @`engine.connect().execution_options(stream_results=True)` "never closed"
    return conn.execute(text("select 1")).all()


def configured_and_thrown_away():
    engine.connect().execution_options(stream_results=True).execute(text("select 1"))  # >> db/leaked-connection "never closed"
