"""One module a criterion of the readiness gate. Its name is the criterion's name; there is no list to edit.

``ORDER`` is its place in reports, and ``judge(facts, demands, now)`` its verdict. A criterion without
evidence, or with evidence that is too old, is not verified. One whose evidence speaks against it is not met,
however old that is: a failure does not expire.
"""
