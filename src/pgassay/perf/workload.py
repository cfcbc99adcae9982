"""Finds and reads the statements of a workload: one file a statement, told about in its first comment.

``-- key: value`` lines name it: ``category``, ``metric``, ``title``, ``role``, ``sla_ms``, and
``parameter``, once for each ``:'name'`` of the text, as ``name = value``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pgassay.model.errors import NothingToRun, UsageError
from pgassay.model.perf import WorkloadQuery
from pgassay.pg.query import parse_query

_KNOWN = frozenset({"title", "category", "metric", "role", "sla_ms", "parameter"})
_HEADER = re.compile(r"--\s*(\w+):\s*(.*?)\s*$")
_UNCATEGORISED = "general"


def read_workload(paths: Iterable[str]) -> tuple[WorkloadQuery, ...]:
    """Read the files, and those in folders, in the order of their names.

    Raises:
        NothingToRun: there is none.
        UsageError: a path does not exist, a file makes no sense, or two are called alike.
    """
    queries = tuple(_read(path) for path in _files(paths))
    if not queries:
        raise NothingToRun(
            "There is no workload to measure.",
            remedy='Put statements into files, and say where: [perf] workload = ["workload"]',
        )
    names = Counter(each.name for each in queries)
    twice = next((name for name, count in names.items() if count > 1), None)
    if twice is not None:
        raise UsageError(f"Two statements of the workload are called {twice}.", remedy="Give each a metric.")
    return queries


def _files(paths: Iterable[str]) -> Iterator[Path]:
    for text in paths:
        path = Path(text)
        if path.is_dir():
            yield from sorted(path.rglob("*.sql"))
        elif path.is_file():
            yield path
        else:
            raise UsageError(f"There is no workload at {text}.", remedy="[perf] workload says where it is.")


def _read(path: Path) -> WorkloadQuery:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The workload file {path} cannot be read: {error}.") from error
    query = parse_query(text, name=path.stem)
    unknown = sorted(set(query.header) - _KNOWN)
    if unknown:
        known = ", ".join(sorted(_KNOWN))
        raise UsageError(f"{path}: there is no setting {unknown[0]!r}.", remedy=f"Known are: {known}.")
    values = _parameters(text, path)
    missing = [each for each in query.parameters if each not in values]
    if missing:
        raise UsageError(f"{path}: :'{missing[0]}' has no value.", remedy=f"-- parameter: {missing[0]} = …")
    category = query.header.get("category", _UNCATEGORISED)
    return WorkloadQuery(
        name=f"{category}.{query.header.get('metric', path.stem)}",
        category=category,
        title=query.header.get("title", path.stem),
        path=str(path),
        text=query.text,
        role=query.header.get("role"),
        values=tuple(values[each] for each in query.parameters),
        sla_ms=_limit(query.header.get("sla_ms"), path),
    )


def _parameters(text: str, path: Path) -> dict[str, str]:
    values: dict[str, str] = {}
    for line in text.splitlines():
        found = _HEADER.match(line)
        if found is None:
            break
        if found[1] == "parameter":
            name, equals, value = found[2].partition("=")
            if not equals or not name.strip().isidentifier():
                raise UsageError(
                    f"{path}: {found[2]!r} is no parameter.", remedy="-- parameter: name = value"
                )
            values[name.strip()] = value.strip()
    return values


def _limit(text: str | None, path: Path) -> float | None:
    if text is None:
        return None
    try:
        limit = float(text)
    except ValueError:
        limit = 0.0
    if not 0 < limit < float("inf"):
        raise UsageError(f"{path}: sla_ms is {text!r}; expected a number of milliseconds above 0.")
    return limit
