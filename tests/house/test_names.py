"""Names say what a thing is; some words never do."""

import ast
import re
from pathlib import Path

from repository import ROOT, modules, nodes, place

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "manager", "base", "misc"}
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def words(name: str) -> set[str]:
    return {word.lower() for word in WORD.findall(name)}


def test_words_are_told_apart() -> None:
    assert words("TaskManager") == {"task", "manager"}
    assert words("run_database_helpers") == {"run", "database", "helpers"}
    assert words("SQLBase") == {"sql", "base"}


def test_no_file_or_folder_has_an_empty_name() -> None:
    def parts(path: Path) -> set[str]:
        return {word for part in path.relative_to(ROOT).with_suffix("").parts for word in words(part)}

    assert [place(path) for path in modules(below=ROOT) if parts(path) & EMPTY_WORDS] == []


def test_no_class_or_function_has_an_empty_name() -> None:
    """The name of a test is a sentence, and may have any word in it."""
    empty = [
        f"{place(path, node.lineno)} {node.name}"
        for path in modules(below=ROOT)
        for node in nodes(path, ast.ClassDef, ast.FunctionDef)
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
        and not node.name.startswith("test_")
        and words(node.name) & EMPTY_WORDS
    ]
    assert empty == []
