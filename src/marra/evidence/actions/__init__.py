"""Changes of evidence, by subject."""
