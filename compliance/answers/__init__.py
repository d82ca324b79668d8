"""Step 3, what they said: given answers, who is asked what and why, how far they have come, and rows to score.

values -> answer_set; routing (asked or not, reasons, expected proof) -> journey (sections, progress, what is missing)
-> scored (plain rows). Nothing here knows weights, points or pages.
"""
