"""The entry point of every WSGI server."""

from compliance.app import create_app

app = create_app()
