"""Who may see what: policies taken away, grants to everybody, functions with their owner's rights."""

from collections.abc import Iterator

from pgassay.migrate.hazard import Case, Hazard, commands, shown
from pgassay.model.migration_plan import HazardFound
from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.nodes import enum_name, options, strings

_EVERYBODY = frozenset({"public", "anon"})


def _judge(node: Node, case: Case) -> Iterator[HazardFound]:
    match kind(node):
        case "AlterTableStmt":
            for _ in commands(node, "AT_DisableRowSecurity"):
                yield case.danger(f"Whoever may read {shown(node.relation)} then reads all of its rows.")
        case "DropStmt" if enum_name(node, "remove_type") == "OBJECT_POLICY":
            for each in node.objects:
                name = ".".join(strings(unwrap(each).items))
                yield case.caution(f"The policy {name} is gone, and with it what it let through or stopped.")
        case "GrantStmt" if node.is_grant:
            yield from _granted(node, case)
        case "CreateFunctionStmt":
            yield from _definer(node, case)


def _granted(node: Node, case: Case) -> Iterator[HazardFound]:
    for role in map(unwrap, node.grantees):
        name = "public" if enum_name(role, "roletype") == "ROLESPEC_PUBLIC" else role.rolename
        if name in _EVERYBODY:
            yield case.danger(f"It grants to {name}: that is everybody, also who is not signed in.")


def _definer(node: Node, case: Case) -> Iterator[HazardFound]:
    given = dict(options(node.options))
    if "security" in given and getattr(given["security"], "boolval", False):
        name = ".".join(strings(node.funcname))
        settings = [getattr(value, "name", "") for word, value in options(node.options) if word == "set"]
        if "search_path" not in settings:
            yield case.danger(
                f"The function {name} runs with its owner's rights, and with the caller's search_path.",
                "SET search_path = ''",
            )


HAZARD = Hazard(
    title="access opened",
    kinds=("AlterTableStmt", "DropStmt", "GrantStmt", "CreateFunctionStmt"),
    judge=_judge,
)
