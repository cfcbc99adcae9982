"""The engine that makes backups and proves that a recovery from them would succeed; yields events."""
