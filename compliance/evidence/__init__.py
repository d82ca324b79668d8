"""Step 4, what proves it: a file is taken in, stored, read in a limited child process and held against answers.

intake -> store -> sandbox (child: pdf_gate -> pdf_text -> reading -> documents) -> facts -> matching.
"""
