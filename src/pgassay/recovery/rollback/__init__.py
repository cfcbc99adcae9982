"""The engine that puts a tested backup in the place of a database, and takes that back; yields events."""
