"""What goes on paper: packets, superbills and their shared look."""
