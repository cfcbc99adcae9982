"""The catalogue as functions in SQL, for people who have nothing but psql.

The queries of the checks, and the same way from findings to an answer as the commands have. Pure: text in,
text out; the store installs what comes out.
"""
