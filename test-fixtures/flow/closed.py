"""Resources that are closed on every way out, or as far as anybody can tell.

What the names stand for, and how expectations are written, says tests/flow.test.ts.
"""


# ---------- closed


def by_a_with_over_the_opening():
    # => closed
    with Session() as s:
        s.query(1)


def by_a_with_over_its_name():
    # => closed
    s = Session()
    with s:
        s.query(1)


def by_contextlib_closing_over_a_connection_whose_own_block_does_not_close_it():
    # => closed
    with closing(pg()) as conn:
        conn.cursor()


async def by_an_async_with_over_an_awaited_opening():
    # => closed
    async with await aconnect() as client:
        client.get()


async def by_an_async_with_over_an_awaited_name():
    # => closed
    client = await aconnect()
    async with client:
        client.get()


def by_a_finally_right_behind_it():
    # => closed
    s = Session()
    try:
        s.query(1)
        return borrow(s)
    finally:
        s.close()


def by_a_finally_whichever_way_out_is_taken(existing, flag, items):
    # => closed
    for item in items:
        s = Session()
        try:
            if item: continue
            if flag: break
            if existing: return 1
            if abort(): raise ValueError()
            borrow(s)
        except KeyError:
            raise
        finally:
            s.close()


def by_a_finally_that_asks_whether_it_was_opened():
    # => closed
    session = None
    try:
        session = Session()
        session.query(1)
    finally:
        if session:
            session.close()


def by_a_finally_that_asks_with_is_not_none():
    # => closed
    session = None
    try:
        session = Session()
        return session.query(1)
    except ValueError:
        borrow(1)
    finally:
        if session is not None:
            session.close()


def after_a_return_where_it_is_none():
    # => closed
    s = Session()
    try:
        pass
    finally:
        if not s:
            return None
        s.close()


def after_a_return_where_it_equals_none_and_with_more_behind_an_and():
    # => closed
    s = Session()
    if None == s:
        return 1
    if s and s.active:
        s.close()
    else:
        s.close()


def by_a_conditional_expression_as_a_statement():
    # => closed
    s = None
    try:
        s = Session()
        s.query()
    finally:
        s.close() if s else None


def by_s_and_s_close():
    # => closed
    s = None
    try:
        s = Session()
        s.query()
    finally:
        s and s.close()


def in_an_except_that_catches_all_and_behind_the_try():
    # => closed
    s = Session()
    try:
        s.query(1)
    except Exception:
        s.close()
        raise
    s.close()


def in_a_bare_except_and_in_the_else():
    # => closed
    s = Session()
    try:
        s.query(1)
    except:
        s.close()
        raise
    else:
        s.close()


def behind_a_suppressing_with():
    # => leaked exception-path: may-raise "s.query(1)"
    s = Session()
    with suppress(ValueError):
        s.query(1)
        borrow(s)
    s.close()


def inside_of_a_suppressing_with():
    # => closed
    s = Session()
    try:
        s.query(1)
    finally:
        with suppress(Exception):
            s.close()


def at_once_as_a_receiver():
    # => closed
    connect().close()


def by_a_call_that_closes_what_it_is_given():
    # => closed
    s = Session()
    release(s)


def under_another_name():
    # => closed
    s = t = Session()
    u = t
    try:
        u.query()
    finally:
        s.close()


def by_a_walrus_holder():
    # => closed
    if (s := Session()):
        try:
            s.query()
        finally:
            s.close()


def in_every_case_of_a_match(flag):
    # => closed
    s = Session()
    match flag:
        case 1:
            s.close()
        case [a, b] if a:
            s.close()
        case _:
            s.close()


def in_the_else_of_a_loop_and_before_its_break(items):
    # => closed
    s = Session()
    for item in items:
        if item:
            s.close()
            break
    else:
        s.close()


def each_round_of_a_loop(items):
    # => closed
    # => closed
    for item in items:
        with connect() as c:
            c.execute(item)
    while True:
        c = connect()
        try:
            c.execute()
        finally:
            c.close()


def with_only_plain_steps_between_opening_and_try(existing):
    # => closed
    s = Session()
    done = False
    rows = existing.rows
    try:
        rows = s.query()
        done = True
    finally:
        s.close()
    return rows


def both_values_of_a_tuple():
    # => closed
    # => closed
    a, b = Session(), Session()
    try:
        a.query(b.query())
    finally:
        a.close()
        b.close()


def under_the_condition_that_it_was_opened_here(existing):
    # => unsure
    own = existing is None
    s = existing or Session()
    try:
        return s.query()
    finally:
        if own:
            s.close()


def under_the_same_condition_in_an_arm_that_leaves(existing):
    # => closed
    s = existing
    if existing is None:
        s = Session()
    if existing is None:
        with s:
            return s.query()
    return borrow(s)


def in_a_finally_behind_other_cleaning_up_that_may_raise():
    # => closed
    conn = connect()
    cur = None
    try:
        cur = conn.cursor()
        cur.execute()
    finally:
        cur.close()
        conn.close()


def where_the_process_ends_otherwise(flag):
    # => closed
    s = Session()
    if not flag:
        exit(1)
    s.close()


def a_generator_that_closes_in_finally():
    # => closed
    s = Session()
    try:
        yield s
    finally:
        s.close()


def a_generator_with_a_with():
    # => closed
    with Session() as s:
        yield s


def through_a_configuring_call():
    # => closed
    conn = connect()
    try:
        conn = conn.configured(1)
        conn.execute()
    finally:
        conn.close()


def a_comprehension_reads_it_at_once(items):
    # => closed
    s = Session()
    try:
        rows = [s.get(item) for item in items]
        total = sum(s.get(item) for item in items)
    finally:
        s.close()


def a_comprehension_variable_of_the_same_name_is_another(items):
    # => leaked never: ends "[s.close() for s in items]"
    s = Session()
    [s.close() for s in items]


# ---------- closed, as far as anybody can tell


def its_closing_method_handed_over():
    # => closed
    s = Session()
    at_exit(s.close)
    borrow(s)


async def its_closing_method_handed_over_awaited():
    # => closed
    s = Session()
    await to_thread(f=s.close)


async def gathered_closings():
    # => closed
    s = Session()
    await gather(s.close(), borrow(1))


def unless_it_is_closed_already():
    # => unsure
    s = Session()
    if not s.closed:
        s.close()


def only_where_the_local_is_bound():
    # => closed
    if 's' in locals():
        s = Session()
        s.close()


def returned_by_its_close():
    # => closed
    s = Session()
    return s.close()


def where_the_opening_failed():
    # => closed
    try:
        s = Session()
    except ValueError:
        return None
    try:
        return s.query()
    finally:
        s.close()


def by_a_flag():
    # => closed
    opened = False
    try:
        s = Session()
        opened = True
        s.query()
    finally:
        if opened:
            s.close()


def in_a_loop_that_may_run_no_round(items):
    # => unsure
    s = Session()
    for item in items:
        s.close()


def by_a_close_that_may_itself_raise():
    # => closed
    s = Session()
    try:
        s.close()
    except Exception:
        raise


def by_a_conditional_item_of_a_with(existing, flag):
    # => closed
    with (existing if flag else Session()) as s:
        s.query()


def by_a_retry_loop_with_break_and_continue():
    # => closed
    while True:
        s = Session()
        try:
            rows = s.query()
            break
        except ValueError:
            continue
        finally:
            s.close()
    return rows


def by_nested_finally_blocks_each_with_a_return(flag):
    # => closed
    # => closed
    a = connect()
    try:
        b = connect()
        try:
            if flag: return a.x(borrow(b))
        finally:
            b.close()
        return borrow(a)
    finally:
        a.close()


# ---------- as backends are written


def a_dependency_that_commits_or_rolls_back():
    # => closed
    db = Session()
    try:
        yield db
        db.commit()
    except Exception:
        db.rollback()
        raise
    finally:
        db.close()


def connection_and_cursor_by_hand():
    # => closed
    conn = cur = None
    try:
        conn = connect()
        cur = conn.cursor()
        cur.execute("SELECT 1")
    except Exception as e:
        print(e)
    finally:
        if cur:
            cur.close()
        if conn:
            conn.close()


def connection_and_cursor_under_one_condition():
    # => unsure
    conn = cur = None
    try:
        conn = connect()
        cur = conn.cursor()
        cur.execute("SELECT 1")
    finally:
        if cur is not None and conn is not None:
            cur.close()
            conn.close()


def retrying_until_it_opens():
    # => closed
    while True:
        try:
            conn = connect()
            break
        except OSError:
            sleep(1)
    try:
        conn.execute("SELECT 1")
    finally:
        conn.close()


def retrying_a_few_times(items):
    # => closed
    for attempt in range(3):
        conn = connect()
        try:
            return conn.execute(items[attempt])
        except OSError:
            continue
        finally:
            conn.close()
    raise TimeoutError


def opened_anew_after_a_failure():
    # => closed
    # => closed
    conn = connect()
    try:
        conn.execute("SELECT 1")
    except Exception:
        conn.close()
        conn = connect()
        try:
            conn.execute("SELECT 1")
        finally:
            conn.close()
    else:
        conn.close()


def a_block_that_ends_the_transaction_inside_of_a_finally():
    # => closed
    pg_conn = pg()
    try:
        with pg_conn:
            with pg_conn.cursor() as cur:
                cur.execute("SELECT 1")
                return cur.fetchall()
    finally:
        pg_conn.close()


def several_in_one_with():
    # => closed
    # => closed
    with closing(pg()) as conn, open("log") as log:
        log.write(conn.status)


async def entered_into_a_stack(stack):
    # => closed
    s = Session()
    await stack.push(s.close)
    return borrow(s)


def forgotten_once_it_is_released():
    # => closed
    s = Session()
    release(s)
    s = None


def closed_in_each_arm_of_an_elif(flag):
    # => closed
    s = Session()
    if flag == 1:
        s.close()
    elif flag == 2:
        s.close()
        return 2
    else:
        s.close()
        raise ValueError


def only_opened_where_none_is_given(session=None):
    # => closed
    own = False
    if session is None:
        session = Session()
        own = True
    try:
        return session.query()
    finally:
        if own:
            session.close()


# ---------- lent together with what was made from it


def yielded_in_a_pair():
    # => closed
    conn = connect()
    try:
        yield conn, conn.cursor()
    finally:
        conn.close()


# ---------- closed under conditions that belong together


def flag_asked_twice(keep):
    # => closed
    s = Session()
    if keep:
        s.close()
    print(1)
    if not keep:
        s.close()


def flag_asked_twice_with_something_between_that_may_raise(keep):
    # => leaked exception-path: may-raise "work()"
    s = Session()
    if keep:
        s.close()
    work()
    if not keep:
        s.close()


def flag_asked_twice_that_may_have_changed(keep):
    # => unsure
    s = Session()
    if keep:
        s.close()
    keep = bool(s)
    if not keep:
        s.close()


def flag_of_parameters_that_nothing_else_asks(keep, loud):
    # => leaked early-return: ends "loud"
    s = Session()
    if loud:
        print(1)
    if keep:
        s.close()
    if loud:
        print(2)


def flag_set_where_it_was_opened():
    # => closed
    done = False
    s = Session()
    try:
        s.query(1)
        done = True
    finally:
        if done:
            s.close()
        else:
            s.close()


def flag_set_only_where_all_went_well():
    # => leaked exception-path: may-raise "s.query(1)"
    done = False
    s = Session()
    try:
        s.query(1)
        done = True
    finally:
        if done:
            s.close()


def flag_of_a_value_that_is_given_or_not(given):
    # => closed
    s = given
    if given is None:
        s = Session()
    try:
        s.query(1)
    finally:
        if given is None:
            s.close()


def flag_of_a_value_that_is_given_or_not_and_forgotten(given, flag):
    # => leaked early-return: returns "return 1"
    s = given
    if given is None:
        s = Session()
    if flag:
        return 1
    if given is None:
        s.close()


def flag_of_something_that_may_become_empty(items):
    # => unsure
    s = Session()
    if items:
        s.close()
    items.pop()
    if not items:
        s.close()


def flag_that_says_who_owns_it(existing, owned):
    # => closed
    s = Session() if owned else existing
    try:
        s.query(1)
    finally:
        if owned:
            s.close()
