"""A mutation check: puts one fault after the other into a database's clones; do its tests notice?

``catalogue`` lists the faults, ``choose`` takes those that are wanted, ``run`` tries them, ``journal``
remembers. How a test file is run is told from outside (``bench``).
"""
