"""The sample clinic: made-up people with courses that a care manager would recognize."""
