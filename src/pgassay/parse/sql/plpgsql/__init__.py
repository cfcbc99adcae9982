"""PL/pgSQL bodies taken apart into the SQL that they run.

``reader`` follows the language's grammar with the server's own tokens; ``pieces`` says what comes out,
``into`` takes the targets of INTO out of a statement, as the language itself does before it runs one.
"""
