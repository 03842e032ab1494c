"""Paper: A4 pages for a session, black on white, made of headings, text, tables and charts.

A page is drawn as SVG with the charts' own sheet, turned into PDF by vl-convert, and the pages are
bound together. Words stay words: they can be searched and copied. Nothing is read from the clock;
whoever makes a paper says its date.
"""
