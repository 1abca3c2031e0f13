"""Deadlines in a person's own calendar."""
