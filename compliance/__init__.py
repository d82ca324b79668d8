"""Supplier social-compliance assessment for public procurers: the map of the house.

Data flows one way, and so do imports: a later step may use an earlier one, never the reverse.

    1 suppliers       who is assessed: identity, contracts, dates
    2 questionnaires  what is asked: definitions, conditions, question types
    3 answers         what they said: values, journey, readiness
    4 evidence        what proves it: intake, reading, facts, matching
    5 scoring         what it is worth: points, gates, bands, reasons
    6 reviews         when to look: triggers, due dates, flags
    7 decisions       what was decided: codes and what follows

    workflow joins the steps to storage; web is the counter, jobs the clock, cli the tool box.
"""
