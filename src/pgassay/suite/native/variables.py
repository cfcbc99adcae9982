"""psql's variables, some of which are alive: they tell of the last statement, or govern the next.

Statements may still be in flight when a script asks for such a variable, so it is settled first: only
then do ``:ROW_COUNT`` and its kin mean what they mean in psql.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping

from pgassay.model.message import ServerMessage

_REPORTING = frozenset({"ERROR", "SQLSTATE", "ROW_COUNT", "LAST_ERROR_SQLSTATE", "LAST_ERROR_MESSAGE"})
_GOVERNING = frozenset({"ON_ERROR_STOP", "ON_ERROR_ROLLBACK", "AUTOCOMMIT", "QUIET"})
_DEFAULTS = {
    "AUTOCOMMIT": "on",
    "COMP_KEYWORD_CASE": "preserve-upper",
    "ECHO": "none",
    "ECHO_HIDDEN": "off",
    "FETCH_COUNT": "0",
    "HIDE_TABLEAM": "off",
    "HIDE_TOAST_COMPRESSION": "off",
    "HISTCONTROL": "none",
    "HISTSIZE": "500",
    "IGNOREEOF": "0",
    "LAST_ERROR_MESSAGE": "",
    "LAST_ERROR_SQLSTATE": "00000",
    "ON_ERROR_ROLLBACK": "off",
    "SHOW_ALL_RESULTS": "on",
    "SHOW_CONTEXT": "errors",
    "SINGLELINE": "off",
    "SINGLESTEP": "off",
    "VERBOSITY": "default",
}
"""What psql starts with, as its manual lists them."""
_TRUE = ("true", "yes", "on", "1")


class Variables(MutableMapping[str, str]):
    """A mapping as :class:`~pgassay.parse.psql.reader.ScriptReader` wants it."""

    def __init__(self, initial: Mapping[str, str]) -> None:
        self.settle: Callable[[], None] = _nothing
        self._values = {**_DEFAULTS, **initial}
        self._switches: dict[str, bool] = {}

    def __getitem__(self, name: str) -> str:
        if name in _REPORTING:
            self.settle()
        return self._values[name]

    def __setitem__(self, name: str, value: str) -> None:
        if name in _GOVERNING:
            self.settle()
            self._switches.pop(name, None)
        self._values[name] = value

    def __delitem__(self, name: str) -> None:
        if name in _GOVERNING:
            self.settle()
            self._switches.pop(name, None)
        del self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def is_on(self, name: str) -> bool:
        """Whether a variable that governs psql holds a true value, in psql's reading of booleans."""
        known = self._switches.get(name)  # asked for every statement, changed hardly ever
        if known is None:
            value = self._values.get(name, "").lower()
            known = bool(value) and value != "o" and any(word.startswith(value) for word in _TRUE)
            self._switches[name] = known
        return known

    def report(self, *, rows: int, error: ServerMessage | None = None) -> None:
        """Remember how the last statement went."""
        self._values["ERROR"] = "true" if error else "false"
        self._values["SQLSTATE"] = error.sqlstate if error else "00000"
        self._values["ROW_COUNT"] = str(rows)
        if error:
            self._values["LAST_ERROR_SQLSTATE"] = error.sqlstate
            self._values["LAST_ERROR_MESSAGE"] = error.message


def _nothing() -> None:
    """Before anything is in flight there is nothing to settle."""
