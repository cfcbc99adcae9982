"""Row 3, an engine: measures the statements of a workload on a target, and changes nothing there."""
