"""Which mutants are tried."""

from collections import Counter

import pytest

from pgassay.model.errors import NothingToRun, UsageError
from pgassay.model.mutate import Kind, Mutant
from pgassay.mutate.choose import Choice, choose

KINDS = tuple(Kind(name=name, section="", title="") for name in ("drop_policy", "drop_check", "drop_index"))


def mutant(kind: str, object_: str, number: int = 0) -> Mutant:
    return Mutant(id=f"{kind}:{object_}.{number}", kind=kind, object=object_, name="", description="", ddl="")


MUTANTS = (
    mutant("drop_policy", "crm.contacts"),
    mutant("drop_check", "crm.contacts"),
    mutant("drop_check", "crm.tags"),
    mutant("drop_check", 'crm."Odd.Name"'),
    mutant("drop_index", '"Odd.Schema".t'),
    mutant("drop_index", "private"),
)


def chosen(choice: Choice) -> list[str]:
    return [each.id for each in choose(MUTANTS, choice, KINDS)]


def test_without_a_wish_all_are_tried_in_their_order() -> None:
    assert chosen(Choice()) == [each.id for each in MUTANTS]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(schemas=("private",)), ["drop_index:private.0"]),
        (Choice(schemas=("Odd.Schema",)), ['drop_index:"Odd.Schema".t.0']),
        (Choice(schemas=("crm",), kinds=("drop_policy",)), ["drop_policy:crm.contacts.0"]),
        (Choice(objects=("crm.t*", "private")), ["drop_check:crm.tags.0", "drop_index:private.0"]),
        (
            Choice(kinds=("drop_policy", "drop_index"), objects=("*.contacts", "*.t")),
            ["drop_policy:crm.contacts.0", 'drop_index:"Odd.Schema".t.0'],
        ),
    ],
)
def test_schemas_kinds_and_objects_narrow_it(choice: Choice, expected: list[str]) -> None:
    assert chosen(choice) == expected


def test_an_unknown_kind_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        chosen(Choice(kinds=("drop_polcy",)))
    assert "drop_policy" in caught.value.remedy


@pytest.mark.parametrize("choice", [Choice(schemas=("nowhere",)), Choice(objects=("crm.nothing",))])
def test_nothing_to_mutate_is_said(choice: Choice) -> None:
    with pytest.raises(NothingToRun, match="nothing to mutate"):
        chosen(choice)


MANY = tuple(
    mutant(kind, "t", number)
    for kind, size in (("drop_policy", 60), ("drop_check", 30), ("drop_index", 10))
    for number in range(size)
)


def test_a_sample_has_its_size_and_every_kind_by_its_share() -> None:
    taken = choose(MANY, Choice(sample=20, seed=4), KINDS)
    counts = Counter(each.kind for each in taken)
    assert sum(counts.values()) == 20
    assert 11 <= counts["drop_policy"] <= 13
    assert 5 <= counts["drop_check"] <= 7
    assert 1 <= counts["drop_index"] <= 3


def test_a_sample_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    first, again, other = (choose(MANY, Choice(sample=20, seed=seed), KINDS) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert list(first) == [each for each in MANY if each in first]


def test_a_sample_larger_than_all_is_all() -> None:
    assert choose(MANY, Choice(sample=1000), KINDS) == MANY
