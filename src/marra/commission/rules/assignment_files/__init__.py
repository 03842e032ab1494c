"""Lists of assignments as files: which columns there are, and reading one to its end."""
