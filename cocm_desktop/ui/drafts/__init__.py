"""What is typed and not saved: kept, offered again, listed."""
