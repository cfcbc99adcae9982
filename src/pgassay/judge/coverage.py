"""How much of a database a run touches, by schema and kind of object."""

from collections import defaultdict
from collections.abc import Iterable

from pgassay.model.coverage import Coverage, Share
from pgassay.model.touch import KINDS, Known, Object, RunTouches


def coverage(
    touches: RunTouches,
    *,
    schemas: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    at_least: float | None = None,
) -> Coverage:
    """Compare what a run touched with what there was; only some schemas or kinds, where any are given.

    What is only named in a file's text does not count as touched.
    """
    known = touches.known
    wanted = [each for each in touches.objects if _is_wanted(each, schemas, kinds)]
    groups: defaultdict[tuple[str, str], list[Object]] = defaultdict(list)
    for each in wanted:
        groups[schema_of(each), each.kind].append(each)
    shares = tuple(
        _share(touches, groups[place], schema=place[0], kind=place[1]) for place in sorted(groups, key=_order)
    )
    present = [kind for kind in KINDS if any(each.kind == kind for each in wanted)]
    rest = [each for each in wanted if known.get(each) not in (Known.MEASURED, Known.INFERRED)]
    return Coverage(
        run=touches.run,
        ran=touches.ran,
        files=touches.files,
        calls_counted=touches.calls_counted,
        shares=shares,
        kinds=tuple(
            _share(touches, (each for each in wanted if each.kind == kind), kind=kind) for kind in present
        ),
        whole=_share(touches, wanted),
        untouched=tuple(each for each in rest if each not in known),
        named=tuple(each for each in rest if each in known),
        at_least=at_least,
    )


def schema_of(each: Object) -> str:
    """Give the schema of an object, as its name has it."""
    name = each.name
    if not name.startswith('"'):
        return name.partition(".")[0]
    end = 1
    while (end := name.index('"', end) + 1) < len(name) and name[end] == '"':
        end += 1
    return name[:end]


def _is_wanted(each: Object, schemas: tuple[str, ...], kinds: tuple[str, ...]) -> bool:
    if each.kind not in (kinds or KINDS):
        return False
    return not schemas or schema_of(each).strip('"') in schemas


def _order(place: tuple[str, str]) -> tuple[str, int]:
    return place[0], KINDS.index(place[1])


def _share(touches: RunTouches, group: Iterable[Object], *, schema: str = "", kind: str = "") -> Share:
    known = [touches.known.get(each) for each in group]
    measured = known.count(Known.MEASURED)
    return Share(
        schema=schema,
        kind=kind,
        total=len(known),
        touched=measured + known.count(Known.INFERRED),
        measured=measured,
        named=known.count(Known.NAMED),
    )
