"""Files that prove something: kept outside the web root, by their digest, never changed.

Owns the rows that say what a file is and who kept it; the bytes lie under MARRA_DATA/files.
"""
