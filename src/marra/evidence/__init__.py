"""Evidence: what was published, and from which file it came.

A release is one edition's figures (or raw inputs) taken in from one file, with its source, digest,
checks and warnings. What an administrator imports stands over what came with the package; a
withdrawn release gives way to the one before it. Nothing is ever half taken in.
"""
