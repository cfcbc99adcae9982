"""What a user does with backups."""
