"""What a database has attached to its objects is judged with the statement that sets it off."""

import pytest

from pgassay.parse.sql.attached import Attached, Attachment, AttachmentKind
from pgassay.parse.sql.finding import Finding, Verdict
from pgassay.parse.sql.judge import judge_statement
from pgassay.parse.sql.surroundings import Parameter, Routine, Shared, Surroundings
from pgassay.parse.sql.touch import WRITES, Occasion
from unit.parse.sql.judging import PLACE, judge, known, stopped

KILL = "select pg_terminate_backend(1)"


def _on(kind: AttachmentKind, code: str, *on: Occasion, **more: object) -> Attachment:
    values: dict[str, object] = {"schema": "app", "target": "users", "name": "x", **more}
    return Attachment(kind=kind, code=code, on=frozenset(on or {Occasion.READ}), **values)  # type: ignore[arg-type] # the keys are names of fields


def _trigger(text: str, body: str, *on: Occasion, **more: object) -> tuple[Attachment, Routine]:
    routine = Routine(schema="app", name="fire", language="plpgsql", body=f"begin {body}; return new; end")
    code = f"create trigger x {text} execute function app.fire()"
    return _on(AttachmentKind.TRIGGER, code, *on, **more), routine


def _around(*attachments: Attachment, routines: tuple[Routine, ...] = (), **more: object) -> Surroundings:
    return known(
        attached=Attached(attachments),
        routines=lambda name: tuple(each for each in routines if each.name == name),
        **more,
    )


def _with_trigger(body: str) -> Surroundings:
    attachment, routine = _trigger("before insert on app.users for each row", body, Occasion.INSERT)
    return _around(attachment, routines=(routine,))


VIEW = _on(AttachmentKind.VIEW, KILL, Occasion.READ, *WRITES, target="recent", name="app.recent")


@pytest.mark.parametrize(
    "statement",
    [
        "select * from app.recent",
        "table recent",
        "insert into app.recent values (1)",
        "select lives_ok('select 1 from app.recent')",
        "do $$ begin perform 1 from app.recent; end $$",
        "create temp view mine as select * from app.recent",
        "with a as (select * from app.recent) select 1",
    ],
)
def test_a_view_is_judged_by_what_it_selects(statement: str) -> None:
    assert stopped(statement, surroundings=_around(VIEW)) == {"outside_effects"}


def test_what_is_found_names_the_way_to_it() -> None:
    view = _on(AttachmentKind.VIEW, "select app.f()", target="recent", name="app.recent")
    routine = Routine(schema="app", name="f", language="sql", body=KILL)
    (found,) = judge("select 1 from recent", surroundings=_around(view, routines=(routine,)))
    assert found.detail == "through the view app.recent → app.f()"
    assert found.place == PLACE


def test_a_view_in_another_schema_is_another_one() -> None:
    assert stopped("select * from public.recent", surroundings=_around(VIEW)) == set()


def test_what_is_written_to_a_view_may_be_written_to_its_table() -> None:
    view = _on(AttachmentKind.VIEW, "select * from app.users", Occasion.READ, *WRITES, target="recent")
    trigger, routine = _trigger("before insert on app.users", "perform pg_reload_conf()", Occasion.INSERT)
    around = _around(view, trigger, routines=(routine,))
    assert stopped("select * from app.recent", surroundings=around) == set()
    assert stopped("insert into app.recent values (1)", surroundings=around) == {"outside_effects"}


@pytest.mark.parametrize(
    ("statement", "fires"),
    [
        ("update app.users set name = 'x' where id = 1", True),
        ("update app.users set id = 1 where id = 1", False),
        ("insert into app.users values (1) on conflict (id) do update set name = 'x'", True),
        ("insert into app.users values (1) on conflict (id) do update set id = 1", False),
        ("merge into app.users u using s on true when matched then update set id = 1", True),
    ],
)
def test_a_trigger_of_some_columns_fires_for_those(statement: str, fires: bool) -> None:
    trigger, routine = _trigger(
        "before update of name on app.users",
        "perform pg_reload_conf()",
        Occasion.UPDATE,
        columns=frozenset({"name"}),
    )
    assert bool(stopped(statement, surroundings=_around(trigger, routines=(routine,)))) is fires


def test_a_trigger_is_judged_by_its_condition_too() -> None:
    trigger, routine = _trigger(
        "before insert on app.users for each row when (pg_reload_conf())", "null", Occasion.INSERT
    )
    around = _around(trigger, routines=(routine,))
    assert stopped("insert into app.users values (1)", surroundings=around) == {"outside_effects"}


@pytest.mark.parametrize(
    "body", ["perform nextval('app.numbers')", "notify them", "perform pg_notify('a', 'b')"]
)
def test_what_databases_do_when_they_are_written_to_is_only_noted(body: str) -> None:
    around = _with_trigger(body)
    found = judge("insert into app.users values (1)", surroundings=around)
    assert {each.verdict for each in found} == {Verdict.ALLOWED}
    assert {each.rule for each in found} & {"sequences", "outside_effects"}
    assert stopped("select app.fire()", surroundings=around)


def test_a_sequence_is_not_set_unasked_either() -> None:
    around = _with_trigger("perform setval('app.numbers', 1)")
    assert stopped("insert into app.users values (1)", surroundings=around) == {"sequences"}


def test_a_trigger_function_knows_its_table() -> None:
    body = "execute format('insert into %I.%I values (1)', tg_table_schema, tg_table_name || '_log')"
    assert stopped("insert into app.users values (1)", surroundings=_with_trigger(body)) == set()
    assert stopped("select app.fire()", surroundings=_with_trigger(body)) == {"unreadable"}


def test_what_cannot_be_read_is_refused_there_too() -> None:
    around = _with_trigger("execute new.statement")
    assert stopped("insert into app.users values (1)", surroundings=around) == {"unreadable"}


def test_triggers_that_set_each_other_off_are_followed_to_their_end() -> None:
    first, one = _trigger("after insert on app.users", "insert into app.orders values (1)", Occasion.INSERT)
    other = Routine(
        schema="app",
        name="back",
        language="plpgsql",
        body="begin insert into app.users values (1); perform pg_reload_conf(); return new; end",
    )
    second = _on(
        AttachmentKind.TRIGGER,
        "create trigger x after insert on app.orders execute function app.back()",
        Occasion.INSERT,
        target="orders",
    )
    found = judge(
        "insert into app.users values (1)", surroundings=_around(first, second, routines=(one, other))
    )
    assert [each.detail for each in found if each.verdict is Verdict.REFUSED] == [
        "through the trigger x of app.users → app.fire() → the trigger x of app.orders → app.back()"
    ]


def test_a_rule_is_judged_by_what_it_does() -> None:
    rule = _on(
        AttachmentKind.RULE,
        "create rule x as on insert to app.users where pg_reload_conf() do also notify them",
        Occasion.INSERT,
    )
    assert stopped("insert into app.users values (1)", surroundings=_around(rule)) == {"outside_effects"}


def test_a_copy_of_a_table_takes_defaults_along_and_no_triggers() -> None:
    trigger, routine = _trigger("before insert on app.users", "perform pg_reload_conf()", Occasion.INSERT)
    default = _on(AttachmentKind.DEFAULT, KILL, Occasion.INSERT, Occasion.COPY_SHAPE)
    like = "create temp table mine (like app.users including all)"
    assert stopped(like, surroundings=_around(trigger, routines=(routine,))) == set()
    assert stopped(like, surroundings=_around(default)) == {"outside_effects"}
    assert stopped("create temp table mine () inherits (app.users)", surroundings=_around(default)) == {
        "outside_effects"
    }


def test_a_relation_that_cannot_be_told_may_be_any() -> None:
    statement = "do $$ declare t regclass; begin execute format('select 1 from %s', t); end $$"
    assert stopped(statement, surroundings=_around()) == set()
    assert stopped(statement, surroundings=_around(VIEW)) == {"outside_effects"}


@pytest.mark.parametrize(
    ("on", "statement", "refused"),
    [
        ({Occasion.READ}, "select '1'::ticket", True),
        ({Occasion.READ}, "select 1", False),
        ({Occasion.READ, Occasion.INSERT}, "select 1", True),
    ],
)
def test_a_cast_counts_where_it_is_named_or_needs_no_name(
    on: set[Occasion], statement: str, refused: bool
) -> None:
    cast = _on(AttachmentKind.CAST, KILL, *on, target="ticket")
    assert bool(stopped(statement, surroundings=_around(cast))) is refused


def test_machine_code_that_need_have_no_part_is_only_noted() -> None:
    routine = Routine(schema="app", name="compare", language="c", body="compare")
    operators = _on(AttachmentKind.OPERATOR_CLASS, "select app.compare()", target="ops")
    named = _on(AttachmentKind.OPERATOR, "select app.compare()", target="<->")
    around = _around(operators, named, routines=(routine,))
    assert {each.verdict for each in judge("select 1", surroundings=around)} == {Verdict.ALLOWED}
    assert stopped("select a <-> b from app.users", surroundings=around) == {"languages"}


@pytest.mark.parametrize(
    "statement",
    [
        "select 1 <~> 2",
        "select 1 operator(app.<~>) 2",
        "select 1 <~> any (array[1])",
        "select 1 order by 1 using <~>",
        "select cmp_ok(1, '<~>', 2)",
        "select cmp_ok(1, ' operator( app.<~> ) ', 2)",
        "select 1 where 1 <~> all (select 1)",
    ],
)
def test_an_operator_is_found_wherever_it_stands(statement: str) -> None:
    operator = _on(AttachmentKind.OPERATOR, KILL, target="<~>")
    assert stopped(statement, surroundings=_around(operator)) == {"outside_effects"}


@pytest.mark.parametrize(
    "statement",
    [
        "select 1::app.closer",
        "select cast(1 as closer)",
        "create temp table t (a closer[])",
        "do $$ declare a app.closer(1) not null := 1; begin null; end $$",
        "do $$ declare a int; begin declare a closer; begin a := 1; end; end $$",
        "select app.takes(1)",
    ],
)
def test_a_domain_is_found_wherever_it_stands(statement: str) -> None:
    domain = _on(AttachmentKind.DOMAIN, KILL, target="closer")
    takes = Routine(
        schema="app",
        name="takes",
        language="sql",
        body="select 1",
        parameters=(Parameter(type="app.closer"),),
    )
    around = _around(domain, routines=(takes,))
    assert stopped(statement, surroundings=around) == {"outside_effects"}


@pytest.mark.parametrize(
    ("tags", "statement", "refused"),
    [
        ((), "create temp table t (a int)", True),
        ((), "comment on table app.users is 'x'", True),
        ((), "select 1", False),
        (("CREATE VIEW",), "create temp table t (a int)", False),
        (("CREATE VIEW",), "create temp view v as select 1", True),
        (("CREATE TABLE",), "select plan(1)", True),
        (("CREATE VIEW",), "select plan(1)", False),
        (("CREATE TABLE AS",), "create temp table t as select 1", True),
        (("SELECT INTO",), "select 1 into temp t", True),
        (("DROP MATERIALIZED VIEW",), "drop materialized view pg_temp.v", True),
        (("DROP VIEW",), "drop table pg_temp.v", False),
    ],
)
def test_an_event_trigger_waits_for_its_commands(
    tags: tuple[str, ...], statement: str, refused: bool
) -> None:
    trigger = _on(AttachmentKind.EVENT_TRIGGER, KILL, target="watch", tags=frozenset(tags))
    assert ("outside_effects" in stopped(statement, surroundings=_around(trigger))) is refused


def test_an_aggregate_is_judged_by_the_functions_that_it_consists_of() -> None:
    step = Routine(schema="app", name="step", language="sql", body=KILL)
    aggregate = Routine(schema="app", name="total", language="aggregate", body="", calls="select app.step()")
    around = _around(routines=(step, aggregate))
    assert stopped("select app.total(id) from app.users", surroundings=around) == {"outside_effects"}


def _file(statements: list[str], shared: Shared) -> list[Finding]:
    view = _on(AttachmentKind.VIEW, "select helper()", target="recent", name="app.recent")
    around = _around(view, shared=shared)
    return [each for text in statements for each in judge_statement(text, place=PLACE, known=around)]


def test_what_one_file_made_counts_for_no_other() -> None:
    shared = Shared()
    reads = "select * from app.recent"
    makes = f"create function public.helper() returns void language sql as $$ {KILL} $$"
    assert _file([reads], shared) == []
    assert "outside_effects" in {each.rule for each in _file([makes, reads], shared) if each.through[1:]}
    assert _file([reads], shared) == []


def _each(shared: Shared, *files: tuple[str, ...]) -> list[set[str]]:
    """Give the rules that stop each of several files of one database."""
    return [stopped(*statements, surroundings=known(shared=shared)) for statements in files]


def test_a_text_that_is_harmless_in_one_file_is_not_so_where_it_means_something_else() -> None:
    makes = "create function public.mine() returns int language plpgsql as 'begin truncate app.users; end'"
    calls, drops = "select mine()", "drop function other() cascade"
    assert _each(Shared(), (calls,), (makes, calls), (calls,)) == [set(), {"strong_locks"}, set()]
    made = "create function other() returns int language sql as 'select 1'"
    assert _each(Shared(), (made, drops), (drops,)) == [set(), {"strong_locks"}]
    assert _each(Shared(), ("create schema s", "drop schema s"), ("drop schema s",))[0] == set()


def test_what_a_file_makes_and_takes_back_is_heard_each_time() -> None:
    shared, made, truncates = Shared(), "create schema s", "truncate s.t"
    files = ((made, truncates), (truncates,), ("begin", made, "rollback", truncates), (made, truncates)) * 2
    found = [
        stopped(*each, surroundings=known(shared=shared, relations=None, schemas=None)) for each in files
    ]
    assert found == [set(), {"strong_locks"}, {"strong_locks"}, set()] * 2
