"""Files of the server that are read or written, and programs that are run there."""

from collections.abc import Iterator

from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.grammar import Node, kind
from pgassay.parse.sql.nodes import last_name
from pgassay.parse.sql.rule import Rule

_NAME = "files_and_programs"


def _judge(node: Node, case: Case) -> Iterator[Finding]:
    if kind(node) == "FuncCall":
        name = last_name(node.funcname)
        yield case.refused(
            _NAME,
            f"{name}() reaches into the server's file system, which no rollback covers.",
            "Put what the test needs into a temporary table.",
            object=name,
        )
    elif node.is_program:
        yield case.refused(
            _NAME,
            f"COPY runs the program {node.filename!r} on the server.",
            "Use COPY … FROM STDIN or COPY … TO STDOUT.",
            object=node.filename,
        )
    elif node.filename:
        verb = "reads" if node.is_from else "writes"
        yield case.refused(
            _NAME,
            f"COPY {verb} the file {node.filename!r} of the server.",
            "Use COPY … FROM STDIN or COPY … TO STDOUT.",
            object=node.filename,
        )


RULE = Rule(
    name=_NAME,
    title="reads or writes files, or runs programs",
    judge=_judge,
    kinds=("CopyStmt",),
    functions=(
        "lo_import", "lo_export", "pg_read_file", "pg_read_file_old", "pg_read_binary_file", "pg_ls_*",
        "pg_stat_file", "pg_file_*", "pg_logdir_ls", "pg_write_*", "pg_unlink*",
    ),
)  # fmt: skip
