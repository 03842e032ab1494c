"""Links: one typed client for each system outside, each with a silent stand-in.

A door asks a link first and hands the answer to an action, so no action waits on a network. With
nothing set, the stand-in answers, and whatever it answers says so.
"""
