"""All blueprints, by audience."""

from flask import Blueprint

from compliance.web import admin_clock, calendars, links  # noqa: F401  their views register themselves on others' blueprints
from compliance.web.account import account
from compliance.web.admin import admin
from compliance.web.pages import pages
from compliance.web.paper import entry, sections  # noqa: F401  on the procurer's blueprint
from compliance.web.procurer import procurer
from compliance.web.supplier import supplier

BLUEPRINTS: tuple[Blueprint, ...] = (pages, account, supplier, procurer, admin)
