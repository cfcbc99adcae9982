"""The engine of checks: questions about a target, each of them one file that proves itself on examples.

The catalogue is found by looking. What a check is made of is told in :mod:`pgassay.model.check`.
"""
