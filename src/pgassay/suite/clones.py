"""The clones of a run: one for each worker, made of a template that is built once.

The template is built before the first file runs, while nobody of ours is connected to the source.
"""

from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self
from uuid import UUID

from pgassay.model.errors import Unavailable
from pgassay.pg.target import Target

if TYPE_CHECKING:
    from pgassay.pg.template import Template


class Clones:
    """Where clones come from; a context manager that drops them all in the end.

    ``wanted`` says whether there will be any; without it entering and leaving do nothing.
    """

    def __init__(self, target: Target, run: UUID, *, wanted: bool) -> None:
        self._target = target
        self._run = run
        self._wanted = wanted
        self._stack = ExitStack()
        self._template: Template | None = None

    def __enter__(self) -> Self:
        if self._wanted:
            from pgassay.pg.clone import sweep  # most runs want no clones, and this takes a while to load
            from pgassay.pg.template import template

            sweep(self._target)
            self._template = self._stack.enter_context(template(self._target, run=self._run))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def lacking(self) -> tuple[str, ...]:
        """Say what of the source the clones do not have."""
        return self._template.lacking if self._template is not None else ()

    def take(self, worker: int) -> Target:
        """Give a worker a fresh clone; the one that it had before is dropped.

        Raises:
            Unavailable: the server does not let us.
        """
        if self._template is None:
            raise Unavailable("This run has no clones.")
        return self._template.clone(f"w{worker}")
