"""What the operating system tells: that it locks, sleeps or hands the computer on."""
