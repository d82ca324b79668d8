"""Answers that came on paper: pages of the procurer, made with the parts of the supplier's."""
