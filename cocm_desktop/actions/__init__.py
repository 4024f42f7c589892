"""What a person can do: one transaction and one permission each."""
