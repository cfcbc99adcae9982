"""What the user agreed to before the question came up, and whether somebody is there to be asked."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """``given`` is a yes in advance (``--yes``).

    ``ask`` puts a question to a person and gives whether the answer was yes; ``None`` where nobody is there.
    """

    given: bool = False
    ask: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameConsent:
    """A yes that is given by the name of the database: typed beforehand, or by a person who is asked for it.

    ``ask`` shows a question and gives what was typed; ``None`` where nobody is there.
    """

    given: str = ""
    ask: Callable[[str], str] | None = None
