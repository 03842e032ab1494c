"""The door of pages: every page of the product, in four languages, without script.

One file per room of the house, with the room's own name. A view asks a query, gives what it got
to a template, and knows HTTP; it holds no rule. `parts/` holds the components, each with its
template, style and description.
"""
