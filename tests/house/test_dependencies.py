"""What the source imports is what the package says that it depends on."""

import ast
import re
import sys
import tomllib
from pathlib import Path

from repository import ROOT, SOURCE, modules, nodes, place, text_of

BROUGHT_BY_ITS_CALLER = {SOURCE / "pytest_plugin.py": {"pytest", "_pytest"}}


def _declared() -> set[str]:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    extras = [
        each for name, extra in project["optional-dependencies"].items() if name != "dev" for each in extra
    ]
    names = [re.split(r"[\[<>=~!; ]", each)[0] for each in (*project["dependencies"], *extras)]
    return {name.replace("-", "_") for name in names}


def _imported(path: Path) -> set[str]:
    found = set()
    for node in nodes(path, ast.Import, ast.ImportFrom):
        match node:
            case ast.Import():
                found |= {each.name.partition(".")[0] for each in node.names}
            case ast.ImportFrom(module=str(module)):
                found.add(module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"pgassay"}


def test_every_import_is_a_declared_dependency() -> None:
    allowed = _declared()
    stray = {
        place(path): sorted(names)
        for path in modules()
        if (names := _imported(path) - allowed - BROUGHT_BY_ITS_CALLER.get(path, set()))
    }
    assert stray == {}


def test_every_dependency_is_used() -> None:
    """The embedded server is found by name, not imported."""
    source = "\n".join(text_of(path) for path in modules())
    assert [name for name in _declared() if not re.search(rf"\b{name}\b", source)] == []
