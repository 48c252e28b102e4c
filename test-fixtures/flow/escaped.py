"""Resources that somebody else keeps or may close.

What the names stand for, and how expectations are written, says tests/flow.test.ts.
"""


# ---------- escaped


def returned():
    # => escaped
    s = Session()
    return s


def returned_at_once():
    # => escaped
    return connect()


def returned_in_a_tuple():
    # => escaped
    s = Session()
    return 1, s


def returned_by_a_conditional_expression(flag):
    # => escaped
    s = Session()
    return s if flag else None


def stored_in_an_attribute(existing):
    # => escaped
    existing.session = Session()


def stored_in_an_attribute_under_a_name(existing):
    # => escaped
    s = Session()
    existing.session = s


def stored_in_an_annotated_attribute(existing):
    # => escaped
    existing.session: Session = Session()


def stored_by_key(existing):
    # => escaped
    existing['s'] = connect()


def put_in_a_list(items):
    # => escaped
    # => escaped
    pool = [connect() for _ in items]
    more = [connect()]


def put_in_a_dict():
    # => escaped
    d = {'a': connect()}


def appended(items):
    # => escaped
    s = Session()
    items.append(s)


def added_in_place(items):
    # => escaped
    items += [connect()]


def made_global():
    # => escaped
    global s
    s = Session()


def given_to_an_unknown_call():
    # => escaped
    s = Session()
    keep(s)


def given_by_keyword():
    # => escaped
    keep(session=Session())


def given_by_star():
    # => escaped
    s = Session()
    borrow(*s)


def deleted():
    # => escaped
    s = Session()
    del s


def detached_by_a_method():
    # => escaped
    s = Session()
    t = s.detach()


def its_closing_method_returned():
    # => escaped
    s = Session()
    return 1, s.close


def raised():
    # => escaped
    s = Session()
    raise Failure(s)


def captured_by_a_lambda():
    # => escaped
    s = Session()
    run(lambda: s.query())


def captured_by_a_nested_function_defined_before():
    # => escaped
    x = 1
    def inner():
        return s.query()
    s = Session()
    return inner


def declared_nonlocal_by_a_nested_function():
    # => escaped
    x = 1
    def inner():
        nonlocal s
        s = None
    s = Session()
    return inner


def kept_by_a_generator_expression(items):
    # => escaped
    s = Session()
    return (s.get(i) for i in items)


def closed_by_whoever_iterates():
    # => escaped
    # => escaped
    a = Session()
    b = Session()
    for s in (a, b): s.close()


def returned_when_all_goes_well_though_something_may_raise_before():
    # => escaped
    conn = connect()
    conn.execute("SET x")
    return conn


def yielded_in_a_loop(items):
    # => escaped
    for item in items:
        yield connect(item)


def used_for_ever():
    # => escaped
    conn = connect()
    while True:
        x = conn.x


def kept_in_one_arm_of_a_decision_after_something_that_may_raise(existing, flag):
    # => unsure
    s = Session()
    borrow(1)
    if flag:
        existing.s = s
    return 1


def both_stored_and_named(existing):
    # => escaped
    existing.s = s = Session()
    s.query()


def assigned_to_several_names_at_once():
    # => escaped
    a, b = connect()
    a.x()


def read_by_a_class_body():
    # => escaped
    s = Session()
    class A:
        x = s.query()


def a_default_of_a_nested_function():
    # => escaped
    s = Session()
    def g(x=s):
        return x


def starred_into_a_list():
    # => escaped
    s = Session()
    x = [*s]


def kept_in_one_arm_of_a_decision(existing, flag):
    # => unsure
    s = Session()
    if flag:
        existing.s = s
    return 1
