"""The rules, one a module: what a test must not do to production. A new one is a new file here."""
