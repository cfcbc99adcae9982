"""Two states of the catalogs, compared as values."""

from hypothesis import given
from hypothesis import strategies as st

from pgassay.model.fingerprint import Entry, compare, fingerprint_of

WORDS = st.text(alphabet="ab:\n ", max_size=6)
ENTRIES = st.builds(Entry, kind=WORDS, name=WORDS, text=WORDS.map(lambda text: f"owner: {text}"))


def unique(entries: list[Entry]) -> list[Entry]:
    return list({(each.kind, each.name): each for each in entries}.values())


@given(st.lists(ENTRIES).map(unique), st.randoms())
def test_the_order_in_which_they_were_read_does_not_matter(entries: list[Entry], chance: object) -> None:
    assert fingerprint_of(entries).digest == fingerprint_of(reversed(entries)).digest


@given(st.lists(ENTRIES).map(unique), st.lists(ENTRIES).map(unique))
def test_equal_digests_mean_equal_entries(one: list[Entry], other: list[Entry]) -> None:
    before, after = fingerprint_of(one), fingerprint_of(other)
    assert (before.digest == after.digest) == (before.entries == after.entries)
    assert (compare(before, after) == ()) == (before.entries == after.entries)


@given(st.lists(ENTRIES).map(unique), st.lists(ENTRIES).map(unique))
def test_every_object_that_differs_is_named_once(one: list[Entry], other: list[Entry]) -> None:
    before = {(each.kind, each.name): each.text for each in one}
    after = {(each.kind, each.name): each.text for each in other}

    named = [(each.kind, each.name) for each in compare(fingerprint_of(one), fingerprint_of(other))]

    assert named == sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def test_lines_in_another_order_are_told_whole() -> None:
    before = fingerprint_of([Entry(kind="function", name="f", text="a\nb")])
    after = fingerprint_of([Entry(kind="function", name="f", text="b\na")])

    (found,) = compare(before, after)

    assert (found.before, found.after, found.change) == ("a\nb", "b\na", "changed")
