"""Tests prove something about the real thing."""

import ast
import re

from repository import ROOT, modules, place, text_of, tree

PROVING_CALLS = re.compile(
    r"raises|warns|fail|validate|(assert|check|expect|compare|must)(_.*)?|.*_(agrees?|equal)"
)


def test_nothing_is_mocked() -> None:
    words = ["Magic" + "Mock", "unittest import " + "mock", "unittest." + "mock", "pytest_" + "mock"]
    mocked = [
        place(path) for path in modules(below=ROOT / "tests") if any(word in text_of(path) for word in words)
    ]
    assert mocked == []


def test_every_test_can_fail() -> None:
    idle = []
    for path in modules(below=ROOT / "tests"):
        functions = {node.name: node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)}
        proving = {name for name, node in functions.items() if _asserts(node)}
        idle += [
            f"{place(path, node.lineno)} {name}"
            for name, node in functions.items()
            if name.startswith("test_") and name not in proving and not (_calls(node) & proving)
        ]
    assert idle == []


def _asserts(function: ast.FunctionDef) -> bool:
    if any(isinstance(node, ast.Assert | ast.Raise) for node in ast.walk(function)):
        return True
    return any(PROVING_CALLS.fullmatch(name) for name in _calls(function))


def _calls(function: ast.FunctionDef) -> set[str]:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    names = {call.id for call in calls if isinstance(call, ast.Name)}
    return names | {call.attr for call in calls if isinstance(call, ast.Attribute)}
