"""Finds the hazards, and looks for them in a script."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from pgassay.migrate import hazards
from pgassay.migrate.hazard import Case, Facts, Hazard
from pgassay.migrate.script import Script
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import kind, walk


@cache
def all_hazards() -> Mapping[str, Hazard]:
    """Give all hazards, by name."""
    return {
        module.name: import_module(f"{hazards.__name__}.{module.name}").HAZARD
        for module in pkgutil.iter_modules(hazards.__path__)
    }


def judge_script(script: Script, facts: Facts) -> tuple[HazardFound, ...]:
    """Give what deserves a look in a script, in the order of its lines; what is refused comes first."""
    found = [
        each
        for statement in script.statements
        for root in statement.nodes
        for node in walk(root)
        for name, hazard in all_hazards().items()
        if kind(node) in hazard.kinds
        for each in hazard.judge(node, Case(hazard=name, script=script, statement=statement, facts=facts))
    ]
    return (*script.obstacles, *dict.fromkeys(found))
