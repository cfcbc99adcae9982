"""Removes the rows that tests committed and registered, and nothing else.

``registry`` reads what is registered, ``keys`` which rows refer to which, ``order`` (pure) puts the rows into
units that can be removed one after the other, ``removal`` removes one unit in one transaction, and ``run``
goes through them all.
"""
