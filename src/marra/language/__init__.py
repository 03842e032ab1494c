"""Scripts of Uzbek, folding for search, and what else knows letters but not the law.

Pure, and shared by all rooms; so it lies on the ground.
"""
