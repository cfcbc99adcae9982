"""The door to this package: a statement in, findings out."""

from collections.abc import Callable, Iterable, Iterator

from pgassay.model.place import Place
from pgassay.parse.sql import holes
from pgassay.parse.sql.calls import judge_attribute, judge_call, judge_reference, said_by, summary_of
from pgassay.parse.sql.case import Case
from pgassay.parse.sql.catalogue import catalogue
from pgassay.parse.sql.definitions import SHADOWING, read_block, shadowing
from pgassay.parse.sql.finding import Finding
from pgassay.parse.sql.fold import texts_of
from pgassay.parse.sql.grammar import Node, Unreadable, kind, statements, unwrap, walk
from pgassay.parse.sql.mentions import MENTIONS
from pgassay.parse.sql.nodes import last_name, options, strings
from pgassay.parse.sql.reach import reached
from pgassay.parse.sql.remember import remember
from pgassay.parse.sql.scope import Scope
from pgassay.parse.sql.surroundings import Surroundings
from pgassay.parse.sql.touch import Touch, TouchKind
from pgassay.parse.sql.touching import TOUCHING, note_command, touched

_Judge = Callable[[Node, Case], Iterable[Finding]]
_JUDGES: dict[str, tuple[_Judge, ...]] = {}
"""By type of node, filled as they are met: every node there is comes by."""
_CANNOT_RUN = "This is no statement that the server's grammar has: it cannot run."
_LATER = "\\gexec executes what the query gives; each statement is read before it is sent."
_NEWER = "Write it in a way that PostgreSQL 18 can read."


def judge_statement(text: str, *, place: Place, known: Surroundings) -> tuple[Finding, ...]:
    """Say what a statement, or several that are sent in one message, would do to production.

    Nothing to say is an empty tuple. What the statement makes is remembered in ``known.memory``, so call it
    once for each statement, in the order in which they are sent. Never raises for a text, whatever it is.
    """
    memory = known.memory
    if text in known.shared.harmless and not memory.routines:
        return ()
    case, uses = Case(place=place, known=known, read=_read), memory.uses
    try:
        found = tuple(_plain(text, case))
        if not found and memory.uses == uses and not memory.routines:
            known.shared.note_harmless(text)
    except RecursionError:
        found = (case.unreadable("It is nested too deeply to be read.", _NEWER),)
    except Unreadable as unreadable:
        found = (case.unreadable(f"It cannot be read: {unreadable}.", _NEWER, object=_excerpt(text)),)
    return tuple(known.policy.apply(each) for each in dict.fromkeys(found))


def judge_results(text: str, *, place: Place, known: Surroundings) -> tuple[Finding, ...]:
    r"""Say what the statements would do that a query gives as its results, as far as they can be told.

    That is for ``\\gexec``; a result that cannot be told is a note: it is to be judged when it is known.
    """
    try:
        nodes = statements(text)
        columns = [unwrap(each).val for node in nodes for each in getattr(node, "target_list", ())]
        scope = Scope(statement=nodes[-1] if nodes else None)
        texts = [texts_of(each, scope) for each in columns]
    except (Unreadable, RecursionError):
        return ()
    case = Case(place=place, known=known, read=_read)
    found = [] if None not in texts else [case.note("unreadable", _LATER)]
    for each in {text for several in texts for text in several or ()}:
        found += judge_statement(each, place=place, known=known)
    return tuple(found)


def judge_any_command(*, place: Place, known: Surroundings) -> tuple[Finding, ...]:
    """Say what comes of any statement that changes definitions, because event triggers see it."""
    case = Case(place=place, known=known, read=_read)
    case.touch(Touch(kind=TouchKind.COMMAND))
    return tuple(known.policy.apply(each) for each in reached(case))


def _plain(text: str, case: Case) -> Iterator[Finding]:
    """Judge the file's own statements, one after the other."""
    found = statements(text)
    for node in found:
        inner = Case(place=case.place, known=case.known, read=case.read, alone=len(found) == 1)
        inner.touch(Touch(kind=TouchKind.ANYTHING))
        yield from _judge(node, inner)
        yield from reached(inner)
        remember(node, case.known.memory)


def _read(text: Node | str, case: Case) -> Iterator[Finding]:
    """Judge what stands within something: a text, or a tree of which the body of a function consists."""
    if not isinstance(text, str):
        yield from _judge(text, case)
        return
    try:
        found = statements(text)
    except Unreadable as unreadable:
        if case.provoked or holes.is_unlikely(text):
            yield case.note("unreadable", _CANNOT_RUN)
        else:
            yield case.unreadable(f"It cannot be read: {unreadable}.", _NEWER, object=_excerpt(text))
        return
    for node in found:
        yield from _judge(node, case)


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79] + "…"


def _judge(root: Node, case: Case) -> Iterator[Finding]:
    """Judge a statement's tree, node by node."""
    case = case.at(root)
    note_command(root, case)
    judges = _JUDGES
    for node in _nodes(root):
        name = kind(node)
        asked = judges.get(name)
        if asked is None:
            asked = judges[name] = _judges_of(name)
        for judge in asked:
            yield from judge(node, case)


def _judges_of(name: str) -> tuple[_Judge, ...]:
    """Give all that has to say something about nodes of a type."""
    special = (_SPECIAL[name],) if name in _SPECIAL else ()
    touches = (touched,) if name in TOUCHING else ()
    return (*touches, *(rule.judge for rule in catalogue().by_kind.get(name, ())), *special)


def _nodes(root: Node) -> Iterator[Node]:
    """Give all nodes but those of a function's body, which is read in the case of the function."""
    if kind(root) != "CreateFunctionStmt":
        yield from walk(root)
        return
    yield root
    for each in (*root.parameters, *root.options):
        yield from walk(unwrap(each))


def _function(node: Node, case: Case) -> Iterator[Finding]:
    memory = case.known.memory
    name = last_name(node.funcname)
    called = memory.add_routine(name, node)
    # What was made before may call it, and be called by what is not seen here: by a trigger, or a view.
    for routines in tuple(memory.routines.values()) if called else (memory.routines[name],):
        for at, each in enumerate(routines):
            summary = summary_of(each, at, case)
            yield from said_by(summary, case) if summary is not None else ()
    for option, value in options(node.options):
        if option == "support":
            yield from judge_reference(strings(value.items), case)


def _column(node: Node, case: Case) -> Iterator[Finding]:
    names = strings(node.fields)
    if len(names) > 1:
        yield from judge_attribute(names[-1], case)


def _indirection(node: Node, case: Case) -> Iterator[Finding]:
    for name in strings(node.indirection):
        yield from judge_attribute(name, case)


_SPECIAL: dict[str, _Judge] = {
    "FuncCall": judge_call,
    "DoStmt": read_block,
    "CreateFunctionStmt": _function,
    "ColumnRef": _column,
    "A_Indirection": _indirection,
    **dict.fromkeys(SHADOWING, shadowing),
    **MENTIONS,
}
