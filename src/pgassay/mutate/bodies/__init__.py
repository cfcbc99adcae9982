"""Kinds of mutants that rewrite the body of a function, one module each; found by looking.

A module has ``SECTION``, ``TITLE`` and ``edits``, see :class:`pgassay.mutate.kinds.BodyOperator`.
"""
