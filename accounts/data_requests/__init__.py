"""What people ask about their own data, and the queue of those who answer."""
