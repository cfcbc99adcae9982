"""Code that is not SQL: it can do what it likes, and cannot be read."""

from collections.abc import Iterator

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node, kind
from pgassay.parse.sql.nodes import last_name, option_text, options
from pgassay.parse.sql.rule import Rule

_NAME = "languages"
_READABLE = ("sql", "plpgsql")
_SAYS = {
    "c": "runs machine code of a library in the server",
    "internal": "gives a function of the server another name",
}


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    if kind(node) == "CreatePLangStmt":
        yield case.refused(
            _NAME, f"CREATE LANGUAGE {node.plname} brings a library into the server.", "Leave it out."
        )
        return
    language = _language(node)
    if language in _READABLE:
        return
    says = _SAYS.get(language, "runs an interpreter of its own, where SQL cannot be seen")
    what = "The block" if kind(node) == "DoStmt" else f"The function {last_name(node.funcname)}"
    yield case.refused(
        _NAME, f"{what} is in the language {language}, which {says}.", "Write it in SQL or PL/pgSQL.",
        object=language,
    )  # fmt: skip


def _language(node: Node) -> str:
    given = node.args if kind(node) == "DoStmt" else node.options
    named = [option_text(value).lower() for name, value in options(given) if name == "language"]
    return named[0] if named else "plpgsql" if kind(node) == "DoStmt" else "sql"


RULE = Rule(
    name=_NAME,
    title="brings code that cannot be read",
    judge=_judge,
    kinds=("CreateFunctionStmt", "DoStmt", "CreatePLangStmt"),
)
