"""What stands beside the tests: comments, and the indented lines of subtests.

Perl's parser ignores both. A comment belongs to the test before it, because pgTAP explains a failure
after the test line; the lines of a subtest belong to the test line after them, which closes it. Lines of
a subtest are kept without the indentation of their level, so that they are TAP again.
"""

import re

INDENT = "    "
_SUBTEST = re.compile(r"#\s*Subtest\b", re.ASCII)
_TAP_LIKE = re.compile(r"(?:not )?ok\b|1\.\.\d|#|\s+\S", re.ASCII)
_CLOSING = re.compile(r"#\s*(?:Looks like you (?:planned|failed) \d|No tests run!)", re.ASCII)
"""What pgTAP says at the end: it is about the file, although it follows the last test."""


class Margin:
    """Gathers comments and subtests while the tests go by."""

    def __init__(self) -> None:
        self.loose: list[str] = []
        self.diagnostics: dict[int, list[str]] = {}
        self.subtest: list[str] = []
        self._header: str | None = None
        self._latest: int | None = None

    def comment(self, line: str) -> None:
        """Take an unindented line that starts with ``#``."""
        self._settle()
        if _SUBTEST.match(line):
            self._header = line
        elif _CLOSING.match(line):
            self.loose.append(_bare(line))
        else:
            self._explain(_bare(line))

    def indented(self, line: str) -> bool:
        """Take a line that is no TAP by itself, if it belongs to a subtest; say whether it does."""
        if line.startswith(INDENT) and (self.subtest or self._header or _TAP_LIKE.match(line, len(INDENT))):
            if self._header is not None:
                self.subtest.append(self._header)
                self._header = None
            self.subtest.append(line[len(INDENT) :])
            return True
        if self.subtest and not line.strip():
            self.subtest.append("")
            return True
        return False

    def block(self, lines: list[str]) -> None:
        """Take the lines of a YAML block; they explain the test before them."""
        if self.subtest and all(line.startswith(INDENT) for line in lines):
            self.subtest.extend(line[len(INDENT) :] for line in lines)
            return
        for line in lines:
            self._explain(line)

    def closed_by(self, index: int) -> tuple[str, ...]:
        """Give the subtest that the test with this index closes; comments belong to that test from now on."""
        if self._header is not None:
            self._settle()
        self._latest = index
        if not self.subtest:
            return ()
        nested = tuple(self.subtest)
        self.subtest = []
        return nested

    def rest(self) -> None:
        """From here on, comments belong to no test."""
        self._settle()
        self._latest = None

    def _settle(self) -> None:
        """A header that no indented line followed was an ordinary comment."""
        if self._header is not None:
            self._explain(_bare(self._header))
            self._header = None

    def _explain(self, line: str) -> None:
        into = self.loose if self._latest is None else self.diagnostics.setdefault(self._latest, [])
        into.append(line)


def _bare(comment: str) -> str:
    """Drop the sign and one blank after it, and keep further indentation: pgTAP aligns with it."""
    return comment[1:].removeprefix(" ").rstrip()
