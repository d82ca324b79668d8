"""The entry point of every WSGI server."""

import os

from compliance.app import create_app
from compliance.logs import set_up_logs

set_up_logs(as_json=not os.isatty(2))
app = create_app()
