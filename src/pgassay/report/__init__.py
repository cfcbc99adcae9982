"""Row 3, sink: turns events into what people and CI read. Never changes what an engine does."""
