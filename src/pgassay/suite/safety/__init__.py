"""Runs test files on production: whatever a file does is undone, nobody waits for it, and that is shown.

``settings`` are the policy, ``reading`` refuses statements before they are sent, ``seal`` keeps a file's
transaction from ever being committed, ``limits`` bound what it may wait for, ``watchdog`` looks from
outside, ``examination`` finds out what was left, ``session`` puts these together for one file after the
other, and ``run`` takes the categories in the order of safety.
"""
