"""Posts JSON to a web address that may be a secret, and says why it was not taken without naming it."""

import urllib.error
import urllib.request
from urllib.parse import urlsplit

from pgassay.notify.undelivered import Undelivered

_TOO_MANY = 429
_FINAL = range(400, 500)
_LONGEST_WAIT_S = 3_600.0


def post(address: str, body: bytes, *, timeout_s: float) -> None:
    """Post, and be content with any answer of success.

    Raises:
        Undelivered: there was none; an answer of 4xx other than 408 and 429 is final.
    """
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "pgassay"}
    try:
        if urlsplit(address).scheme not in ("http", "https"):
            raise Undelivered("The webhook is no http or https URL.", final=True)
        request = urllib.request.Request(address, data=body, headers=headers, method="POST")
        with urllib.request.urlopen(request, timeout=timeout_s) as answer:
            answer.read()
    except urllib.error.HTTPError as error:
        raise _refused(error) from None
    except OSError as error:
        raise Undelivered(f"The receiver cannot be reached: {_cause(error)}.") from None
    except ValueError:
        raise Undelivered("The webhook is not a valid URL.", final=True) from None


def _refused(error: urllib.error.HTTPError) -> Undelivered:
    said = error.read(200).decode("utf-8", "replace").strip().split("\n", 1)[0]
    words = f"The receiver answers {error.code}" + (f" ({said})" if said else "") + "."
    final = error.code in _FINAL and error.code not in (408, _TOO_MANY)
    wait = error.headers.get("Retry-After", "") if error.headers else ""
    wait_s = min(float(wait), _LONGEST_WAIT_S) if wait.isdecimal() else 0.0
    return Undelivered(words, final=final, wait_s=wait_s)


def _cause(error: OSError) -> str:
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return "it does not answer in time"
    return getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
