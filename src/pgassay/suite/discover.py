"""Makes test files of paths: finds them, reads their head comments, and puts them in the order of safety.

A head comment that cannot be understood stops everything before anything runs. A file that cannot be
read at all, or is not UTF-8, stays in the plan: the run reports it, and the other files still run.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pgassay.model.errors import NothingToRun, UsageError
from pgassay.model.suite import TestFile, safety_rank
from pgassay.parse.head import Head, read_head
from pgassay.suite.category import category_of
from pgassay.suite.find import find
from pgassay.suite.included import included_only
from pgassay.suite.patterns import fits


def discover(
    paths: Sequence[str], *, critical: Sequence[str] = (), exclude: Sequence[str] = ()
) -> tuple[TestFile, ...]:
    """Give the test files under ``paths`` (the usual places if there are none), safest category first.

    ``critical`` and ``exclude`` are patterns over paths, see :mod:`pgassay.suite.patterns`. Paths stay
    relative where they were typed so. Raise :class:`UsageError` for a path that does not exist and for
    head comments that cannot be read, :class:`NothingToRun` where there is no test.
    """
    found = find(paths, exclude=exclude)
    scripts = {each.path: _content(each.path) for each in found}
    helpers = included_only(scripts)
    tests = [each.path for each in found if each.named or each.path not in helpers]
    if not tests:
        raise NothingToRun("All files found are only included by each other; none of them plans a test.")
    return in_order_of_safety(_with_heads(tests, scripts, critical))


def in_order_of_safety(files: Sequence[TestFile]) -> tuple[TestFile, ...]:
    """Order by category, safest first, then by path."""
    return tuple(sorted(files, key=lambda each: (safety_rank(each.category), each.category, each.path)))


def _with_heads(
    tests: Sequence[Path], scripts: dict[Path, bytes], critical: Sequence[str]
) -> tuple[TestFile, ...]:
    files: list[TestFile] = []
    errors: list[UsageError] = []
    for path in tests:
        try:
            files.append(_test_file(path, scripts[path], critical))
        except UsageError as error:
            errors.append(error)
    if errors:
        sentences = "\n".join(each.sentence for each in errors)
        raise UsageError(sentences, remedy=errors[0].remedy)
    return tuple(files)


def _test_file(path: Path, content: bytes, critical: Sequence[str]) -> TestFile:
    head = _head(path, content)
    return TestFile(
        path=str(path),
        category=head.category or category_of(str(path), absolute=str(path.absolute())),
        critical=head.critical or fits(str(path), critical),
        timeout_s=head.timeout_s,
        isolation=head.isolation,
        tags=head.tags,
    )


def _head(path: Path, content: bytes) -> Head:
    """What the head says, as far as it can be told when the script is not UTF-8."""
    try:
        return read_head(content.decode(), path=str(path))
    except UnicodeDecodeError:
        with suppress(UsageError):
            return read_head(content.decode("utf-8", "replace"), path=str(path))
        return Head()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
