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


class OpenData(ScriptError):
    """The data of a COPY go on to the end of the file; ``data`` are all that is left of it.

    psql sends such data without a word. Whether that is right is for the engine to say.
    """

    def __init__(self, data: str, place: Place) -> None:
        super().__init__("the data of this COPY never ends with a line \\.", place)
        self.data = data
