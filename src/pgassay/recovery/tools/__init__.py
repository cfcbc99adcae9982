"""PostgreSQL's own programs, each started for one purpose."""
