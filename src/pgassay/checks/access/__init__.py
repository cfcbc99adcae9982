"""The access matrix: who gets at which rows of which relation, found out by trying it and undoing it."""
