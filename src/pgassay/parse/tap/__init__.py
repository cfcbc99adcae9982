"""The Test Anything Protocol as Perl's TAP::Harness reads it: lines in, a document with a verdict out.

Perl's own parser (version 3.44, the one behind ``pg_prove``) is the measure: the same lines give the
same verdict, the same counts and the same number of parse errors. What Perl ignores and a person wants
to see (diagnostics, subtests) is kept beside the test that it belongs to. What else may be wrong with
a script (it died, it was cut off) is left to the caller, who ran it.
"""

from pgassay.parse.tap.document import TapDocument
from pgassay.parse.tap.reader import TapReader

__all__ = ["TapDocument", "TapReader"]
