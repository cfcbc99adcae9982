"""Row 2: text in, values out. No connection, no clock, no file is opened here."""
