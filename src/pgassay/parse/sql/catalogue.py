"""Finds the rules, and says which of them want to be asked about a node."""

import pkgutil
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from pgassay.parse.sql import rules
from pgassay.parse.sql.rule import Rule

WITHOUT_MODULE = ("connections", "psql_only", "unreadable")
"""Rules that are not about a node: \\connect, what only psql can do, and whatever could not be read."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All rules, by the node types and the functions that they ask for."""

    rules: tuple[Rule, ...]
    by_kind: dict[str, tuple[Rule, ...]]
    by_function: dict[str, tuple[Rule, ...]]
    prefixes: tuple[tuple[re.Pattern[str], Rule], ...]
    asked: dict[str, tuple[Rule, ...]]

    def for_function(self, name: str) -> tuple[Rule, ...]:
        """Give the rules that want to see calls of a function."""
        if name not in self.asked:
            self.asked[name] = self._search(name)
        return self.asked[name]

    def _search(self, name: str) -> tuple[Rule, ...]:
        found = self.by_function.get(name, ())
        return (
            *found,
            *(rule for pattern, rule in self.prefixes if pattern.match(name) and rule not in found),
        )


@cache
def catalogue() -> Catalogue:
    """Load all rules, once."""
    found = tuple(
        import_module(f"{rules.__name__}.{module.name}").RULE
        for module in pkgutil.iter_modules(rules.__path__)
    )
    kinds = {kind for rule in found for kind in rule.kinds}
    functions = {name for rule in found for name in rule.functions if not name.endswith("*")}
    return Catalogue(
        rules=found,
        by_kind={kind: tuple(rule for rule in found if kind in rule.kinds) for kind in kinds},
        by_function={name: tuple(rule for rule in found if name in rule.functions) for name in functions},
        prefixes=tuple(
            (re.compile(re.escape(name[:-1])), rule)
            for rule in found
            for name in rule.functions
            if name.endswith("*")
        ),
        asked={},
    )


def rule_names() -> tuple[str, ...]:
    """Give the names of all rules, as a policy may have them."""
    return tuple(sorted((*(rule.name for rule in catalogue().rules), *WITHOUT_MODULE)))
