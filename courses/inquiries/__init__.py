"""What learners ask the author and report to her, and what she answers."""
