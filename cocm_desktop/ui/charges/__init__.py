"""Setting up what a charge needs: payers, coverage, fees and the settings of billing."""
