"""A test script's text, from a file or made for the occasion, and the files that it includes."""

from dataclasses import dataclass, field
from pathlib import Path

from pgassay.model.place import Place
from pgassay.parse.psql.includes import resolve
from pgassay.parse.psql.script_error import ScriptError
from pgassay.suite.residue import stays


@dataclass(slots=True)
class Script:
    """A script on its way through a session.

    ``tainting`` becomes true as soon as some text of it, included ones too, can leave something in the
    session that no reset removes. ``included`` are the texts that it has included so far.
    """

    path: str
    text: str
    tainting: bool = field(init=False)
    included: list[str] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.tainting = stays(self.text)

    def open_file(self, name: str, relative_to: str | None) -> str:
        """Read an included file, as :data:`~pgassay.parse.psql.includes.OpenFile` wants it.

        Raises:
            OSError: it cannot be read.
            NotText: it is not in UTF-8.
        """
        path = resolve(name, relative_to)
        text = decode(Path(path).expanduser().read_bytes(), path)
        self.tainting = self.tainting or stays(text)
        self.included.append(text)
        return text


class NotText(ScriptError):
    """A script holds bytes that are not text in UTF-8; what they mean, only psql and the server know."""


def read_script(path: str) -> Script:
    """Read a test file.

    Raises:
        NotText: it is not in UTF-8.
        OSError: it cannot be read.
    """
    return Script(path, decode(Path(path).read_bytes(), path))


def decode(content: bytes, path: str) -> str:
    """Read bytes as UTF-8, with or without a byte-order mark.

    Raises:
        NotText: they are something else; the place is the line of the first wrong byte.
    """
    if (nul := content.find(0)) >= 0:
        raise NotText("there is a NUL character", _place(content, nul, path))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"it is not in UTF-8: byte 0x{content[error.start]:02x}"
        raise NotText(message, _place(content, error.start, path)) from error


def _place(content: bytes, offset: int, path: str) -> Place:
    return Place(path=path, line=content.count(b"\n", 0, offset) + 1)
