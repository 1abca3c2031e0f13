"""What terms of a course and of the site mean, explained where they stand."""
