"""People: accounts, the roles they are appointed to, and the stamp that every action bears.

A stamp says who acts, when, and in which roles; doors make it, actions ask it. Passwords are kept
only as digests; five failures in a quarter of an hour close the way in for that account and that
address until the quarter is over.
"""
