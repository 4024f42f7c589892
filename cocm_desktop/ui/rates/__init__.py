"""Settings > Rates and codes: what is loaded for which days, and loading the public files."""
