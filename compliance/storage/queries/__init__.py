"""Queries: one function a page or list, stored columns only."""
