"""Settings > Instruments: what can be recorded with, and packs of the clinic's own."""
