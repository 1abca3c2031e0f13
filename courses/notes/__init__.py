"""What people write down while they learn: notes, bookmarks, their action plan."""
