"""How much is touched, by schema and kind."""

from pgassay.judge.coverage import coverage, schema_of
from pgassay.model.exits import Exit
from pgassay.model.touch import Known, Object, RunTouches

TABLE_A, TABLE_B = Object(kind="table", name="crm.a"), Object(kind="table", name='"Odd.one".b')
POLICY, TYPE = Object(kind="policy", name="crm.a.p"), Object(kind="type", name="crm.t")


def run(**known: Known) -> RunTouches:
    found = {"a": TABLE_A, "b": TABLE_B, "p": POLICY}
    return RunTouches(
        run="r",
        ran=2,
        files=2,
        calls_counted=True,
        objects=(TABLE_A, TABLE_B, POLICY, TYPE),
        known={found[name]: each for name, each in known.items()},
    )


def test_measured_and_inferred_count_and_named_does_not() -> None:
    found = coverage(run(a=Known.MEASURED, p=Known.INFERRED, b=Known.NAMED))
    assert (found.whole.touched, found.whole.measured, found.whole.named, found.whole.total) == (2, 1, 1, 3)
    assert (found.untouched, found.named) == ((), (TABLE_B,))


def test_shares_are_by_schema_and_kind() -> None:
    found = coverage(run(a=Known.MEASURED))
    assert [(each.schema, each.kind, each.touched, each.total) for each in found.shares] == [
        ('"Odd.one"', "table", 0, 1),
        ("crm", "table", 1, 1),
        ("crm", "policy", 0, 1),
    ]
    assert [(each.kind, each.touched, each.total) for each in found.kinds] == [
        ("table", 1, 2),
        ("policy", 0, 1),
    ]
    assert found.untouched == (TABLE_B, POLICY)


def test_types_are_nothing_to_touch() -> None:
    assert TYPE not in coverage(run()).untouched


def test_schemas_and_kinds_can_be_chosen() -> None:
    assert coverage(run(), schemas=("Odd.one",)).untouched == (TABLE_B,)
    assert coverage(run(), kinds=("policy",)).untouched == (POLICY,)


def test_less_than_was_asked_for_is_red() -> None:
    half = run(a=Known.MEASURED, p=Known.MEASURED)
    assert coverage(half).exit is Exit.OK
    assert coverage(half, at_least=66).exit is Exit.OK
    assert coverage(half, at_least=67).exit is Exit.RED


def test_the_schema_of_a_quoted_name() -> None:
    assert schema_of(Object(kind="table", name='"a.""b""".c')) == '"a.""b"""'
