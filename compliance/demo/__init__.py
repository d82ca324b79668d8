"""The demo instance: an invented buyer, invented suppliers, contracts, papers and rounds, dated from today.

Everything goes through the same workflow functions as the pages use. Only `compliance demo` runs this.
"""
