"""Mails as mail programs put them together, with any words: for tests that hold for all of them."""

import textwrap
from collections.abc import Callable

# The line above a quote, in the languages and the order of words of several programs.
ATTRIBUTIONS = (
    "Den tis 3 mars 2026 kl 14:05 skrev Per Lind <per.lind@aby.example>:",
    "Den 2026-03-03 kl. 14:05, skrev Per Lind:",
    "3 mars 2026 kl. 14:05 skrev Per Lind <per.lind@aby.example>:",
    "Per Lind skrev den 2026-03-03 14:05:",
    "tir. 3. mars 2026 kl. 14:05 skrev Per Lind <per.lind@aby.example>:",
    "På 3. mars 2026 14.05, skrev Per Lind følgende:",
    "Den tirs. 3. mar. 2026 kl. 14.05 skrev Per Lind <per.lind@aby.example>:",
    "ti 3. maalisk. 2026 klo 14.05 Per Lind (per.lind@aby.example) kirjoitti:",
    "Per Lind <per.lind@aby.example> kirjoitti 3.3.2026 kello 14.05:",
    "On Tue, Mar 3, 2026 at 2:05 PM Per Lind <per.lind@aby.example> wrote:",
    "Am 03.03.26 um 14:05 schrieb Per Lind:",
    "Am Di., 3. März 2026 um 14:05 Uhr schrieb Per Lind <per.lind@aby.example>:",
    "Le mar. 3 mars 2026 à 14:05, Per Lind <per.lind@aby.example> a écrit :",
    "Op di 3 mrt 2026 om 14:05 schreef Per Lind <per.lind@aby.example>:",
    "El mar, 3 mar 2026 a las 14:05, Per Lind (<per.lind@aby.example>) escribió:",
    "Il giorno mar 3 mar 2026 alle ore 14:05 Per Lind <per.lind@aby.example> ha scritto:",
    "Em ter., 3 de mar. de 2026 às 14:05, Per Lind <per.lind@aby.example> escreveu:",
    "wt., 3 mar 2026 o 14:05 Per Lind <per.lind@aby.example> napisał(a):",
    "út 3. 3. 2026 v 14:05 odesílatel Per Lind <per.lind@aby.example> napsal:",
    "Per Lind <per.lind@aby.example> ezt írta (időpont: 2026. márc. 3., K, 14:05):",
    "вт, 3 мар. 2026 г. в 14:05, Per Lind <per.lind@aby.example>:",
    "Per Lind <per.lind@aby.example>, 3 Mar 2026 Sal, 14:05 tarihinde şunu yazdı:",
    "Þann þri., 3. mars 2026 kl. 14:05 skrifaði Per Lind <per.lind@aby.example>:",
    "Kontakt Per Lind (<per.lind@aby.example>) kirjutas kuupäeval T, 3. märts 2026 kell 14:05:",
    "2026年3月3日(火) 14:05 Per Lind <per.lind@aby.example>:",
)
# Sender, date, recipient and subject, as Outlook names them.
LABELS = (
    ("Från", "Skickat", "Till", "Ämne"),
    ("Från", "Datum", "Till", "Ämne"),
    ("Fra", "Sendt", "Til", "Emne"),
    ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    ("From", "Sent", "To", "Subject"),
    ("Von", "Gesendet", "An", "Betreff"),
    ("De", "Envoyé", "À", "Objet"),
    ("Van", "Verzonden", "Aan", "Onderwerp"),
    ("De", "Enviado", "Para", "Asunto"),
    ("Da", "Inviato", "A", "Oggetto"),
    ("De", "Enviada em", "Para", "Assunto"),
    ("Od", "Wysłano", "Do", "Temat"),
    ("Od", "Odesláno", "Komu", "Předmět"),
    ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    ("От", "Отправлено", "Кому", "Тема"),
    ("Kimden", "Gönderildi", "Kime", "Konu"),
    ("Saatja", "Saadetud", "Adressaat", "Teema"),
    # No language that is known: what stands behind the colons tells enough.
    ("Nuer", "Shellet", "Ber", "Mentar"),
)
SEPARATORS = (
    "-----Ursprungligt meddelande-----",
    "-----Opprinnelig melding-----",
    "-----Oprindelig meddelelse-----",
    "-----Alkuperäinen viesti-----",
    "----- Original Message -----",
    "-----Ursprüngliche Nachricht-----",
    "---------- Forwarded message ---------",
    "-------- Vidarebefordrat meddelande --------",
    "________________________________",
)


def marked(attribution: str, own: list[str], others: list[str]) -> str:
    """As Gmail and Thunderbird do: every line of the quote is marked."""
    return _mail(own, [attribution, "", *_marked(others)])


def unmarked(attribution: str, own: list[str], others: list[str]) -> str:
    """As Yahoo does: the quote stands below the attribution as it is."""
    return _mail(own, [attribution, "", "\n\n".join(others)])


def wrapped(attribution: str, own: list[str], others: list[str]) -> str:
    """The attribution broken in the middle, and the quote marked before it was broken."""
    quote = []
    for paragraph in others:
        quote += [*textwrap.wrap(f"> {paragraph}", 72), ">"]
    return _mail(own, [*textwrap.wrap(attribution, 48), "", *quote])


def headed(labels: tuple[str, str, str, str], own: list[str], others: list[str]) -> str:
    """As Outlook does: headers, and the quote below them."""
    sender, date, recipient, subject = labels
    block = [
        f"{sender}: Per Lind <per.lind@aby.example>",
        f"{date}: den 3 mars 2026 14:05",
        f"{recipient}: Anna Berg <anna.berg@aby.example>",
        f"{subject}: Schemat",
    ]
    return _mail(own, [*block, "", "\n\n".join(others)])


def separated(separator: str, own: list[str], others: list[str]) -> str:
    return _mail(own, [separator, "", "\n\n".join(others)])


STYLES: tuple[tuple[Callable[..., str], tuple[object, ...]], ...] = (
    (marked, ATTRIBUTIONS),
    (unmarked, ATTRIBUTIONS),
    (wrapped, ATTRIBUTIONS),
    (headed, LABELS),
    (separated, SEPARATORS),
)


def _mail(own: list[str], below: list[str]) -> str:
    return "\n".join(["\n\n".join(own), "", *below, ""])


def _marked(others: list[str]) -> list[str]:
    return [f"> {line}".rstrip() for line in "\n\n".join(others).split("\n")]
