"""Workbooks: a questionnaire as an .xlsx file to fill in elsewhere, written, guarded and read again."""
