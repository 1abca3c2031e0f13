"""Question files as trainers have them, made here: builders, files, what they hold."""
