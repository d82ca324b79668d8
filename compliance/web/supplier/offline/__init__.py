"""Answering in a workbook: the questionnaire as .xlsx, and what an uploaded one would change."""
