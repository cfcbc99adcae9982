"""Row 3, a sink: tells people outside what happened, through channels that know nothing of each other."""
