"""What people and programs read of backups and drills."""
