"""Acts as data: clauses, obligations and terms, read from a TOML file with its faults told.

The packaged acts lie beside the reader. What an act says stands in its file alone: no number and
no day of an act is written into the program.
"""
