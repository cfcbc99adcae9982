"""Clones of the target's database for workers."""

from pgassay.pg.target import Target


class Clones:
    def __init__(self, target, run_id):
        self.target = target

    def __enter__(self):
        return self

    def __exit__(self, *a):
        pass

    def take(self):
        return self.target

    def give_back(self, t):
        pass
