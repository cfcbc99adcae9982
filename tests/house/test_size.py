"""Files and functions stay small enough to be read at once."""

import ast

from repository import modules, nodes, place, text_of

LINES_IN_A_FILE = 400
LINES_IN_A_FUNCTION = 50


def test_no_file_is_too_long() -> None:
    long = [place(path) for path in modules() if text_of(path).count("\n") > LINES_IN_A_FILE]
    assert long == []


def test_no_function_is_too_long() -> None:
    long = [
        f"{place(path, node.lineno)} {node.name}"
        for path in modules()
        for node in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > LINES_IN_A_FUNCTION
    ]
    assert long == []


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of the body; a docstring is no code."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return ((body[-1].end_lineno or 0) - body[0].lineno + 1) if body else 0
