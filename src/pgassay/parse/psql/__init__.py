"""A psql script as a stream of steps, split and interpolated exactly as psql does it.

``reader`` turns text into ``steps``; ``scan`` looks ahead without executing; ``output`` prints results
as psql does. Nothing here opens a file or a connection: the engine in ``suite`` does.
"""
