"""The terminal: `marra <room> <verb>`, one file per room.

Data on stdout (`--json`), words on stderr; exit 0 done, 1 refused, 2 misused. Commands that need
no database start without Django.
"""
