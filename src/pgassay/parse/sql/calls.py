"""Judges the call of a function: by its name, by its body, and by what it executes of its arguments."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from pgassay.parse.sql import holes
from pgassay.parse.sql.case import Case
from pgassay.parse.sql.catalogue import catalogue
from pgassay.parse.sql.definitions import define
from pgassay.parse.sql.execute import WRITE_OUT, execute
from pgassay.parse.sql.executors import executes
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.fold import TRUSTED_TYPES, texts_of
from pgassay.parse.sql.grammar import Node, kind, statements, unwrap
from pgassay.parse.sql.holes import Texts
from pgassay.parse.sql.memory import Name, ObjectKind
from pgassay.parse.sql.nodes import dotted, last_name
from pgassay.parse.sql.routines import summarise
from pgassay.parse.sql.summary import Summary
from pgassay.parse.sql.surroundings import Routine
from pgassay.parse.sql.touching import note_plan

_RUNNERS = ("runtests", "do_tap")
_READABLE = ("sql", "plpgsql")


def judge_call(node: Node, case: Case) -> Iterator[Finding]:
    """Judge a call (a FuncCall)."""
    schema, name = dotted(node.funcname)
    if holes.has_holes(schema + name):
        yield case.unreadable("Which function is called cannot be told before it runs.", WRITE_OUT)
        return
    if case.through:
        case.known.memory.called.add(name)
    note_plan(name, case)
    if name in _RUNNERS:
        yield from _run_tests(name, node, case)
        return
    argument_judge = executes(name)
    if argument_judge is not None:
        yield from argument_judge(name, node, case)
    if not _is_own(schema, name, case):
        for rule in catalogue().for_function(name):
            yield from rule.judge(node, case)
    for summary in _known(schema, name, case):
        yield from _use(summary, node, case)


def judge_reference(names: list[str], case: Case) -> Iterator[Finding]:
    """Judge a function that something is to call later on: a trigger, an operator, an aggregate."""
    quoted = ".".join(f'"{name.replace(chr(34), chr(34) * 2)}"' for name in names)
    if quoted:
        call = unwrap(statements(f"SELECT {quoted}()")[0].target_list[0].res_target.val)
        yield from judge_call(call, case)


def judge_attribute(name: str, case: Case) -> Iterator[Finding]:
    """Judge ``row.name``, which calls the function ``name(row)`` where the row has no such column."""
    takes = [each.parameters[0].type for each in case.known.routines(name) if len(each.parameters) == 1]
    if any(each not in TRUSTED_TYPES for each in takes):
        for summary in _known("", name, case):
            yield from said_by(summary, case)


def _is_own(schema: str, name: str, case: Case) -> bool:
    """Tell whether a name means routines of the database's own that can be read, and nothing else."""
    if schema == "pg_catalog" or (not schema and name.startswith(("pg_", "lo_", "setval", "nextval"))):
        return False
    found = [each for each in case.known.routines(name) if schema in ("", each.schema)]
    if any(each.extension or each.language.lower() not in _READABLE for each in found):
        return False
    return bool(found) and (bool(schema) or name.startswith(("dblink", "http", "run_command_on_")))


def _known(schema: str, name: str, case: Case) -> tuple[Summary, ...]:
    """Give the summaries of what a name means: of the file's own routines, and of the database's."""
    if schema == "pg_catalog":
        return ()
    found = [summary_of(node, at, case) for at, node in enumerate(case.known.memory.routines.get(name, ()))]
    for at, routine in enumerate(case.known.routines(name) if schema != "pg_temp" else ()):
        if schema in ("", routine.schema) and not routine.extension:
            found.append(_of_database(routine, at, case))
    return tuple(each for each in found if each is not None)


def _of_database(routine: Routine, at: int, case: Case) -> Summary | None:
    key = f"{routine.schema}.{routine.name}#{at}"
    return for_every_file(
        case, lambda alone: alone.known.memory.summaries.get(key, lambda: summarise(routine, alone))
    )


_Read = TypeVar("_Read")


def for_every_file(case: Case, read: Callable[[Case], _Read]) -> _Read:
    """Read something of the database for all files, or for this one, if it made what may be meant there.

    ``read`` is given the case for that, which it must not keep.
    """
    known, shared = case.known, case.known.shared
    if known.memory is shared.memory:
        return read(case.alone_with(known))
    if not known.memory.hides_any_called:
        with shared.lock:
            found = read(case.alone_with(known.for_all))
        if not known.memory.hides_any_called:
            return found
    return read(case.alone_with(known))


def summary_of(node: Node, at: int, case: Case) -> Summary | None:
    """Give the summary of a routine that the file made: the one with that number among those of its name."""
    alone = case.alone_with(case.known)
    key = f"{last_name(node.funcname)}@{at}"
    return case.known.memory.summaries.get(key, lambda: define(node, alone))


def said_by(summary: Summary, case: Case) -> Iterator[Finding]:
    """Give what is found in a routine for whoever calls it, and take over what it touches."""
    for each in summary.findings:
        if case.templates is not None and case.through[0] in each.through:
            # Back to the routine that is being read: what comes of that is said of it already.
            continue
        yield replace(each, place=case.place, through=(*case.through, *each.through))
    for touch in summary.touches:
        case.touches.setdefault(touch.behind(case.through))


def _use(summary: Summary, node: Node, case: Case) -> Iterator[Finding]:
    yield from said_by(summary, case)
    if not summary.templates:
        return
    values = _values(summary, node, case)
    inner = case.inside(f"{summary.name}('…')")
    for template in summary.templates:
        texts = holes.fill(template.text, values)
        if texts is None:
            yield case.unreadable(f"What {summary.name}() executes cannot be told before it runs.", WRITE_OUT)
            continue
        for text in texts:
            yield from execute(replace(template, text=text), replace(inner, provoked=template.provoked))


def _values(summary: Summary, node: Node, case: Case) -> list[Texts | None]:
    values: list[Texts | None] = list(summary.defaults)
    values += [None] * (max(len(summary.parameters), len(node.args)) - len(values))
    for at, argument in enumerate(map(unwrap, node.args)):
        if kind(argument) == "NamedArgExpr":
            if argument.name in summary.parameters:
                values[summary.parameters.index(argument.name)] = texts_of(argument.arg, case.scope)
        else:
            values[at] = texts_of(argument, case.scope)
    return values


def _run_tests(name: str, node: Node, case: Case) -> Iterator[Finding]:
    """Judge what runs the functions of a schema: those of the file were judged when they were made."""
    texts = texts_of(node.args[0], case.scope) if node.args else None
    schema = texts[0] if texts is not None and len(texts) == 1 else ""
    if case.known.routines_in is not None:
        for routine in case.known.routines_in(schema):
            for summary in _known(routine.schema, routine.name, case):
                yield from _use(summary, node, case)
    elif not case.known.memory.has_made(Name(ObjectKind.SCHEMA, "", schema)):
        yield case.unreadable(
            f"{name}() runs functions that are not known here.",
            "Make the tests' schema in the file, or call the functions one by one.",
        )
