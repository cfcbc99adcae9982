"""The steps that prove a backup, one file each: what a step looks at, and the one sentence that it says."""
