"""What the terminal format shows: its parts as styled lines, and the two ways to put them on a screen."""
