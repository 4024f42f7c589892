"""What the program knows: values and rules, without clock, disk or screen."""
