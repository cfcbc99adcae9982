"""Reports of runs of checks: what they add up to, and the formats."""
