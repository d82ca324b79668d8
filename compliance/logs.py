"""Logging: one JSON line an event in production, readable lines in a terminal. Never answers, never personal data."""

import logging
import sys

import structlog


def set_up_logs() -> None:
    """Send structlog and the standard library's records to stderr: JSON, or readable lines in a terminal.

    Never the default of structlog: its tracebacks show local variables, and those are people's answers.
    """
    in_terminal = sys.stderr.isatty()
    renderer = (
        structlog.dev.ConsoleRenderer(colors=False) if in_terminal else structlog.processors.JSONRenderer()
    )
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
