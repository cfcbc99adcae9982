"""The values in the header of a check's file, read and checked: what :class:`CheckInfo` holds.

Which lines are the header is for :mod:`pgassay.parse.check_file` to say.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import PurePosixPath

from pgassay.model.check import Area, CheckInfo, Level, Need, NeedKind, Parameter, ParameterKind
from pgassay.model.errors import UsageError
from pgassay.model.place import Place

ONCE = ("title", "level", "since", "until", "area", "scans", "help")
REPEATED = ("needs", "parameter")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PARAMETER = re.compile(r"([a-z]\w*)\s*=\s*(.*?)\s*\((\w+)\)\s*(.*)")

Values = Mapping[str, Sequence[tuple[int, str]]]
"""For each key what was written, each with the number of its line, from 0."""


class HeaderReader:
    """Reads values; what does not fit is an error with file and line."""

    def __init__(self, path: str, values: Values) -> None:
        self._path = path
        self._values = values

    def info(self, area: Area | None, reason: str) -> CheckInfo:
        """Give the description of the check; ``area`` is that of its folder."""
        name = PurePosixPath(self._path.replace("\\", "/")).name.split(".")[0]
        if not _NAME.fullmatch(name):
            raise self._error(0, f"'{name}' is no name for a check: small letters, digits and '_'")
        since, until = self._whole("since", 14), self._whole("until", 0)
        if until and until < since:
            raise self._error(self._values["until"][0][0], f"until {until} is before since {since}")
        return CheckInfo(
            name=name,
            title=self._demand("title"),
            level=self.level(*self._demanded("level")),
            areas=self._areas(area),
            since=since,
            until=until,
            needs=tuple(self._need(*each) for each in self._values.get("needs", ())),
            parameters=tuple(self._parameter(*each) for each in self._values.get("parameter", ())),
            scans=self._optional("scans"),
            help=self._demand("help"),
            reason=reason,
            path=self._path,
        )

    def _demanded(self, key: str) -> tuple[int, str]:
        if key not in self._values:
            raise self._error(0, f"the header has no '{key}'", f"Write: -- {key}: …")
        return self._values[key][0]

    def _demand(self, key: str) -> str:
        return self._demanded(key)[1]

    def _optional(self, key: str) -> str:
        return self._values[key][0][1] if key in self._values else ""

    def _whole(self, key: str, default: int) -> int:
        number, text = self._values.get(key, [(0, str(default))])[0]
        if not text.isdecimal():
            raise self._error(number, f"{key} '{text}' is no major version of PostgreSQL")
        return int(text)

    def level(self, number: int, text: str) -> Level:
        """Read a level."""
        known = [each.value for each in (Level.FAILED, Level.WARNING, Level.INFO)]
        if text not in known:
            raise self._error(number, f"'{text}' is no level", nearest(text, known))
        return Level(text)

    def _areas(self, folder: Area | None) -> tuple[Area, ...]:
        areas = [folder] if folder else []
        for number, text in self._values.get("area", ()):
            for word in (each.strip() for each in text.split(",")):
                if word not in list(Area):
                    raise self._error(number, f"'{word}' is no area", nearest(word, tuple(Area)))
                areas.append(Area(word))
        return tuple(dict.fromkeys(areas)) or (Area.PROJECT,)

    def _need(self, number: int, text: str) -> Need:
        kind, _, name = text.partition(" ")
        known = [each.value for each in NeedKind]
        if kind not in known:
            raise self._error(number, f"'{kind}' is nothing that a check may need", nearest(kind, known))
        if bool(name.strip()) == (kind == NeedKind.SUPERUSER):
            raise self._error(number, f"'{text}' is incomplete or says too much", "As: extension hstore")
        return Need(kind=NeedKind(kind), name=name.strip())

    def _parameter(self, number: int, text: str) -> Parameter:
        found = _PARAMETER.fullmatch(text)
        known = [each.value for each in ParameterKind]
        if found is None or found[3] not in known or not found[4]:
            expected = f"Write: -- parameter: NAME = DEFAULT (KIND) help, KIND is one of {', '.join(known)}."
            raise self._error(number, f"'{text}' is no parameter", expected)
        return Parameter(name=found[1], default=found[2], kind=ParameterKind(found[3]), help=found[4])

    def _error(self, number: int, what: str, remedy: str = "") -> UsageError:
        return no_check(self._path, number, what, remedy)


def no_check(path: str, number: int, what: str, remedy: str = "") -> UsageError:
    """Say that a file is no check, at a line counted from 0."""
    place = Place(path=path, line=max(number, 0) + 1)
    return UsageError(f"{place}: This is no check: {what}.", remedy=remedy)


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which word may be meant, or which there are."""
    near = get_close_matches(word.lower(), tuple(known), n=1, cutoff=0.5)
    return f"Did you mean '{near[0]}'?" if near else f"Known are: {', '.join(known)}."
