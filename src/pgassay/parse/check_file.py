"""The text of a check's file as values: header, reason, query, examples.

The format is told in :mod:`pgassay.model.check`. Whatever does not fit it is an error with file and line:
a check that silently does less than its author wrote down is worse than one that does not run.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pgassay.model.check import Area, CheckInfo, Level
from pgassay.model.errors import UsageError
from pgassay.model.place import Place
from pgassay.parse.check_header import ONCE, REPEATED, HeaderReader, nearest, no_check

_HEADER = re.compile(r"--\s?([A-Za-z-]+)\s*:\s*(.*)")
_CONTINUED = re.compile(r"--\s{2,}(\S.*)")
_EXAMPLE = re.compile(r"--\s*(breaks|holds|examples)\s*:\s*(.*?)\s*$")
_BELOW_EXAMPLE = re.compile(r"--\s*(with|expect)\s*:\s*(.*?)\s*$")
_WITHOUT_EXAMPLES = re.compile(r"none\s+(\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckExample:
    """SQL that makes a state. The check must find it at ``expect`` or worse; ``None``: nothing but info."""

    title: str
    sql: str
    expect: Level | None
    place: Place
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFile:
    """A check's file. ``sql`` is its query as written, for psql; ``query_line`` is where that starts.

    ``without_examples`` says why there are none, and is empty where there are.
    """

    info: CheckInfo
    sql: str
    query_line: int
    examples: tuple[CheckExample, ...]
    without_examples: str = ""


def read_check(text: str, *, path: str, area: Area | None = None) -> CheckFile:
    """Read a file; ``area`` is that of its folder.

    Raises:
        UsageError: the text is no check; the sentence names file and line.
    """
    return _Reader(text, path).read(area)


@dataclass(slots=True)
class _Section:
    """An example as far as it was read. ``line`` is that of its title, from 1."""

    kind: str
    title: str
    line: int
    expect: Level | None
    parameters: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._lines = text.removeprefix("\ufeff").splitlines()
        self._values: dict[str, list[tuple[int, str]]] = {}

    def read(self, area: Area | None) -> CheckFile:
        at = self._read_header()
        at, reason = self._read_reason(at)
        sections_at = next(
            (n for n in range(at, len(self._lines)) if _EXAMPLE.match(self._lines[n])), len(self._lines)
        )
        sql, query_line = self._query(at, sections_at)
        info = HeaderReader(self._path, self._values).info(area, reason)
        without, examples = self._examples(sections_at, info)
        return CheckFile(
            info=info, sql=sql, query_line=query_line, examples=examples, without_examples=without
        )

    # The parts of the file, from top to bottom.

    def _read_header(self) -> int:
        """Read the ``key: value`` lines; give the number of lines that they are."""
        last: list[tuple[int, str]] | None = None
        for number, line in enumerate(self._lines):
            if last is not None and (more := _CONTINUED.fullmatch(line.rstrip())):
                last[-1] = (last[-1][0], f"{last[-1][1]} {more[1]}")
                continue
            found = _HEADER.fullmatch(line.rstrip())
            if found is None:
                return number
            last = self._take(number, found[1].lower(), found[2])
        return len(self._lines)

    def _take(self, number: int, key: str, value: str) -> list[tuple[int, str]]:
        if key not in (*ONCE, *REPEATED):
            raise self._error(number, f"'{key}' is no header of a check", nearest(key, (*ONCE, *REPEATED)))
        if key in self._values and key in ONCE:
            raise self._error(number, f"'{key}' is given twice")
        if not value:
            raise self._error(number, f"'{key}' has no value")
        held = self._values.setdefault(key, [])
        held.append((number, value))
        return held

    def _read_reason(self, at: int) -> tuple[int, str]:
        said = []
        while at < len(self._lines) and self._lines[at].startswith("--"):
            if _EXAMPLE.match(self._lines[at]):
                break
            said.append(self._lines[at].removeprefix("--").strip())
            at += 1
        return at, "\n".join(said).strip()

    def _query(self, start: int, end: int) -> tuple[str, int]:
        while start < end and not self._lines[start].strip():
            start += 1
        sql = "\n".join(self._lines[start:end]).strip()
        if not sql.rstrip(";").strip():
            raise self._error(start, "there is no query", "Write one select below the header.")
        return sql, start + 1

    def _examples(self, start: int, info: CheckInfo) -> tuple[str, tuple[CheckExample, ...]]:
        sections = tuple(self._sections(start, info))
        none = [each for each in sections if each.kind == "examples"]
        if none:
            found = _WITHOUT_EXAMPLES.fullmatch(none[0].title)
            if found is None or len(sections) > 1:
                raise self._error(none[0].line - 1, "'examples:' may only say 'none' and the reason why")
            return found[1], ()
        for kind in ("breaks", "holds"):
            if not any(each.kind == kind for each in sections):
                raise self._error(len(self._lines) - 1, f"there is no example '-- {kind}: …'", _PROVE_ITSELF)
        return "", tuple(self._example(each) for each in sections)

    def _sections(self, start: int, info: CheckInfo) -> Iterator[_Section]:
        section: _Section | None = None
        for number in range(start, len(self._lines)):
            line = self._lines[number]
            if found := _EXAMPLE.match(line):
                if section:
                    yield section
                expect = info.level if found[1] == "breaks" else None
                section = _Section(found[1], found[2], number + 1, expect)
            elif section and not section.lines and (below := _BELOW_EXAMPLE.match(line)):
                self._annotate(section, number, below[1], below[2])
            elif section:
                section.lines.append(line)
        if section:
            yield section

    def _annotate(self, section: _Section, number: int, key: str, value: str) -> None:
        if key == "expect":
            if section.kind != "breaks":
                raise self._error(number, "only an example that breaks has a level to expect")
            section.expect = HeaderReader(self._path, {}).level(number, value)
            return
        name, equals, text = (each.strip() for each in value.partition("="))
        if not equals:
            raise self._error(number, f"'{value}' is no parameter", "Write: -- with: NAME = VALUE")
        section.parameters.append((name, text))

    def _example(self, section: _Section) -> CheckExample:
        if not section.title:
            raise self._error(section.line - 1, f"'{section.kind}:' does not say what it shows")
        return CheckExample(
            title=section.title,
            sql="\n".join(section.lines).strip(),
            expect=section.expect,
            place=Place(path=self._path, line=section.line),
            parameters=tuple(section.parameters),
        )

    def _error(self, number: int, what: str, remedy: str = "") -> UsageError:
        return no_check(self._path, number, what, remedy)


_PROVE_ITSELF = (
    "A check proves itself on an example that breaks it and one that holds (or '-- examples: none REASON')."
)
