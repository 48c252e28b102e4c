"""Resources that some way out leaves open, among near misses.

What the names stand for, and how expectations are written, says tests/flow.test.ts.
"""


# ---------- never closed


def never_used_and_forgotten():
    # => leaked never: ends "s.query(1)"
    s = Session()
    s.query(1)


def never_used_in_a_return():
    # => leaked never: returns "return s.query(1)"
    s = Session()
    return s.query(1)


def never_an_annotated_name():
    # => leaked never: ends "borrow(s)"
    s: Session = Session()
    borrow(s)


def never_never_named_used_as_a_receiver():
    # => leaked never
    rows = Session().query(1).all()


def never_never_named_dropped():
    # => leaked never
    connect()


def never_never_named_borrowed():
    # => leaked never
    return borrow(connect())


def never_never_named_iterated():
    # => leaked never
    for line in open('x'):
        print(line)


async def never_awaited():
    # => leaked never: ends "await c.get()"
    c = await aconnect()
    await c.get()


def never_entered_by_a_block_that_does_not_close():
    # => leaked never: ends "conn.cursor()"
    with pg() as conn:
        conn.cursor()


def never_given_to_a_nested_function_that_has_its_own_name_for_it():
    # => leaked never: returns "return s.query()"
    s = Session()
    def inner(s):
        return s.query()
    return s.query()


def never_lent_and_forgotten():
    # => leaked never: ends "yield s"
    s = Session()
    yield s


def never_lent_at_once_and_forgotten():
    # => leaked never
    yield Session()


def never_chosen_by_a_conditional_expression(flag):
    # => leaked never: ends "borrow(s)"
    s = Session() if flag else None
    borrow(s)


def never_an_opening_that_another_one_follows():
    # => leaked never: overwrites "s = Session()"
    # => closed
    s = Session()
    s = Session()
    s.close()


def never_opened_in_every_round(items):
    # => leaked never: overwrites "c = connect()"
    for item in items:
        c = connect()
        c.execute(item)


# ---------- near misses of tests on the holder


def asking_for_another_name_does_not_tell(existing):
    # => leaked never: ends "existing is None"
    s = None
    try:
        s = Session()
        s.query()
    finally:
        if existing is None:
            borrow(1)


def a_walrus_in_a_test_names_it():
    # => leaked exception-path: may-raise "borrow(1)"
    if (s := Session()) is not None:
        borrow(1)
        s.close()


def a_while_over_the_holder_ends_when_it_is_gone():
    # => closed
    s = Session()
    while s:
        s.close()
        s = None


# ---------- lost under a name that is given another value


def lost_opened_in_every_round_and_closed_once(items):
    # => leaked reassigned: overwrites "c = connect()"
    for item in items:
        c = connect()
        borrow(item)
    c.close()


def lost_set_to_none_on_one_way(flag):
    # => leaked reassigned: overwrites "c = None"
    c = connect()
    if flag:
        c = None
    else:
        c.close()


def lost_but_not_while_another_name_holds_it():
    # => closed
    c = connect()
    d = c
    c = None
    d.close()


# ---------- left by an early return


def return_in_front_of_the_close(flag):
    # => leaked early-return: returns "return None"
    s = Session()
    if not flag:
        return None
    s.close()


def return_in_front_of_handing_it_on():
    # => leaked early-return: returns "return None"
    conn = connect()
    if conn.bad:
        return None
    return conn


def return_by_the_end_of_the_function(flag):
    # => leaked early-return: ends "borrow(s)"
    s = Session()
    if flag:
        s.close()
        return 1
    borrow(s)


def return_in_one_case_of_a_match(flag):
    # => leaked early-return: returns "return 1"
    s = Session()
    match flag:
        case 1:
            return 1
        case _:
            s.close()


def return_past_a_close_under_an_unrelated_condition(flag):
    # => leaked early-return: returns "return 1"
    s = Session()
    if flag:
        s.close()
    return 1


# ---------- left by an exception


def exception_between_opening_and_close():
    # => leaked exception-path: may-raise "borrow(s)"
    s = Session()
    borrow(s)
    s.close()


async def exception_by_an_index_an_import_an_assertion_an_await(flag, items):
    # => leaked exception-path: may-raise "x = items[0]"
    # => leaked exception-path: may-raise "import y"
    # => leaked exception-path: may-raise "assert flag"
    # => leaked exception-path: may-raise "await flag"
    a = Session(); x = items[0]; a.close()
    b = Session()
    import y
    b.close()
    c = Session()
    assert flag
    c.close()
    d = Session()
    await flag
    d.close()


def exception_not_by_names_attributes_and_arithmetic(existing, flag):
    # => closed
    s = Session()
    a = flag.x + 1
    b = a if flag else -a
    c: list[int] = existing
    s.close()


def exception_not_by_a_call_known_to_raise_nothing_but_by_what_it_is_given():
    # => closed
    # => leaked exception-path: may-raise "print(borrow(b))"
    a = Session()
    print(a)
    a.close()
    b = Session()
    print(borrow(b))
    b.close()


def exception_not_by_asserting_that_it_is_there():
    # => closed
    s = Session()
    assert s is not None, "no session"
    assert s and not None
    s.close()


def exception_raised_on_purpose(flag):
    # => leaked exception-path: raises "raise ValueError"
    s = Session()
    if not flag:
        raise ValueError
    s.close()


def exception_by_a_call_that_always_raises(flag):
    # => leaked exception-path: may-raise "abort(404)"
    s = Session()
    if not flag:
        abort(404)
    s.close()


def exception_swallowed_by_a_handler():
    # => leaked exception-path: may-raise "borrow(s)", caught "except Exception as e", returns "return None"
    try:
        s = Session()
        borrow(s)
        s.close()
    except Exception as e:
        return None


def exception_that_no_handler_is_sure_to_catch():
    # => leaked exception-path: may-raise "borrow(s)"
    s = Session()
    try:
        borrow(s)
    except (ValueError, KeyError):
        s.close()
        raise
    s.close()


def exception_past_a_finally_that_does_something_else():
    # => leaked exception-path: may-raise "borrow(s)"
    s = Session()
    try:
        borrow(s)
        s.close()
    finally:
        borrow(1)


def exception_raised_again_by_a_handler_that_forgot():
    # => leaked exception-path: may-raise "borrow(s)", caught "except Exception", raises "raise"
    s = Session()
    try:
        borrow(s)
    except Exception:
        raise
    s.close()


def exception_before_a_try_that_comes_too_late():
    # => leaked exception-path: may-raise "rows = load(1)"
    s = Session()
    rows = load(1)
    try:
        s.query(rows)
    finally:
        s.close()


def exception_narrowly_where_only_a_child_is_made_before_the_try():
    # => narrowly leaked exception-path: may-raise "cur = conn.cursor()"
    conn = connect()
    cur = conn.cursor()
    try:
        cur.execute()
    finally:
        conn.close()


async def exception_narrowly_where_only_a_child_is_made_before_the_with():
    # => narrowly leaked exception-path: may-raise "tx = await conn.begin()"
    conn = connect()
    tx = await conn.begin()
    with closing(conn):
        tx.run()


def exception_widely_where_nothing_is_protected():
    # => leaked exception-path: may-raise "cur = conn.cursor()"
    conn = connect()
    cur = conn.cursor()
    conn.close()


def exception_from_an_inner_with():
    # => leaked exception-path: may-raise "conn.cursor() as cur"
    conn = connect()
    with conn.cursor() as cur:
        cur.execute()
    conn.close()


def exception_a_block_that_only_ends_the_transaction():
    # => leaked exception-path: may-raise "pg_conn"
    pg_conn = pg()
    with pg_conn:
        pg_conn.cursor()
    pg_conn.close()


def exception_though_a_return_in_finally_swallows_it():
    # => leaked exception-path: may-raise "borrow(s)", returns "return 1"
    s = Session()
    try:
        borrow(s)
        s.close()
    finally:
        return 1


def exception_on_its_way_while_it_is_opened(flag):
    # => leaked never: ends "s = Session()"
    try:
        flag()
    finally:
        s = Session()


# ---------- left at a yield


def yield_closed_behind_it_without_finally():
    # => leaked after-yield: yields "yield s"
    s = Session()
    yield s
    s.close()


def yield_committed_and_closed_behind_it():
    # => leaked after-yield: yields "yield s"
    s = Session()
    borrow(s)
    yield s
    s.commit()
    s.close()


def yield_in_a_pair():
    # => leaked after-yield: yields "yield conn, cursor"
    conn = connect()
    cursor = conn.cursor()
    yield conn, cursor
    conn.close()


def yield_except_exception_does_not_see_a_generator_that_is_given_up():
    # => leaked after-yield: yields "yield s"
    s = Session()
    try:
        yield s
    except Exception:
        s.close()
        raise
    s.close()


def yield_except_baseexception_does():
    # => closed
    s = Session()
    try:
        yield s
    except BaseException:
        s.close()
        raise
    s.close()


def yield_rows_yielded_while_it_is_open():
    # => leaked after-yield: yields "yield row"
    conn = connect()
    for row in conn.rows:
        yield row
    conn.close()


# ---------- as backends are written


def only_opened_where_none_is_given_and_something_raises(session=None):
    # => leaked exception-path: may-raise "rows = s.query()"
    s = session
    if s is None:
        s = Session()
    rows = s.query()
    if session is None:
        s.close()
    return rows


def closed_by_one_handler_and_the_end(items):
    # => leaked exception-path: may-raise "borrow(s)"
    s = Session()
    try:
        borrow(s)
    except ValueError:
        s.close()
        return None
    s.close()
    return items


def read_and_closed():
    # => leaked exception-path: may-raise "data = borrow(f)"
    f = open("settings.json")
    data = borrow(f)
    f.close()
    return data


def a_failure_that_is_logged_and_forgotten():
    # => leaked exception-path: may-raise "s.commit()", caught "except Exception", ends "s.rollback()"
    s = Session()
    try:
        s.commit()
        s.close()
    except Exception:
        s.rollback()


def not_found_is_raised_while_it_is_open(items):
    # => leaked exception-path: raises "raise KeyError(row)"
    s = Session()
    try:
        row = items
    finally:
        print(s)
    if not row:
        raise KeyError(row)
    s.close()


async def a_lifespan_without_finally(app):
    # => leaked after-yield: yields "yield"
    client = await aconnect()
    yield
    await client.aclose()


async def an_async_client_made_for_each_request(items):
    # => leaked never: overwrites "client = await aconnect()"
    for item in items:
        client = await aconnect()
        await client.get(item)


def found_early_in_a_loop(items):
    # => leaked early-return: returns "return item"
    s = Session()
    for item in items:
        if item.wanted:
            return item
    s.close()


# ---------- closed under a condition that has nothing to do with it


def flag_decides_and_nothing_else_asks_it(keep):
    # => leaked early-return: ends "keep"
    s = Session()
    s.query(1)
    if not keep:
        s.close()


def flag_decides_in_a_finally(keep):
    # => leaked early-return: ends "keep"
    s = Session()
    try:
        s.query(1)
    finally:
        if keep:
            s.close()
