from django.apps import AppConfig


class CommunisConfig(AppConfig):
    name = "communis"
    verbose_name = "Communis"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let those who react to the journal be known to it, and those who count what a notice tells of."""
        from communis.attention import answers, openings, reactions, trials  # noqa: F401
        from communis.channels.email import reactions as mail_reactions  # noqa: F401
        from communis.channels.email import since  # noqa: F401
        from communis.channels.email.outside import telling  # noqa: F401
        from communis.search import reactions as search_reactions  # noqa: F401
