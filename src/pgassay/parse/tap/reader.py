"""Reads a TAP stream line by line, as it arrives.

``grammar`` knows the lines, ``order`` their order, ``margin`` what stands between them; this module
only decides which of them a line is for. Whatever it is fed, it neither fails nor waits.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from pgassay.model.assertion import Assertion, Directive
from pgassay.model.place import Place
from pgassay.parse.tap import grammar
from pgassay.parse.tap.document import TapDocument
from pgassay.parse.tap.margin import Margin
from pgassay.parse.tap.order import Order
from pgassay.parse.tap.yamlish import NO_END, Block

_TEST = grammar.TEST.match
_NOT_ALONE = grammar.NOT_ALONE.match


class TapReader:
    """A reader for the output of one file. Feed every line, then close."""

    def __init__(self) -> None:
        self._order = Order()
        self._margin = Margin()
        self._assertions: list[Assertion] = []
        self._half: str | None = None
        self._block: Block | None = None
        self._strict = False
        self._abandoned = False
        self._bail_out: str | None = None
        self._unrecognised = 0

    @property
    def planned(self) -> int | None:
        """The plan, as far as it is known by now."""
        return None if self._order.plan is None else self._order.plan.planned

    @property
    def tests_run(self) -> int:
        """Test lines seen by now."""
        return self._order.tests_run

    @property
    def bail_out(self) -> str | None:
        """The reason of the first bail-out seen by now; ``None`` if there was none."""
        return self._bail_out

    def feed(
        self, line: str, *, place: Place | None = None, elapsed_ms: float | None = None
    ) -> Assertion | None:
        """Take the next line and give the assertion that it begins, if any.

        The diagnostics of that assertion follow on later lines; only the document has them.
        """
        if line.endswith("\n"):
            line = line[:-1]
        if self._half is not None:
            line, self._half = self._half + line, None
        elif _NOT_ALONE(line):
            self._half = line
            return None
        if self._abandoned:
            return None
        if self._block is not None:
            self._continue_block(self._block, line)
            return None
        found = _TEST(line)
        if found is None:
            self._other(line)
            return None
        return self._test(found, place=place, elapsed_ms=elapsed_ms)

    def close(self) -> TapDocument:
        """Take the end of the output and give the whole."""
        if self._half is not None:
            self.feed("")
        if self._block is not None:
            self._abandon(NO_END)
        self._margin.rest()
        self._order.finish()
        return TapDocument(
            planned=self.planned,
            assertions=tuple(self._explained()),
            parse_errors=tuple(self._order.errors),
            skip_all=self._order.skip_reason is not None,
            skip_reason=self._order.skip_reason or "",
            bail_out=self._bail_out,
            loose=tuple(self._margin.loose),
            unclosed=tuple(self._margin.subtest),
            unrecognised=self._unrecognised,
        )

    def _test(self, found: re.Match[str], *, place: Place | None, elapsed_ms: float | None) -> Assertion:
        said_not, digits, text = found.groups()
        number = None if digits is None else grammar.whole_number(digits)
        unplanned = self._order.meet_test(number)
        position = self._order.tests_run
        description, directive, reason = grammar.directive_of(text)
        if self._order.todo and self._order.planned_todo(number):
            directive = Directive.TODO
        assertion = Assertion(
            position=position,
            number=number,
            ok=said_not is None,
            description=description,
            directive=directive,
            reason=reason,
            nested=self._margin.closed_by(position),
            unplanned=unplanned,
            elapsed_ms=elapsed_ms,
            place=place,
        )
        self._assertions.append(assertion)
        return assertion

    def _other(self, line: str) -> None:
        if line.startswith("#"):
            self._margin.comment(line)
        elif plan := grammar.plan_of(line, version=self._order.version):
            self._margin.rest()
            self._order.meet_plan(plan)
        elif found := grammar.VERSION.match(line):
            self._order.meet_version(grammar.whole_number(found[1]))
        elif found := grammar.BAIL_OUT.match(line):
            self._margin.rest()
            if self._bail_out is None:
                self._bail_out = found[1].strip(grammar.BLANKS)
        elif not self._version_13(line):
            self._unknown(line)

    def _version_13(self, line: str) -> bool:
        """Try what only version 13 of TAP has."""
        if self._order.version < 13:
            return False
        if found := grammar.YAML_START.match(line):
            self._block = Block(pad=len(found[1]), marker=found[2])
            return True
        if found := grammar.PRAGMA.match(line):
            for name in found[1].split(","):
                if name.strip(grammar.BLANKS)[1:] == "strict":
                    self._strict = name.strip(grammar.BLANKS)[0] == "+"
            return True
        return False

    def _unknown(self, line: str) -> None:
        if self._strict:
            self._order.errors.append(f"In strict mode, this line is no TAP: {line!r}")
        if not self._margin.indented(line) and line.strip():
            self._unrecognised += 1

    def _continue_block(self, block: Block, line: str) -> None:
        if block.feed(line):
            return
        self._block = None
        if block.error:
            self._abandon(block.error)
        else:
            self._margin.block(block.lines)

    def _abandon(self, sentence: str) -> None:
        """Read no further, as Perl's parser does after a YAML block that it cannot read."""
        self._order.errors.append(sentence)
        self._abandoned = True

    def _explained(self) -> Iterator[Assertion]:
        diagnostics = self._margin.diagnostics
        for each in self._assertions:
            lines = diagnostics.get(each.position)
            yield replace(each, diagnostics=tuple(lines)) if lines else each
