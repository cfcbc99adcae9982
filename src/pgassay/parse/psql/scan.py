"""A look ahead, before anything is sent: does a script need the real psql?"""

import re

from pgassay.parse.psql.commands import handler_of
from pgassay.parse.psql.includes import OpenFile
from pgassay.parse.psql.reader import ScriptReader
from pgassay.parse.psql.script_error import ScriptError
from pgassay.parse.psql.steps import ClientCopy, Encoding, NeedsPsql, Query, Quit, Step

_COMMAND = re.compile(r"\\([^ \t\n\r\f\v\\;:'\"]+)|`")
_HARMLESS = frozenset({
    "echo", "qecho", "warn", "gset", "gexec", "if", "elif", "else", "endif", "t", "x", "f", "C", "T",
    "timing", "q", "quit", "r", "reset", "p", "print", "c", "connect", "restrict", "unrestrict",
})  # fmt: skip
_FROM_STDIN = re.compile(r"\bFROM\s+STDIN\b", re.IGNORECASE)


def first_need_of_psql(text: str, path: str, open_file: OpenFile) -> NeedsPsql | None:
    """Find the first thing in a script, or in what it includes, that only the real psql can do.

    Nothing is executed, so no branch is ruled out, and includes whose names depend on results are not
    followed. A script that cannot be read to its end has no need that is known: ``None``.
    """
    if not _may_need_psql(text):
        return None
    reader = ScriptReader(text, path=path, variables={}, open_file=open_file, every_branch=True)
    while True:
        try:
            step = reader.next_step()
            if isinstance(step, NeedsPsql):
                return step
            if isinstance(step, Encoding) and step.need is not None:
                return step.need
            if step is None or isinstance(step, Quit):
                return None
            pass_data(reader, step)
        except ScriptError as error:
            if not error.recoverable:
                return None


def _may_need_psql(text: str) -> bool:
    """Tell whether a closer look is worth its time: without regard to quotes, is there a candidate?"""
    for found in _COMMAND.finditer(text):
        if found[0] == "`" or (found[1] not in _HARMLESS and handler_of(found[1]) is not None):
            return True
    return False


def pass_data(reader: ScriptReader, step: Step) -> None:
    """Pass the data that follows a COPY … FROM STDIN."""
    if isinstance(step, Query) and (step.keyword == "COPY" or step.compound):
        for _ in _FROM_STDIN.finditer(step.text):
            reader.copy_data()
    elif isinstance(step, ClientCopy) and step.standard and step.source == "stdin":
        reader.copy_data()
