"""An example for those who want to try the house: a quarter of work that nobody did.

People, assignments, lists and figures are made up and say so in their titles; they stand in the
files beside, and every row comes about by the actions of the rooms, as if people had done it.
"""
