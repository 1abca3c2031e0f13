"""What the site knows about a person, shown and handed to herself."""
