"""pgTAP wherever it is needed: found, installed, or carried along inside a transaction.

pgTAP's own text is no part of pgassay. :mod:`~pgassay.pg.pgtap.source` finds it on this machine,
:mod:`~pgassay.pg.pgtap.fetch` gets it once, :mod:`~pgassay.pg.pgtap.install` puts it into a database.
"""

from pgassay.pg.pgtap.install import Pgtap, ensure, find, uninstall

__all__ = ["Pgtap", "ensure", "find", "uninstall"]
