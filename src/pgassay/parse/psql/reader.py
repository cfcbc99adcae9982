"""A script step by step: the door to this package.

psql reads and executes in turn, and what was executed can change how the rest is read. So the engine
pulls: each call reads just far enough for one step.
"""

import re
from collections import deque
from collections.abc import MutableMapping

from pgassay.model.place import Place
from pgassay.parse.psql.arguments import Arguments
from pgassay.parse.psql.branches import WrongNesting
from pgassay.parse.psql.command import Command, Include, Leave, Request, Reset, Send, Session, ShowBuffer
from pgassay.parse.psql.dispatch import run
from pgassay.parse.psql.includes import DEEPEST, OpenFile, resolve
from pgassay.parse.psql.lexer import Stop
from pgassay.parse.psql.script import Script, Surroundings
from pgassay.parse.psql.script_error import ScriptError
from pgassay.parse.psql.steps import CommandError, NeedsPsql, Print, Quit, Step, Unknown
from pgassay.parse.psql.variables import Variables

__all__ = ["OpenFile", "ScriptError", "ScriptReader"]

_NAME = re.compile(r"[^ \t\n\r\f\v\\]*+")


class ScriptReader:
    """Reads a script, and the scripts that it includes, as a stream of steps.

    ``variables`` is the live mapping of psql variables: a name is looked up only when the script uses
    it, and ``\\set`` and ``\\unset`` write to it. ``standard_conforming_strings`` is the server's
    setting; change it when the server's changes.
    """

    def __init__(
        self,
        text: str,
        *,
        path: str,
        variables: MutableMapping[str, str],
        open_file: OpenFile,
        every_branch: bool = False,
    ) -> None:
        self.standard_conforming_strings = True
        self._open_file = open_file
        self._session = Session(Variables(variables))
        self._shared = Surroundings(
            variables=self._session.variables,
            warn=self._warn,
            complain=self._complain,
            every_branch=every_branch,
        )
        self._pending: deque[Step] = deque()
        self._scripts: list[Script] = []
        self._enter(text, path)

    def next_step(self) -> Step | None:
        """Read on to the next step; ``None`` at the end. Raises ScriptError."""
        pending = self._pending
        while not pending:
            script = self._scripts[-1]
            stop = script.lexer.advance(standard=self.standard_conforming_strings)
            if stop is Stop.SEMICOLON:
                if script.branches.active:
                    return script.complete(self._session.sink(), self._session.format)
                script.lexer.buffer.next_head()
            elif stop is Stop.BACKSLASH:
                self._command(script)
            elif not self._end(script):
                return None
        return pending.popleft()

    @property
    def leaves_rest(self) -> bool:
        """Whether more than white space and comments stands behind what was read of the script so far."""
        return self._scripts[-1].lexer.frames.leave_rest()

    def copy_data(self) -> str:
        r"""Take the data of a COPY … FROM STDIN out of the script, up to the line ``\.``.

        To be called when the server asks for it, before the next step. Raises OpenData where the
        data never ends, naming the line of the COPY; the rest of the script is taken even so.
        """
        return self._scripts[-1].copy_data()

    def _enter(self, text: str, path: str) -> None:
        self._scripts.append(Script(text, path=path, shared=self._shared))

    def _end(self, script: Script) -> bool:
        """Deal with the end of a file; tell whether there is more to read."""
        buffer = script.lexer.buffer
        if script.lexer.quote is None and buffer.size:
            if script.branches.active:
                self._pending.append(script.complete(self._session.sink(), self._session.format))
                return True
            buffer.reset()
        script.check_end()
        if len(self._scripts) == 1:
            return False
        self._scripts.pop()
        return True

    def _say(self, level: str, message: str) -> None:
        place = self._scripts[-1].place
        text = f"psql:{place}: {level}: {message}\n"
        self._pending.append(Print(text=text, place=place, to_stderr=True))

    def _warn(self, message: str) -> None:
        self._say("warning", message)

    def _complain(self, message: str) -> None:
        self._say("error", message)

    def _command(self, script: Script) -> None:
        """Deal with the command behind the backslash that was just met."""
        frame = script.lexer.frames.flatten()
        end = frame.line_end()
        name = _NAME.match(frame.text, frame.position, end)
        assert name is not None  # it matches the empty text at the least
        arguments = Arguments(
            frame.text,
            position=name.end(),
            end=end,
            variables=self._session.variables,
            complain=self._complain,
        )
        command = Command(f"\\{name[0]}", script.place, arguments, self._session)
        try:
            outcome = run(script, command)
        except WrongNesting as wrong:
            frame.go_to(end)
            raise ScriptError(str(wrong), command.place, recoverable=True) from None
        if isinstance(outcome, Unknown | CommandError | NeedsPsql):
            frame.go_to(end)
        else:
            self._finish_arguments(command)
            frame.go_to(arguments.position)
        self._follow(script, command, outcome)

    def _finish_arguments(self, command: Command) -> None:
        for extra in command.arguments.all():
            self._warn(f'{command.name}: extra argument "{extra}" ignored')
        command.arguments.finish()

    def _follow(self, script: Script, command: Command, outcome: Step | Request | None) -> None:
        pending = self._pending
        match outcome:
            case None:
                pass
            case Send(sink, form):
                pending.append(script.send(sink, form))
            case Reset():
                script.lexer.buffer.reset()
            case ShowBuffer():
                if (text := script.shown_text()) is not None:
                    pending.append(Print(text=f"{text}\n", place=command.place))
            case Leave():
                self._leave(script, command.place)
            case Include():
                self._include(outcome, script, command.place)
            case _:
                pending.append(outcome)

    def _leave(self, script: Script, place: Place) -> None:
        """End a script; what it left unsent is sent even so."""
        if script.lexer.buffer.size:
            self._pending.append(script.complete(self._session.sink(), self._session.format))
        if len(self._scripts) > 1:
            self._scripts.pop()
        else:
            self._pending.append(Quit(place=place))

    def _include(self, include: Include, script: Script, place: Place) -> None:
        relative_to = script.path if include.relative else None
        path = resolve(include.name, relative_to)
        chain = [each.path for each in self._scripts]
        if path in chain:
            circle = " -> ".join([*chain[chain.index(path) :], path])
            raise ScriptError(f"scripts include one another in a circle: {circle}", place)
        if len(chain) > DEEPEST:
            raise ScriptError(f"scripts are included more than {DEEPEST} deep", place)
        try:
            text = self._open_file(include.name, relative_to)
        except OSError as error:
            message = f"{path}: {error.strerror or error}"
            raise ScriptError(message, place, recoverable=True) from error
        self._enter(text, path)
