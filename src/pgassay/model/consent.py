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
