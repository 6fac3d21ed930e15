"""The words of a check of mail: of what was tried its name, and of each thing found a sentence that says what to do."""

from django.utils.translation import gettext_lazy as _

from communis.channels.email.checks.findings import Finding, State

STATES = {State.OK: _("ok"), State.WRONG: _("wrong"), State.NOT_TESTED: _("not tested")}

NAMES = {
    "links": _("Links"),
    "domain": _("Domain"),
    "spool": _("Room"),
    "key": _("Our key"),
    "listener": _("Listening"),
    "relay": _("Handing over"),
    "sent": _("A mail to ourselves"),
    "arrived": _("Back again"),
    "worker": _("Worker"),
    "trusted": _("Who hands it over"),
    "returns": _("Undelivered mail"),
    "addresses": _("Addresses"),
    "findings": _("What your server finds out"),
    "proof": _("Proof of the sender"),
    "forged": _("Forged findings"),
    "mx": _("MX in DNS"),
    "spf": _("SPF in DNS"),
    "record": _("DKIM in DNS"),
    "dmarc": _("DMARC in DNS"),
}

SENTENCES = {
    "not tried": _("What comes before it has to be mended first."),
    "links": _("Links in mails lead to %(url)s."),
    "links to this machine": _(
        "Links in mails lead to this machine alone. Set COMMUNIS_URL to the address people use."
    ),
    "domain": _("Mails are answered at %(domain)s."),
    "no domain": _("No mail is taken in. Set COMMUNIS_MAIL_DOMAIN if it should be."),
    "spool": _("%(free)s MiB are free where mail is kept."),
    "spool full": _("Only %(free)s MiB are free where mail is kept. Make room: nothing is taken now."),
    "spool closed": _("Mail cannot be kept in %(folder)s (%(error)s). Let the user that runs Communis write there."),
    "key": _("We sign our mail, with the key %(selector)s."),
    "key useless": _("The key in COMMUNIS_DKIM_KEY cannot be used (%(error)s). No mail leaves."),
    "listener": _("We listen at %(place)s."),
    "nobody listens": _("Nobody listens at %(place)s. Start communis serve, or communis mail listen."),
    "no listener": _("Neither COMMUNIS_LMTP nor COMMUNIS_SMTP is set: mail has to come in another way."),
    "relay": _("%(host)s lets us hand in mail."),
    "relay away": _(
        "%(host)s does not answer (%(error)s). Look at COMMUNIS_MAIL_HOST and COMMUNIS_MAIL_PORT."
    ),
    "relay without password": _(
        "%(host)s does not let us sign in. Look at COMMUNIS_MAIL_USER and COMMUNIS_MAIL_PASSWORD."
    ),
    "relay not believed": _("The certificate of %(host)s is not believed on this machine."),
    "relay without tls": _("%(host)s does not offer STARTTLS. Look at COMMUNIS_MAIL_STARTTLS and the port."),
    "mail folder": _("Mails are kept in a folder here, and not sent (COMMUNIS_DEVELOPMENT)."),
    "sent": _("%(host)s took a mail from %(sender)s to ourselves."),
    "refused": _(
        "%(host)s did not take a mail from %(sender)s to %(domain)s (%(code)s). Its log says why."
    ),
    "arrived": _("It was on its way for %(seconds)s s."),
    "did not arrive": _(
        "It did not come within %(seconds)s seconds. Look in the log of the mail server. Does mail to %(domain)s"
        " go there?"
    ),
    "sent back": _("It was sent back to us (%(status)s). The log of the mail server says why."),
    "worker": _("What comes in is looked at."),
    "no worker": _("The mail is kept, but nobody looks at it. Start communis serve, or communis worker."),
    "trusted": _("We believe what the server that brought it says."),
    "not trusted": _("The server that brought it is not believed. Name its network in COMMUNIS_MAIL_TRUSTED."),
    "returns": _("What cannot be delivered comes back to us."),
    "returns changed": _(
        "The envelope has another sender than ours. What cannot be delivered does not come back to us."
    ),
    "addresses": _("Our addresses come as we write them."),
    "addresses folded": _("Our addresses come in other letters, large for small. That does no harm."),
    "reply lost": _("Reply-To was changed on the way. Answers would go astray."),
    "findings": _("%(server)s writes at the top what it finds out."),
    "findings here": _("We try the signatures ourselves."),
    "no findings": _(
        "Nothing stands at the top of what your server found out. Does OpenDKIM look at what comes in?"
    ),
    "another server": _("The findings are those of %(found)s. Set COMMUNIS_MAIL_AUTHENTICATED_BY to that name."),
    "no server": _(
        "Every mail waits for its sender. Set COMMUNIS_MAIL_AUTHENTICATED_BY, or COMMUNIS_MAIL_CHECKED_HERE."
    ),
    "proof": _("Our own mail is proved to be from %(domain)s."),
    "no proof": _(
        "Our own mail is not proved to be from %(domain)s. Let the mail server sign it, or set COMMUNIS_DKIM_KEY."
    ),
    "dns silent": _("DNS does not answer."),
    "forged gone": _("Findings that a stranger writes are taken away."),
    "forged below": _("Findings that a stranger writes stand below, and are not believed."),
    "forged on top": _(
        "What a stranger writes as findings of your server stands at the top. Let the server take it away."
    ),
    "mx": _("Mail to %(domain)s goes to %(hosts)s."),
    "no mx": _("Mail to %(domain)s goes nowhere. Let its MX name your mail server."),
    "spf": _("%(domain)s says which servers send for it."),
    "no spf": _("%(domain)s does not say which servers send for it. Publish SPF that names your mail server."),
    "record": _("The key at %(name)s is ours."),
    "no record": _("There is no key at %(name)s. Publish the one that belongs to COMMUNIS_DKIM_KEY."),
    "another record": _("The key at %(name)s is not ours. Publish the one that belongs to COMMUNIS_DKIM_KEY."),
    "we do not sign": _("We do not sign: your mail server does, with a key of its own."),
    "dmarc": _("%(domain)s says what to do with mail that is not from it."),
    "no dmarc": _("%(domain)s does not say what to do with mail that is not from it. Publish DMARC."),
}  # fmt: skip


def name_of(finding: Finding) -> str:
    return str(NAMES[finding.about])


def state_of(finding: Finding) -> str:
    return str(STATES[State(finding.state)])


def sentence_of(finding: Finding) -> str:
    return str(SENTENCES[finding.says]) % finding.more
