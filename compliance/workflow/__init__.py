"""The hands: one module per thing a person or a job does. Reads rows, calls a step, stores the outcome.

Functions take the session first and `now` by keyword; they flush but never commit: the web commits once per
successful request, a job once per row.
"""
