"""Reads SQL with the server's own parser, and says what it would do to a production database.

``judge`` is the door for a statement, ``steps`` for a step of a psql script, ``script`` for a whole one
before anything is sent. ``rules`` says what is harm; ``surroundings`` what has to be known of the
database. Nothing here is sent, run, or looked up.
"""
