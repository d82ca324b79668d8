"""What Flask-Security says to staff, in our words. Pages translate them from our own catalogue."""


def N_(text: str) -> str:  # noqa: N802  the customary name of the marker
    """Mark a text for translation."""
    return text


MESSAGES: dict[str, tuple[str, str]] = {
    "GENERIC_AUTHN_FAILED": (
        N_("The e-mail address or the password is wrong. Check both and try again."),
        "error",
    ),
    "PASSWORD_RESET_REQUEST": (
        N_(
            "If there is an account for %(email)s, we have sent a link to that address. "
            "It usually arrives within a few minutes. Look in the folder for unwanted mail as well."
        ),
        "success",
    ),
    "PASSWORD_RESET_EXPIRED": (
        N_("The link is too old: it works for %(within)s. Write your e-mail address to get a new one."),
        "error",
    ),
    "INVALID_RESET_PASSWORD_TOKEN": (
        N_("The link has been used already or is not whole. Write your e-mail address to get a new one."),
        "error",
    ),
    "PASSWORD_RESET_NO_LOGIN": (N_("Your new password is saved. Sign in with it."), "success"),
    "PASSWORD_CHANGE": (
        N_("Your new password is saved. You have been signed out everywhere else."),
        "success",
    ),
    "EMAIL_NOT_PROVIDED": (N_("Write your e-mail address."), "error"),
    "INVALID_EMAIL_ADDRESS": (
        N_("This does not look like an e-mail address. Write it like name@company.example."),
        "error",
    ),
    "PASSWORD_NOT_PROVIDED": (N_("Write a password."), "error"),
    "PASSWORD_INVALID_LENGTH": (
        N_("The password is too short. It must have at least %(length)s characters."),
        "error",
    ),
    "RETYPE_PASSWORD_MISMATCH": (N_("The two passwords are not the same. Write the new one again."), "error"),
    "INVALID_PASSWORD": (N_("This is not your present password."), "error"),
    "PASSWORD_IS_THE_SAME": (N_("The new password must differ from the present one."), "error"),
    "UNAUTHENTICATED": (N_("Sign in to see this page."), "info"),
    "UNAUTHORIZED": (N_("You may not see this page."), "error"),
    "API_ERROR": (N_("The form could not be read. Try again."), "error"),
}


def message_config() -> dict[str, tuple[str, str]]:
    """The messages as settings of Flask-Security."""
    return {f"SECURITY_MSG_{name}": message for name, message in MESSAGES.items()}
