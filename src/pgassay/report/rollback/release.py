"""Whether a rollback is asked for, for a person: each trigger with what shows it, then the verdict."""

from collections.abc import Iterator

from pgassay.model.exits import Exit
from pgassay.model.release import Release, Standing, Verdict
from pgassay.report.words import visible

_EXITS = {
    Verdict.ROLL_BACK: Exit.RED,
    Verdict.STAY: Exit.OK,
    Verdict.NOT_VERIFIED: Exit.UNAVAILABLE,
}
_MARK = {Standing.FIRED: "FIRED", Standing.QUIET: "quiet", Standing.NOT_VERIFIED: "not verified"}


def release_exit(release: Release) -> Exit:
    """Give the exit code: 1 asks for a rollback, and doubt is neither that nor 0."""
    return _EXITS[release.verdict]


def release_text(release: Release) -> str:
    """Give the whole text."""
    return "\n".join(_lines(release))


def _lines(release: Release) -> Iterator[str]:
    for each in release.triggers:
        yield f"  {each.trigger:<15}  {_MARK[each.standing]:<12}  {visible(each.sentence)}"
        yield from (f"      {visible(line)}" for line in each.evidence)
    yield f"{release.verdict}: {visible(release.target)}"
    if release.verdict is Verdict.ROLL_BACK:
        yield "  pgassay rollback run"
