"""What is concluded of a file from counts, from its text and from what the database has."""

from pgassay.model.touch import Known
from pgassay.parse.mentions import read_mentions
from pgassay.pg.objects import Function, Objects, Policy, Relation, Role, Trigger
from pgassay.pg.touched import Counted, Counts
from pgassay.suite.touch.conclude import Seen, conclude
from pgassay.suite.touch.index import Index

ACCOUNT, NOTE, PART, SEEN, ODD = 1, 2, 3, 4, 5
CLOSE, STAMP, BECOME, SHARED = 11, 12, 13, 14
OWNER, TESTER, CUSTOMER, ROOT = 21, 22, 23, 24
INSERT, DELETE, UPDATE, BEFORE_ROW = 4, 8, 16, 3


def relation(
    oid: int, name: str, kind: str = "table", *, parent: int | None = None, rls: bool = False
) -> Relation:
    return Relation(oid=oid, kind=kind, name=name, parent=parent, row_security=rls, forced=False, owner=OWNER)


def trigger(name: str, table: int, function: int, events: int, *, conditional: bool = False) -> Trigger:
    return Trigger(
        oid=0,
        name=name,
        table=table,
        function=function,
        events=events | BEFORE_ROW,
        fires=True,
        conditional=conditional,
    )


def policy(name: str, command: str, *roles: int) -> Policy:
    return Policy(oid=0, name=f"crm.account.{name}", table=ACCOUNT, command=command, roles=frozenset(roles))


OBJECTS = Objects(
    role="tester",
    path=("public",),
    relations={
        each.oid: each
        for each in (
            relation(ACCOUNT, "crm.account", rls=True),
            relation(NOTE, "crm.note"),
            relation(PART, "crm.note_1", parent=NOTE),
            relation(SEEN, "crm.seen", "view"),
            relation(ODD, 'crm."Odd one"'),
        )
    },
    functions={
        each.oid: each
        for each in (
            Function(oid=CLOSE, name="crm.close(account integer)", role_text=""),
            Function(oid=STAMP, name="crm.stamp()", role_text=""),
            Function(oid=SHARED, name="crm.shared()", role_text=""),
            Function(
                oid=BECOME,
                name="tests.become(who text)",
                role_text="begin perform set_config('role', 'customer', true); end",
            ),
        )
    },
    policies=(
        policy("see", "r", CUSTOMER),
        policy("make", "a", CUSTOMER),
        policy("change", "w", CUSTOMER),
        policy('"may do all"', "*", 0),
    ),
    triggers=(
        trigger("crm.account.stamp", ACCOUNT, STAMP, INSERT),
        trigger("crm.account.shared", ACCOUNT, SHARED, UPDATE),
        trigger("crm.note.shared", NOTE, SHARED, UPDATE),
        trigger("crm.note.sometimes", NOTE, 99, DELETE, conditional=True),
    ),
    roles=(
        Role(oid=OWNER, name="owner", free=False, rights=frozenset([OWNER])),
        Role(oid=TESTER, name="tester", free=False, rights=frozenset([TESTER, OWNER])),
        Role(oid=CUSTOMER, name="customer", free=False, rights=frozenset([CUSTOMER])),
        Role(oid=ROOT, name="root", free=True, rights=frozenset([ROOT, CUSTOMER])),
    ),
)


def touched(
    text: str = "",
    *,
    relations: dict[int, Counted] | None = None,
    functions: tuple[int, ...] = (),
    held: tuple[int, ...] = (),
    counted: bool = True,
) -> dict[str, str]:
    seen = Seen(
        counts=Counts(relations=relations or {}, functions={oid: Counted(calls=1) for oid in functions}),
        held=frozenset(held),
        calls_counted=counted,
    )
    found = conclude(Index(OBJECTS), seen, read_mentions([text]))
    return {f"{each.kind} {each.name}": each.known.value for each in found}


READ, INSERTED, UPDATED, DELETED = (
    Counted(scans=1),
    Counted(inserted=1),
    Counted(scans=1, updated=1),
    Counted(deleted=1),
)


def test_what_was_counted_or_locked_is_measured() -> None:
    found = touched(relations={NOTE: READ}, held=(SEEN,), functions=(CLOSE,))
    assert found == {
        "table crm.note": "measured",
        "view crm.seen": "measured",
        "function crm.close(account integer)": "measured",
    }


def test_numbers_that_mean_nothing_here_are_passed_over() -> None:
    assert touched(relations={999: READ}, held=(998,), functions=(997,)) == {}


def test_a_partition_tells_of_what_it_is_one_of() -> None:
    found = touched(relations={PART: INSERTED})
    assert found == {"table crm.note_1": "measured", "table crm.note": "inferred"}


def test_what_only_the_text_has_is_named() -> None:
    found = touched("select has_table('crm', 'note'); select has_table('crm', 'Odd one'); select 'close'")
    assert found == {
        "table crm.note": "named",
        'table crm."Odd one"': "named",
        "function crm.close(account integer)": "named",
    }


def test_a_name_with_another_schema_means_something_else() -> None:
    assert touched("select * from other.note") == {}


def test_a_call_in_the_text_is_inferred_where_it_was_not_counted() -> None:
    assert touched("select crm.close(1)") == {"function crm.close(account integer)": "inferred"}


def test_a_column_of_a_functions_name_is_no_call() -> None:
    assert touched("select close from t") == {}


def test_the_surest_way_of_knowing_counts() -> None:
    found = touched("select has_table('note'); select 'close'", relations={NOTE: READ}, functions=(CLOSE,))
    assert set(found.values()) == {"measured"}


def test_a_trigger_whose_function_was_called_has_fired() -> None:
    assert touched(functions=(STAMP,))["trigger crm.account.stamp"] == "measured"


def test_of_several_triggers_with_one_function_the_written_table_tells() -> None:
    found = touched(relations={NOTE: UPDATED}, functions=(SHARED,))
    assert found["trigger crm.note.shared"] == "inferred"
    assert "trigger crm.account.shared" not in found


def test_a_trigger_whose_function_was_not_called_has_not_fired() -> None:
    assert "trigger crm.account.stamp" not in touched(relations={ACCOUNT: INSERTED})


def test_where_calls_are_not_counted_rows_tell() -> None:
    found = touched(relations={ACCOUNT: INSERTED, NOTE: DELETED}, counted=False)
    assert found["trigger crm.account.stamp"] == "inferred"
    assert "trigger crm.note.sometimes" not in found


def policies(text: str, **counts: Counted) -> set[str]:
    relations = {ACCOUNT: counts["account"]} if counts else {}
    found = touched(text, relations=relations)
    return {
        name.rpartition(".")[2] for name, known in found.items() if known == "inferred" and "policy" in name
    }


def test_a_policy_was_in_force_for_the_role_that_read() -> None:
    assert policies("set role customer; select * from crm.account", account=READ) == {"see", '"may do all"'}


def test_no_policy_holds_for_the_owner_or_for_who_is_free_of_them() -> None:
    assert policies("select * from crm.account", account=READ) == set()
    assert policies("set role root; select * from crm.account", account=READ) == set()


def test_a_role_that_is_laid_down_again_reads_nothing_more() -> None:
    text = "set role customer; select 1; reset role; select * from crm.account"
    assert policies(text, account=READ) == set()


def test_changing_needs_to_see() -> None:
    found = policies("set local role customer; update crm.account set a = 1", account=UPDATED)
    assert found == {"see", "change", '"may do all"'}


def test_a_row_that_a_policy_kept_out_is_counted_nowhere_and_known_by_the_text() -> None:
    text = "set role customer; select throws_ok('insert into crm.account values (1)', '42501')"
    assert policies(text) == {"make", '"may do all"'}


def test_a_function_that_becomes_a_role_is_seen_through() -> None:
    found = policies("select tests.become('alice'); select * from crm.account", account=READ)
    assert found == {"see", '"may do all"'}


def test_what_the_text_does_not_tell_any_role_in_play_may_have_done() -> None:
    found = policies("set role customer; select crm.close(1)", account=Counted(inserted=1))
    assert found == {"make", '"may do all"'}


def test_a_policy_that_the_text_names_is_named() -> None:
    found = touched("select policy_roles_are('crm', 'account', 'may do all', array['public'])")
    assert found['policy crm.account."may do all"'] == Known.NAMED
