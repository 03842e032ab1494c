"""The journal: what was done, to what, by whom, when.

One table serves as audit trail, outbox and history. An entry is written in the same transaction as
the change it tells of, and is never altered: the database itself refuses. Its facts are numbers
and codes, never personal data; whoever reads an entry later asks the room for the row it names.
"""
