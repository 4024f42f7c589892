"""Open safety answers: the step after saving, and closing a task."""
