"""The Unified Portal: the catalogue of services, their definitions, and who may publish them.

Owns services as citizens see them, the versions of their executable definitions, the amounts that
fees are counted in, and the search over all of it. A definition is kept here as data and run by
`marra.flow`. Depends on the inventory, whose rows services close; knows no other room.
"""
