"""The headless command line over the same actions."""
