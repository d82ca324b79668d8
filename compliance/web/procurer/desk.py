"""The desk: what to do today, and why."""

from flask import render_template
from flask.typing import ResponseReturnValue

from compliance import clock
from compliance.storage.queries.desk import read_desk
from compliance.web.access import Access, allow
from compliance.web.procurer import procurer
from compliance.web.procurer.last_chances import last_chances
from compliance.web.procurer.messages import kind_words
from compliance.web.procurer.reason_words import reasons_in_words
from compliance.web.procurer.request_words import request_in_words
from compliance.web.procurer.requested import may_change, session


@procurer.get("/desk")
@allow(Access.STAFF)
def desk() -> ResponseReturnValue:
    """Everything that waits for a person, worst first."""
    now = clock.now()
    return render_template(
        "procurer/desk.html",
        desk=read_desk(session(), today=clock.day_of(now), now=now),
        today=clock.day_of(now),
        may_change=may_change(),
        late=last_chances(clock.day_of(now)),
        reasons_in_words=reasons_in_words,
        request_in_words=request_in_words,
        kind_words=kind_words,
    )
