"""The encrypted file: tables, queries, keys, backups."""
