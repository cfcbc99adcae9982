"""The formats for runs of checks, one module each; its name is the name of the format."""
