"""Which test files a user means, in the order in which they should run."""

from collections.abc import Callable
from dataclasses import dataclass

from pgassay.flows.memory import Memory
from pgassay.model.errors import UsageError
from pgassay.model.suite import TestFile
from pgassay.model.touch import Snapshot
from pgassay.suite.discover import discover
from pgassay.suite.select import Selection, select
from pgassay.suite.settings import SuiteSettings
from pgassay.suite.shard import schedule, shard, with_history
from pgassay.suite.xunit import XUnit

Look = Callable[[], Snapshot]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the user asked for, in the words of the command line.

    ``shard`` is ``I/N``: the number of this shard, from 1, and how many there are. ``runtests`` stands
    for the xUnit functions of ``schema`` that ``match`` a pattern, instead of files. ``critical_first``
    puts those at the head of their category. ``touching`` are names of objects, ``changed_since`` a run: only
    files that touch these objects, or what changed since the run.
    """

    paths: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    all_categories: bool = False
    critical_first: bool = False
    critical_only: bool = False
    tags: tuple[str, ...] = ()
    last_failed: bool = False
    touching: tuple[str, ...] = ()
    changed_since: str = ""
    shard: str = ""
    runtests: bool = False
    schema: str = ""
    match: str = ""

    @property
    def xunit(self) -> XUnit | None:
        """The functions to run, if it is functions that are wanted."""
        return XUnit(schema=self.schema, match=self.match) if self.runtests else None

    @property
    def by_touch(self) -> bool:
        """Whether what files touch matters."""
        return bool(self.touching or self.changed_since)


def choose(
    wish: Wish, settings: SuiteSettings, memory: Memory | None, look: Look | None = None
) -> tuple[TestFile, ...]:
    """Find, filter, share out and order the files. ``look`` says what the database is like now.

    Raises:
        NothingToRun: nothing is left to run; the sentence says why.
        UsageError: a path does not exist, or the wish needs a store and there is none.
    """
    if wish.xunit is not None:
        if wish.by_touch:
            raise UsageError("--touching and --changed-since choose files, and --runtests runs functions.")
        return (wish.xunit.file,)
    if wish.schema or wish.match:
        raise UsageError("--schema and --match choose functions, for --runtests.")
    found = discover(wish.paths or settings.paths, critical=settings.critical, exclude=settings.exclude)
    chosen = select(found, _selection(wish, memory))
    if wish.by_touch:
        chosen = _touching(chosen, wish, memory, look)
    if memory is not None:
        chosen = with_history(chosen, memory.history(file.path for file in chosen))
    if wish.shard:
        chosen = shard(chosen, *_shard(wish.shard))
    return schedule(chosen, critical_first=wish.critical_first)


def _touching(
    files: tuple[TestFile, ...], wish: Wish, memory: Memory | None, look: Look | None
) -> tuple[TestFile, ...]:
    from pgassay.flows.test.by_touch import that_touch, touching_changes  # few runs choose like that

    if memory is None or look is None:
        raise UsageError("--touching and --changed-since need the record of earlier runs, and there is none.")
    if wish.touching:
        files = that_touch(files, wish.touching, memory)
    return touching_changes(files, wish.changed_since, memory, look) if wish.changed_since else files


def _shard(text: str) -> tuple[int, int]:
    """Read ``I/N``."""
    index, _, count = text.partition("/")
    if not (index.isdecimal() and count.isdecimal() and 1 <= int(index) <= int(count)):
        raise UsageError(f"{text!r} is no shard.", remedy="Write I/N, as in --shard 1/4.")
    return int(index), int(count)


def _selection(wish: Wish, memory: Memory | None) -> Selection:
    if wish.last_failed and memory is None:
        raise UsageError("--last-failed needs the record of earlier runs, and there is none.")
    return Selection(
        categories=wish.categories,
        all_categories=wish.all_categories,
        critical_only=wish.critical_only,
        tags=wish.tags,
        last_failed=memory.last_failed() if wish.last_failed and memory is not None else None,
    )
