"""The shape of the source: docstrings, values, rows, errors, and data that stays data."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pgassay
from pgassay.model.errors import PgassayError
from pgassay.model.exits import Exit
from repository import ROOT, SOURCE, files, modules, nodes, place, tree


def test_every_module_says_what_it_is_responsible_for() -> None:
    assert [place(path) for path in modules() if not ast.get_docstring(tree(path))] == []


def _dataclasses(*, below: Path) -> Iterator[tuple[str, set[str]]]:
    """Give each dataclass with its place, and the options that its decorator is called with."""
    for path in modules(below=below):
        for node in nodes(path, ast.ClassDef):
            for each in node.decorator_list if isinstance(node, ast.ClassDef) else ():
                called = each.func if isinstance(each, ast.Call) else each
                if isinstance(called, ast.Name) and called.id == "dataclass":
                    options = (
                        {str(word.arg) for word in each.keywords} if isinstance(each, ast.Call) else set()
                    )
                    yield place(path, each.lineno), options


def test_what_every_row_speaks_in_is_frozen_and_made_by_keyword() -> None:
    wanted = {"frozen", "slots", "kw_only"}
    assert [where for where, given in _dataclasses(below=SOURCE / "model") if not wanted <= given] == []


def test_every_dataclass_is_slotted() -> None:
    assert [where for where, given in _dataclasses(below=SOURCE) if "slots" not in given] == []


def test_only_web_is_asynchronous() -> None:
    found = [
        place(path)
        for path in modules()
        if not path.is_relative_to(SOURCE / "web") and any(nodes(path, ast.AsyncFunctionDef, ast.Await))
    ]
    assert found == []


def test_imports_point_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _errors(root: type[PgassayError] = PgassayError) -> Iterator[type[PgassayError]]:
    for each in root.__subclasses__():
        yield each
        yield from _errors(each)


def test_every_error_has_an_exit_code_that_is_no_bug() -> None:
    for module in pkgutil.walk_packages(pgassay.__path__, "pgassay."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

    found = list(_errors())

    assert len(found) > 3
    assert [each.__name__ for each in found if each.exit_code in (Exit.BUG, Exit.OK)] == []


def test_the_demo_is_data_only() -> None:
    assert [place(path) for path in modules(below=SOURCE / "demo")] == []


def test_test_folders_are_no_packages() -> None:
    assert [place(path) for path in files() if path.name == "__init__.py" and "tests" in path.parts] == []
