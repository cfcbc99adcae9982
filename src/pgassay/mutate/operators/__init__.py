"""Kinds of mutants that a query over the catalogs lists, one file each in ``sql``; found by looking.

A header names the ``section`` and the ``title`` of the kind. A row is one mutant: the catalog and number of
the object that it belongs to (members of extensions are left out by them), the rest of its id, the
object, the changed thing's own name, a description, the DDL, the tables that statements meet it on, and, as
a column that may be left out, the functions.
"""
