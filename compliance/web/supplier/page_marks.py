"""Whose page it is, said by the page itself: the browser drops the cookie together with the session.

Only we can make a mark. It lets nobody in and shows nothing: all it is good for is to leave text for its owner.
"""

import hashlib

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from compliance.storage.models import Assessment, User
from compliance.web.supplier.requested import me, session

MARK = "page_of"
OLDEST_PAGE_SECONDS = 90 * 24 * 3600


def page_mark(assessment: Assessment) -> str:
    """The mark of a page that the reader looks at now; worth nothing once that person's links were revoked."""
    mark = _marks().dumps([me().id, assessment.id, _seal(me())])
    return mark if isinstance(mark, str) else mark.decode()


def owner_of(mark: str) -> tuple[User | None, Assessment | None]:
    """Whom a page was made for, and its round; nobody for what is no mark of ours."""
    try:
        user_id, assessment_id, seal = _marks().loads(mark, max_age=OLDEST_PAGE_SECONDS)
    except BadData:
        return None, None
    user = session().get(User, user_id)
    if user is None or _seal(user) != seal:
        return None, None
    return user, session().get(Assessment, assessment_id)


def _marks() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="supplier-page")


def _seal(user: User) -> str:
    """Changes when all sessions of this user are ended."""
    return hashlib.sha256(user.fs_uniquifier.encode()).hexdigest()[:16]
