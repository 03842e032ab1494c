"""The packaged tables: published figures and raw inputs, with their sources. Data only."""
