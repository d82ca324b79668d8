"""The worker's second job: hand every mail that is due to the mail server, one claim at a time."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage

import structlog
from flask import Flask

from compliance import clock
from compliance.jobs.mail_server import DelayedError, MailServer, RefusedError, ServerAwayError, UnsureError
from compliance.jobs.transactions import reading, transaction
from compliance.storage.models import Message
from compliance.workflow import sending
from compliance.workflow.bouncing import return_address
from compliance.workflow.composing import compose
from compliance.workflow.digesting import drop_stale
from compliance.workflow.sending import Claim
from compliance.workflow.withdrawing import reason_to_withdraw

log = structlog.get_logger()


def N_(text: str) -> str:  # noqa: N802  the marker by which translatable sentences are extracted
    """Mark a sentence for translation; pages translate it."""
    return text


SERVER_AWAY = N_("The mail server could not be reached.")
SERVER_DELAYS = N_("The mail server asked us to try again later.")
SERVER_HUNG_UP = N_("The connection to the mail server broke before it said that it has the mail.")
SERVER_REFUSES = N_("The mail server refused the mail.")
NOT_COMPOSED = N_("The mail could not be written; the log says why.")


def send_waiting(app: Flask, *, moment: Callable[[], datetime] = clock.now) -> Counter[str]:
    """Send every mail that is due; counts by outcome. Stops at once when the server cannot be reached."""
    counts: Counter[str] = Counter()
    if not _anything_due(app, moment()):
        return counts
    with MailServer(app.config["SETTINGS"].smtp_url) as server:
        while (claim := _claim(app, moment())) is not None:
            outcome = _send(app, server, claim, moment)
            counts[outcome] += 1
            if outcome == "server_away":
                break
    log.info("mail", **counts)
    return counts


def _anything_due(app: Flask, now: datetime) -> bool:
    with reading(app) as session:
        return sending.is_anything_due(session, now=now)


def _claim(app: Flask, now: datetime) -> Claim | None:
    with transaction(app) as session:
        return sending.claim_next(session, now=now)


def _send(app: Flask, server: MailServer, claim: Claim, moment: Callable[[], datetime]) -> str:
    try:
        server.open()
        mail = _compose(app, claim, moment())
        if mail is None:
            return "withdrawn"
        server.deliver(mail, sender=return_address(claim.message_id, app.config["SETTINGS"]))
    except ServerAwayError as problem:
        log.warning("mail server away", problem=str(problem))
        return _delay(app, claim, SERVER_AWAY, moment(), outcome="server_away")
    except UnsureError as problem:
        log.warning("mail server hung up", message=claim.message_id, problem=str(problem))
        return _delay(app, claim, SERVER_HUNG_UP, moment(), outcome="unsure")
    except DelayedError:
        return _delay(app, claim, SERVER_DELAYS, moment())
    except RefusedError as refused:
        return _refuse(app, claim, moment(), recipient=refused.recipient)
    except Exception:  # one mail that cannot be written must not hold up the others
        log.exception("mail not composed", message=claim.message_id)
        return _delay(app, claim, NOT_COMPOSED, moment())
    return _sent(app, claim, moment())


def _compose(app: Flask, claim: Claim, now: datetime) -> EmailMessage | None:
    with transaction(app) as session:
        message = session.get_one(Message, claim.message_id)
        drop_stale(session, message)
        reason = reason_to_withdraw(session, message)
        if reason is None:
            return compose(session, message, now=now)
        sending.mark_withdrawn(session, claim, reason)
        return None


def _sent(app: Flask, claim: Claim, now: datetime) -> str:
    with transaction(app) as session:
        if not sending.mark_sent(session, claim, now=now):
            log.warning("mail sent after its claim ran out", message=claim.message_id)
    return "sent"


def _delay(app: Flask, claim: Claim, problem: str, now: datetime, *, outcome: str = "delayed") -> str:
    with transaction(app) as session:
        sending.mark_delayed(session, claim, problem, unsure=outcome == "unsure", now=now)
    return outcome


def _refuse(app: Flask, claim: Claim, now: datetime, *, recipient: bool) -> str:
    with transaction(app) as session:
        if recipient:
            sending.mark_bounced(session, claim, now=now)
        else:
            sending.mark_failed(session, claim, SERVER_REFUSES)
    log.warning("mail refused", message=claim.message_id, recipient=recipient)
    return "refused"
