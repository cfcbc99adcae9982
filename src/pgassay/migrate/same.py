"""Whether a file is still what was applied: by its hash, or by the statements that the history has."""

from pgassay.migrate.script import Script
from pgassay.model.migration import Applied
from pgassay.parse.sql.grammar import Unreadable, tokens


def same_content(row: Applied, script: Script) -> bool:
    """Tell whether a row of the history is of a file. What a history does not keep is taken for the same.

    Programs split files into statements in different ways, and keep comments or not: the tokens count.
    """
    if row.sha256 is not None:
        return row.sha256 == script.file.sha256
    if row.statements is None:
        return True
    return _words(row.statements) == _words(each.text for each in script.statements)


def _words(statements: object) -> list[str]:
    assert hasattr(statements, "__iter__")
    return [word for text in statements for word in _of(str(text)) if word != ";"]


def _of(text: str) -> list[str]:
    try:
        return [each.text for each in tokens(text)]
    except Unreadable:
        return text.split()
