"""Importing a patient list: file, columns, check, done."""
