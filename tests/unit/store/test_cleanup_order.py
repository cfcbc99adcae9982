"""The order in which rows that refer to each other are removed."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pgassay.store.cleanup.order import Reference, Unit, units


def refs(*pairs: str) -> list[Reference[str]]:
    """Read ``child>parent`` with a letter for its kind behind it."""
    found = []
    for pair in pairs:
        ends, _, letter = pair.partition(":")
        child, parent = ends.split(">")
        found.append(
            Reference(
                child=child,
                parent=parent,
                key=f"{child}{parent}",
                deferrable=letter == "d",
                yielding=letter == "y",
                nullable=letter == "n",
            )
        )
    return found


def orders(found: Sequence[Unit[str]]) -> list[str]:
    return ["".join(each.members) for each in found]


def test_what_refers_goes_first() -> None:
    found = units("abc", refs("b>a", "c>b"))

    assert orders(found) == ["c", "b", "a"]


def test_rows_that_have_nothing_to_do_with_each_other_stay_in_their_order() -> None:
    assert orders(units("cab", [])) == ["c", "a", "b"]


def test_a_row_that_refers_to_itself_is_no_circle() -> None:
    (found,) = units("a", refs("a>a"))

    assert found == Unit(members=("a",))


def test_references_to_rows_that_are_not_registered_do_not_count() -> None:
    assert orders(units("a", refs("a>z", "z>a"))) == ["a"]


def test_a_circle_opens_where_it_can_be_deferred() -> None:
    (found,) = units("ab", refs("a>b:d", "b>a"))

    assert (found.members, found.stuck) == (("b", "a"), ())
    assert [each.key for each in found.deferred] == ["ab"]
    assert found.nulled == ()


def test_a_circle_opens_where_the_server_yields() -> None:
    (found,) = units("ab", refs("a>b:y", "b>a"))

    assert (found.members, found.deferred, found.nulled, found.stuck) == (("b", "a"), (), (), ())
    assert [each.key for each in found.yielding] == ["ab"]


def test_a_circle_is_nulled_only_where_nothing_else_opens_it() -> None:
    (found,) = units("ab", refs("a>b:n", "b>a"))

    assert [each.key for each in found.nulled] == ["ab"]
    assert found.members == ("b", "a")


def test_a_circle_that_cannot_be_opened_is_told_by_its_keys() -> None:
    (found,) = units("abc", refs("a>b", "b>c", "c>a"))

    assert found.stuck == ("ab", "bc", "ca")


def test_what_hangs_on_a_circle_goes_before_it_and_what_it_hangs_on_behind() -> None:
    found = units("pabk", refs("a>b", "b>a", "k>a", "b>p"))

    assert orders(found) == ["k", "ab", "p"]
    assert found[1].stuck == ("ab", "ba")


def test_a_long_chain_needs_no_deep_stack() -> None:
    nodes = [str(number) for number in range(5_000)]
    found = units(nodes, refs(*(f"{number + 1}>{number}" for number in range(4_999))))

    assert [each.members[0] for each in found] == nodes[::-1]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from("dyn "))))
def test_every_row_is_there_once_and_behind_all_that_must_be_gone(
    pairs: list[tuple[int, int, str]],
) -> None:
    given_refs = refs(*(f"{child}>{parent}:{letter.strip()}" for child, parent, letter in pairs))
    found = units([str(number) for number in range(8)], given_refs)

    place = {node: at for at, node in enumerate(node for unit in found for node in unit.members)}
    assert len(place) == 8
    inside = {node: unit for unit in found for node in unit.members}
    for each in given_refs:
        together = inside[each.child] is inside[each.parent]
        opened = each in inside[each.child].deferred + inside[each.child].nulled + inside[each.child].yielding
        if each.child == each.parent or (together and (inside[each.child].stuck or opened)):
            continue
        assert place[each.child] < place[each.parent]
