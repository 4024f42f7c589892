"""Keying a consultant's replies from the signed pages of a packet, by keyboard alone."""
