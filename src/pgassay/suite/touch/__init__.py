"""Remembers what each test file touches.

``meter`` asks a file's session what it has counted, ``conclude`` (pure) makes of that, of the file's text and
of what the database has the list of objects, and ``recording`` puts these together for a run.
"""
