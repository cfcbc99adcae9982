"""What is known of a routine once its body was read: what it would do, and which of its arguments it runs."""

from collections.abc import Callable
from dataclasses import dataclass, field

from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.holes import Texts
from pgassay.parse.sql.touch import Touch


@dataclass(frozen=True, slots=True)
class Template:
    """A text that a routine executes, with holes for its parameters (see ``holes``).

    ``query`` tells that pgTAP runs it, to whom a text without white space is the name of a prepared
    statement; ``provoked`` that an error is what is asked for.
    """

    text: str
    query: bool = False
    provoked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """``findings`` stand in the body, ``templates`` are what it executes of its parameters.

    ``touches`` are what it touches, from which more may follow.

    ``parameters`` are names by position; ``defaults`` say which texts an argument has that is not given,
    ``None`` where that is not known.
    """

    name: str
    parameters: tuple[str, ...] = ()
    defaults: tuple[Texts | None, ...] = ()
    findings: tuple[Finding, ...] = ()
    templates: tuple[Template, ...] = ()
    touches: tuple[Touch, ...] = ()


_MOST_ROUNDS = 8


@dataclass(slots=True)
class Summaries:
    """Summaries by key, each made once, also where routines call each other in a circle.

    In a circle a routine is first taken to do nothing, and then read again with what was found, until
    nothing new is found. What was read within the circle is not kept: it knew too little.
    """

    _kept: dict[str, Summary] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _circular: bool = False

    def forget(self) -> None:
        """Read everything anew from now on; what is being read right now is not disturbed."""
        self._kept = {key: self._kept[key] for key in self._open if key in self._kept}

    def get(self, key: str, make: Callable[[], Summary]) -> Summary | None:
        """Give a summary, made at the first time; ``None`` while nothing is known of it yet."""
        if key in self._open:
            self._circular = True
            return self._kept.get(key)
        if key in self._kept:
            return self._kept[key]
        self._open.append(key)
        try:
            found = self._settled(key, make)
        finally:
            self._open.remove(key)
        if self._circular and self._open:
            del self._kept[key]
        self._circular = self._circular and bool(self._open)
        return found

    def _settled(self, key: str, make: Callable[[], Summary]) -> Summary:
        found = self._kept[key] = make()
        for _ in range(_MOST_ROUNDS if self._circular else 0):
            again = make()
            if again == found:
                break
            found = self._kept[key] = again
        return found
