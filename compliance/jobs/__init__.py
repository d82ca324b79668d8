"""What runs without a person: the clock, the worker that reads and mails, and the processes that hold them.

The rows are the truth, queues only wake. Every row is claimed by a conditional UPDATE and done in a
transaction of its own, so that any process may be killed at any moment and any number may run at once.
"""
