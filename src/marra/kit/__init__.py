"""The ground everything stands on: refusals, texts in four languages, places, findings in files.

Pure: no Django, no files but its own tables, no clock, no chance.
"""
