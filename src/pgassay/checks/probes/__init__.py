"""Checks that one query cannot ask, one module each; they are found by looking.

A module says what a check's file says: its docstring is the reason, ``TITLE``, ``LEVEL``, ``AREAS`` and
``HELP`` are as in a header; ``NEEDS``, ``PARAMETERS`` and ``WITHOUT_SERVER`` may be left out.
``examine(ground)`` gives findings, none for *passed*.
"""
