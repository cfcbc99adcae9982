"""Plays a psql script over a warm connection, in this process, with psql's own results.

``player`` performs one step after the other, ``statement`` one statement at a time, ``flight`` keeps
statements in flight where that changes nothing, ``variables`` are psql's.
"""
