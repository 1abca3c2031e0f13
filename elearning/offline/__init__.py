"""What a phone keeps and does without a line."""
