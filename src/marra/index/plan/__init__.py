"""Plan: which initiatives, begun when, reach a place with which odds at what price.

A plan is judged against simulated futures in which everyone else moves too. Pure; SciPy's HiGHS is
imported where it is needed, since it takes a second.
"""
