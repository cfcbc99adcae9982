"""Judges what a statement sets off: views that are read, triggers that fire, constraints that are checked.

What a touch leads to is followed to its end once, however many ways lead there: a trigger writes to a
table, whose triggers write to others, and perhaps back to the first.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from pgassay.parse.sql.attached import Attachment, AttachmentKind
from pgassay.parse.sql.calls import for_every_file, judge_reference
from pgassay.parse.sql.case import Case
from pgassay.parse.sql.finding import Finding, Verdict
from pgassay.parse.sql.grammar import Node, statements, unwrap
from pgassay.parse.sql.nodes import dotted, strings
from pgassay.parse.sql.routines import read_routine
from pgassay.parse.sql.scope import Variable
from pgassay.parse.sql.summary import Summary
from pgassay.parse.sql.touch import WRITES, Touch, TouchKind
from pgassay.parse.sql.variables import constant

_INSERTS, _DELETES, _UPDATES, _TRUNCATES = 4, 8, 16, 32
_OPERATIONS = {_INSERTS: "INSERT", _DELETES: "DELETE", _UPDATES: "UPDATE", _TRUNCATES: "TRUNCATE"}


def reached(case: Case) -> Iterator[Finding]:
    """Judge what comes of all that a statement touches."""
    for touch in case.touches:
        for finding in for_every_file(case, partial(_of_touch, touch)):
            yield replace(finding, place=case.place, through=(*touch.through, *finding.through))


def _of_touch(touch: Touch, case: Case) -> tuple[Finding, ...]:
    """Give what comes of a touch; the way begins behind it."""
    memory = case.known.memory
    if touch not in memory.reached:
        memory.reached[touch] = tuple(dict.fromkeys(_follow(replace(touch, through=()), case)))
    return memory.reached[touch]


def _follow(first: Touch, case: Case) -> Iterator[Finding]:
    attached, seen = case.known.attached, set[str]()
    waiting, known = deque([first]), {first}
    while waiting and attached is not None:
        touch = waiting.popleft()
        for each in attached.of(touch):
            summary = _summary(each, case)
            if each.key not in seen:
                seen.add(each.key)
                for finding in summary.findings:
                    yield replace(_softened(finding, touch), through=(*touch.through, *finding.through))
            for next_touch in _led_to(each, touch, summary):
                if next_touch not in known:
                    known.add(next_touch)
                    waiting.append(next_touch.behind(touch.through))


def _led_to(each: Attachment, touch: Touch, summary: Summary) -> Iterator[Touch]:
    yield from summary.touches
    if each.kind is AttachmentKind.VIEW and touch.occasion in WRITES:
        # What is written to a view may be written to what it selects from.
        for read in summary.touches:
            if read.kind is TouchKind.RELATION:
                yield replace(read, occasion=touch.occasion, columns=None)


def _softened(finding: Finding, touch: Touch) -> Finding:
    """Make a note of what databases do of their own accord, and of machine code that need have no part."""
    unsure = touch.kind is TouchKind.ANYTHING and finding.rule == "languages"
    if (finding.ordinary or unsure) and finding.verdict is Verdict.REFUSED:
        return replace(finding, verdict=Verdict.ALLOWED)
    return finding


def _summary(each: Attachment, case: Case) -> Summary:
    found = case.known.memory.summaries.get(each.key, lambda: _read(each, case))
    return found if found is not None else Summary(name=each.label)


def _read(each: Attachment, case: Case) -> Summary:
    inner = replace(case.inside(each.label), touches={})
    findings = tuple(dict.fromkeys(_code(each, inner)))
    return Summary(name=each.label, findings=findings, touches=tuple(inner.touches))


def _code(each: Attachment, case: Case) -> Iterator[Finding]:
    if each.kind is AttachmentKind.TRIGGER:
        yield from _trigger(_tree(each.code), case)
    elif each.kind is AttachmentKind.RULE:
        yield from _rule(_tree(each.code), case)
    else:
        yield from case.read(each.code, case)


def _tree(code: str | Node) -> Node:
    return statements(code)[0] if isinstance(code, str) else code


def _rule(node: Node, case: Case) -> Iterator[Finding]:
    if node.HasField("where_clause"):
        yield from case.read(unwrap(node.where_clause), case)
    for action in node.actions:
        yield from case.read(unwrap(action), case)


def _trigger(node: Node, case: Case) -> Iterator[Finding]:
    """Judge a trigger's condition, and its function as it finds itself called."""
    if node.HasField("when_clause"):
        yield from case.read(unwrap(node.when_clause), case)
    schema, name = dotted(node.funcname)
    case.known.memory.called.add(name)
    routines = [each for each in case.known.routines(name) if schema in ("", each.schema)]
    if not routines:
        yield from judge_reference(strings(node.funcname), case)
    for routine in routines:
        inner = replace(case.inside(f"{routine.schema}.{routine.name}()"), templates=[])
        yield from read_routine(routine, inner, _variables(node))


def _variables(node: Node) -> dict[str, Variable]:
    operations = tuple(word for bit, word in _OPERATIONS.items() if node.events & bit)
    relation = node.relation
    values = {
        "tg_op": operations,
        "tg_name": (node.trigname,),
        "tg_relname": (relation.relname,),
        "tg_table_name": (relation.relname,),
        "tg_table_schema": (relation.schemaname,),
    }
    return {name: constant(texts) for name, texts in values.items()}
