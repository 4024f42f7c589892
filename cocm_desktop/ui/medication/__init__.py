"""The chart's tab of medicines and diagnoses, with its dialogs."""
