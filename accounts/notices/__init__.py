"""What a person is told: her list, and her mail of the day."""
