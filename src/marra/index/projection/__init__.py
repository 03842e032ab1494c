"""Projection: where everyone may stand in editions to come, simulated together.

Parts of all countries are moved by changes that history has shown, so that ranks are consistent in
each future; every answer is a distribution, never a single place. Beside it stands how well this
would have done in the past, against today's place and against trends.
"""
