"""The second way: the backup restored inside the database in use, and schemas renamed in that transaction."""
