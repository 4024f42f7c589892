"""Plans written with a patient: the forms, their papers, and the chart's tab of treatment."""
