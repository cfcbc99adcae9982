"""What changed between two moments, and what uses it."""

from pgassay.model.touch import CatalogObject, Object, Snapshot, changed_between, users_of


def thing(name: str, digest: str = "1", *uses: str) -> CatalogObject:
    used = tuple(Object(kind="table", name=each) for each in uses)
    return CatalogObject(kind="table", name=name, digest=digest, uses=used)


def snapshot(*objects: CatalogObject) -> Snapshot:
    return Snapshot(id=repr(objects), objects=objects)


def names(found: frozenset[Object]) -> set[str]:
    return {each.name for each in found}


def test_added_removed_and_changed_objects_are_found() -> None:
    before = snapshot(thing("same"), thing("gone"), thing("other", "1"))
    after = snapshot(thing("same"), thing("new"), thing("other", "2"))
    assert names(changed_between(before, after)) == {"gone", "new", "other"}


def test_two_of_one_id_are_the_same() -> None:
    before = Snapshot(id="x", objects=(thing("a"),))
    assert changed_between(before, Snapshot(id="x")) == frozenset()


def test_users_are_found_through_others_and_in_circles() -> None:
    known = snapshot(
        thing("a"), thing("b", "1", "a"), thing("c", "1", "b", "d"), thing("d", "1", "c"), thing("e")
    )
    assert names(users_of(frozenset([Object(kind="table", name="a")]), known)) == {"a", "b", "c", "d"}


def test_a_user_that_is_gone_counts_too() -> None:
    before, after = snapshot(thing("b", "1", "a")), snapshot(thing("a"))
    assert names(users_of(frozenset([Object(kind="table", name="a")]), before, after)) == {"a", "b"}
