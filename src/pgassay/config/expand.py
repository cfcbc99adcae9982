"""Puts environment variables into a URL: ``${NAME}``, and nothing else that a shell would do."""

import re
from collections.abc import Mapping
from typing import NoReturn

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def expand(text: str, environ: Mapping[str, str]) -> str:
    """Replace each ``${NAME}``. The values go in as they are, so those of a URL must be percent-encoded.

    Raises:
        KeyError: a variable is not set, or empty, as one is that CI makes of a secret that there is not;
            its name is the argument.
    """
    return _REFERENCE.sub(lambda found: environ[found[1]] or _missing(found[1]), text)


def _missing(name: str) -> NoReturn:
    raise KeyError(name)
