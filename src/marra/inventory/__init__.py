"""State bodies, what they do, and the exact list of what becomes digital.

Owns the tree of bodies, their functions and processes, the list of services to digitise, the
standard that services are held against with the results of its checks, and the register of the
features that the survey looks for. Depends on people, archive and journal; knows no commission.
"""
