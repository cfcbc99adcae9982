"""What engines say while they work: frozen events, one file a family.

Every sink (terminal, JUnit, the store, …) reads these and nothing else, which is why a stored run can
be replayed through any of them.
"""
