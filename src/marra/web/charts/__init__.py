"""Charts: what the figures say, drawn so that the picture can stand alone.

A chart is words first (finding, unit, source, table), a picture second; picture and table are made
from the same rows, so they cannot disagree. Pictures are SVG drawn here, in two themes and two
widths; no script runs in the reader's browser and none on the server.
"""
