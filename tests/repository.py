"""What the repository holds, for the tests of its rules and of its documentation."""

import ast
import importlib.util
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "pgassay"


@cache
def files() -> tuple[Path, ...]:
    """Give every file that is, or would be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


@cache
def text_of(path: Path) -> str:
    """Give a file's text; what is no text is empty."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def modules(*, below: Path = SOURCE) -> tuple[Path, ...]:
    """Give every Python file below a folder."""
    return tuple(path for path in files() if path.suffix == ".py" and path.is_relative_to(below))


@cache
def tree(path: Path) -> ast.Module:
    """Parse a Python file."""
    return ast.parse(text_of(path), filename=str(path))


def nodes(path: Path, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    """Walk over the nodes of some kinds in a Python file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, kinds))


def place(path: Path, line: int | None = None) -> str:
    """Name a place as a person would."""
    return f"{path.relative_to(ROOT)}" + (f":{line}" if line else "")


@cache
def reference_generator() -> ModuleType:
    """Load the program that writes docs/reference; it lives with the documentation, outside every package."""
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
