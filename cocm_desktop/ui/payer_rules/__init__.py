"""Settings > Payer rules: whose rules hold, from which source, and how far they are confirmed."""
