"""Flow: what a ministry uploads is data. Definitions are read, checked whole, and run, purely.

No code out of a model is executed; steps, depth, size and work are bounded; time and ids are
arguments. Persistence, clocks, people and registers live elsewhere.
"""
