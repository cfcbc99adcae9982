"""The one error that a script can be guilty of before the server has a say."""

from typing import ClassVar

from pgassay.model.errors import PgassayError
from pgassay.model.exits import Exit
from pgassay.model.place import Place


class ScriptError(PgassayError):
    """The script cannot be read on from here: an open quote, a missing include, bad nesting.

    ``place`` is where to look: for something that was never closed, the line where it was opened.
    ``recoverable`` tells that psql goes on behind it when ON_ERROR_STOP is off; the reader can then be
    asked for its next step as if nothing had happened.
    """

    exit_code: ClassVar[Exit] = Exit.RED

    def __init__(self, message: str, place: Place, *, recoverable: bool = False) -> None:
        super().__init__(f"{place}: {message}")
        self.message = message
        self.place = place
        self.recoverable = recoverable
