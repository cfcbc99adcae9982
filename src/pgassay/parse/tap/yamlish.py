"""The YAML blocks of TAP version 13: where one ends, and whether Perl's parser would accept it.

Perl reads a subset of YAML, and gives up the whole stream over a block that it cannot read, so the
verdict depends on that subset. Only the shape is checked here: nobody asks for the values, and the
lines are kept as they came. Nesting is limited, because a hostile block must not exhaust the stack.
"""

import re

NO_END = "A YAML block has no end."
_TOO_DEEP = 40
_END = re.compile(r"\.\.\.\s*\Z", re.ASCII)
_KEY_START = re.compile(r"[\w'\"]", re.ASCII)
_QUOTED = r'"(?:\\.|[^"])*"'
_WHOLE_QUOTED = re.compile(rf"{_QUOTED}\Z")
_PAIR = re.compile(rf"({_QUOTED}|\S+)\s*:\s*(.*?)\s*\Z", re.ASCII)
_ITEM = re.compile(rf"-\s*(?:{_QUOTED}|\S+)", re.ASCII)
_ITEM_PAIR = re.compile(r"(-\s+)\S+\s*:(?:\s|\Z)", re.ASCII)


class Block:
    """One block, from the line after its ``---``.

    ``pad`` is the indentation that every line must have. ``lines`` are all lines of the block, as they
    came; ``error`` is empty or a sentence, once :meth:`feed` has said that the block is over.
    """

    def __init__(self, *, pad: int, marker: str) -> None:
        self.lines = [" " * pad + marker]
        self.error = ""
        self._pad = pad
        self._bare = [marker]

    def feed(self, line: str) -> bool:
        """Take a line; say whether the block goes on after it."""
        if line[: self._pad].strip() or len(line) < self._pad:
            self.error = NO_END
            return False
        self.lines.append(line)
        self._bare.append(line[self._pad :])
        if not _END.match(self._bare[-1]):
            return True
        try:
            _Shape(self._bare).document()
        except _MalformedError as error:
            self.error = str(error)
        return False


class _MalformedError(ValueError):
    """The block is outside the subset that Perl's parser reads."""

    def __init__(self, line: str) -> None:
        super().__init__(f"A YAML block cannot be read at {line!r}.")


class _Shape:
    """Walks over the lines of a block; the names of the parts are YAML's."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0
        self._depth = 0

    def document(self) -> None:
        inline = self._lines[0][3:].strip()
        self._at = 1
        if inline:
            self._scalar(inline)
        else:
            self._node()
        if self._at != len(self._lines) - 1:
            raise self._malformed()

    def _node(self) -> None:
        """A sequence or a mapping that starts here."""
        self._depth += 1
        text, indent = self._here()
        if self._depth > _TOO_DEEP:
            raise self._malformed()
        if text.startswith("-"):
            self._sequence(indent)
        elif _KEY_START.match(text):
            self._mapping(text, indent)
        else:
            raise self._malformed()
        self._depth -= 1

    def _sequence(self, limit: int) -> None:
        while True:
            text, indent = self._here()
            if indent < limit or self._ended(text):
                return
            if indent > limit:
                raise self._malformed()
            self._item(text, indent)

    def _item(self, text: str, indent: int) -> None:
        if found := _ITEM_PAIR.match(text):
            self._mapping(text[len(found[1]) :], indent + len(found[1]))
        elif text == "-":
            self._at += 1
            self._node()
        elif text.startswith("-") and not text.startswith("---"):
            self._at += 1
            self._scalar(text[1:].strip())
        elif _KEY_START.match(text):
            # Perl's parser takes a key among items for one, and loses the line after it.
            self._at += 1
            self._mapping(text, indent)
        else:
            raise self._malformed()

    def _mapping(self, text: str, limit: int) -> None:
        while True:
            found = _PAIR.match(text)
            if found is None:
                raise self._malformed()
            self._quoting(found[1])
            self._at += 1
            self._value(found[2], limit)
            text, indent = self._here()
            if indent < limit or self._ended(text):
                return

    def _value(self, value: str, limit: int) -> None:
        if value:
            self._scalar(value)
            return
        text, indent = self._here()
        if indent > limit or _ITEM.match(text):
            self._node()

    def _scalar(self, text: str) -> None:
        if text in (">", "|"):
            self._folded()
        else:
            self._quoting(text)

    def _folded(self) -> None:
        _, least = self._here()
        self._at += 1
        while self._at < len(self._lines) and self._here()[1] >= least:
            self._at += 1

    def _quoting(self, text: str) -> None:
        closed = _WHOLE_QUOTED.match(text) if text.startswith('"') else len(text) > 1 and text.endswith("'")
        if text[:1] in ("'", '"') and not closed:
            raise self._malformed()

    def _here(self) -> tuple[str, int]:
        if self._at >= len(self._lines):
            return "", 0
        line = self._lines[self._at]
        text = line.lstrip()
        return text, len(line) - len(text)

    def _ended(self, text: str) -> bool:
        return self._at >= len(self._lines) or _END.match(text) is not None

    def _malformed(self) -> _MalformedError:
        return _MalformedError(self._lines[min(self._at, len(self._lines) - 1)].strip())
