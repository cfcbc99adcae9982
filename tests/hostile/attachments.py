"""What the statements of ``production.sql`` attach to relations, types and commands, from their trees."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pgassay.parse.sql.attached import Attachment, AttachmentKind
from pgassay.parse.sql.grammar import Node, kind, unwrap
from pgassay.parse.sql.nodes import dotted, enum_name, last_name, options, strings
from pgassay.parse.sql.surroundings import Parameter, Routine
from pgassay.parse.sql.touch import WRITES, Occasion

_SHAPE = frozenset({Occasion.INSERT, Occasion.UPDATE, Occasion.COPY_SHAPE})
_READS = frozenset({Occasion.READ})
_EVENTS = {4: Occasion.INSERT, 8: Occasion.DELETE, 16: Occasion.UPDATE, 32: Occasion.TRUNCATE}
_COMMANDS = {
    "CMD_INSERT": Occasion.INSERT,
    "CMD_DELETE": Occasion.DELETE,
    "CMD_UPDATE": Occasion.UPDATE,
}


@dataclass
class _Known:
    """Domains by name, with their checks; which types have which domains in them; parents of partitions."""

    checks: dict[str, list[Node]] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)
    parents: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


def attachments(nodes: list[Node]) -> Iterator[Attachment]:
    """Give all that the statements attach, also to the parents of partitions."""
    known = _Known()
    for number, node in enumerate(nodes):
        for each in _READERS.get(kind(node), _nothing)(node, known):
            one = replace(each, name=f"{each.name} ({number})")
            yield one
            parent = known.parents.get((one.schema, one.target))
            if parent is not None and one.on & WRITES:
                yield replace(one, schema=parent[0], target=parent[1], on=one.on & WRITES)


def aggregate(node: Node) -> Routine | None:
    """Give the aggregate that a DefineStmt makes, if it makes one."""
    if enum_name(node, "kind") != "OBJECT_AGGREGATE":
        return None
    schema, name = dotted(node.defnames)
    called = [_call(value.names) for _, value in options(node.definition) if kind(value) == "TypeName"]
    return Routine(
        schema=schema,
        name=name,
        language="aggregate",
        body="",
        parameters=(Parameter(type="int4"),),
        calls="; ".join(each for each in called if each.startswith("select shop.")),
    )


def _nothing(_node: Node, _known: _Known) -> Iterator[Attachment]:
    yield from ()


def _attachment(
    kind_: AttachmentKind, relation: Node, code: str | Node, on: frozenset[Occasion], name: str = ""
) -> Attachment:
    return Attachment(
        kind=kind_, schema=relation.schemaname, target=relation.relname, name=name, code=code, on=on
    )


def _call(names: list[Node]) -> str:
    return f"select {'.'.join(strings(names))}()"


def _view(node: Node, _known: _Known) -> Iterator[Attachment]:
    yield _attachment(AttachmentKind.VIEW, node.view, unwrap(node.query), _READS | WRITES, node.view.relname)


def _materialized(node: Node, _known: _Known) -> Iterator[Attachment]:
    yield _attachment(AttachmentKind.VIEW, node.into.rel, unwrap(node.query), frozenset({Occasion.REFRESH}))


def _rule(node: Node, _known: _Known) -> Iterator[Attachment]:
    on = frozenset({_COMMANDS[enum_name(node, "event")]})
    yield _attachment(AttachmentKind.RULE, node.relation, node, on, node.rulename)


def _trigger(node: Node, _known: _Known) -> Iterator[Attachment]:
    on = frozenset(occasion for bit, occasion in _EVENTS.items() if node.events & bit)
    made = _attachment(AttachmentKind.TRIGGER, node.relation, node, on, node.trigname)
    yield replace(made, columns=frozenset(strings(node.columns)))


def _policy(node: Node, _known: _Known) -> Iterator[Attachment]:
    yield _attachment(AttachmentKind.POLICY, node.table, unwrap(node.qual), _READS | WRITES, node.policy_name)


def _table(node: Node, known: _Known) -> Iterator[Attachment]:
    relation = node.relation
    if node.HasField("partbound"):
        parent = unwrap(node.inh_relations[0])
        known.parents[relation.schemaname, relation.relname] = (parent.schemaname, parent.relname)
    for each in node.partspec.part_params:
        if unwrap(each).HasField("expr"):
            code = unwrap(unwrap(each).expr)
            yield _attachment(AttachmentKind.PARTITION_KEY, relation, code, WRITES)
    for column in (each for each in map(unwrap, node.table_elts) if kind(each) == "ColumnDef"):
        type_name = last_name(column.type_name.names)
        for domain in (type_name, *known.parts.get(type_name, ())):
            for check in known.checks.get(domain, ()):
                yield _attachment(AttachmentKind.DOMAIN, relation, check, _SHAPE, column.colname)
        for constraint in map(unwrap, column.constraints):
            yield from _constraint(constraint, relation, column.colname)


_KINDS = {
    "CONSTR_DEFAULT": AttachmentKind.DEFAULT,
    "CONSTR_GENERATED": AttachmentKind.GENERATED,
    "CONSTR_CHECK": AttachmentKind.CHECK,
}


def _constraint(node: Node, relation: Node, column: str) -> Iterator[Attachment]:
    kind_ = _KINDS.get(enum_name(node, "contype"))
    if kind_ is not None:
        yield _attachment(kind_, relation, unwrap(node.raw_expr), _SHAPE, column)
    elif node.fk_del_action == "c":
        code = f"delete from {relation.schemaname}.{relation.relname} where null"  # noqa: S608 - it is only read
        yield _attachment(AttachmentKind.FOREIGN_KEY, node.pktable, code, frozenset({Occasion.DELETE}))


def _index(node: Node, _known: _Known) -> Iterator[Attachment]:
    for each in map(unwrap, node.index_params):
        if each.HasField("expr"):
            yield _attachment(AttachmentKind.INDEX, node.relation, unwrap(each.expr), _SHAPE, node.idxname)


def _domain(node: Node, known: _Known) -> Iterator[Attachment]:
    schema, name = dotted(node.domainname)
    known.checks[name] = [unwrap(unwrap(each).raw_expr) for each in node.constraints]
    for check in known.checks[name]:
        yield Attachment(kind=AttachmentKind.DOMAIN, schema=schema, target=name, name=name, code=check)


def _composite(node: Node, known: _Known) -> Iterator[Attachment]:
    columns = [unwrap(each) for each in node.coldeflist]
    known.parts[node.typevar.relname] = [last_name(each.type_name.names) for each in columns]
    yield from ()


def _operator(node: Node, _known: _Known) -> Iterator[Attachment]:
    if enum_name(node, "kind") == "OBJECT_OPERATOR":
        given: Mapping[str, Node] = dict(options(node.definition))
        name = last_name(node.defnames)
        code = _call(given["function"].names)
        yield Attachment(kind=AttachmentKind.OPERATOR, target=name, name=name, code=code)


def _cast(node: Node, _known: _Known) -> Iterator[Attachment]:
    schema, target = dotted(node.targettype.names)
    code = _call(node.func.objname)
    yield Attachment(kind=AttachmentKind.CAST, schema=schema, target=target, name=target, code=code)


def _event(node: Node, _known: _Known) -> Iterator[Attachment]:
    tags = [each.sval for _, value in options(node.whenclause) for each in map(unwrap, value.items)]
    yield Attachment(
        kind=AttachmentKind.EVENT_TRIGGER,
        target=node.trigname,
        name=node.trigname,
        code=_call(node.funcname),
        tags=frozenset(tags),
    )


_READERS = {
    "ViewStmt": _view,
    "CreateTableAsStmt": _materialized,
    "RuleStmt": _rule,
    "CreateTrigStmt": _trigger,
    "CreatePolicyStmt": _policy,
    "CreateStmt": _table,
    "IndexStmt": _index,
    "CreateDomainStmt": _domain,
    "CompositeTypeStmt": _composite,
    "DefineStmt": _operator,
    "CreateCastStmt": _cast,
    "CreateEventTrigStmt": _event,
}
