"""Pages of this room, one module per journey."""
