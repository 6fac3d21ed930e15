"""Thirty mails as ordinary people in the Nordic countries send them, byte for byte as their programs would.

Everyone and everything in them is invented. Each is personal, however much it looks like something else.
"""

import base64
import quopri
from typing import NamedTuple


class Ordinary(NamedTuple):
    name: str
    raw: bytes
    subject: str
    text: str  # what a reader has to see, apart from white space


def _headers(subject: bytes, *more: str, sender: str = "Anna Lind <anna.lind@kommun.example>") -> bytes:
    lines = [
        "Return-Path: <anna.lind@kommun.example>",
        "Received: from mx.kommun.example ([192.0.2.7]) by ideas.example; Mon, 2 Mar 2026 09:12:01 +0100",
        f"From: {sender}",
        "To: Communis <brev@ideas.example>",
        "Date: Mon, 2 Mar 2026 09:12:00 +0100",
        "Message-ID: <5f2c.77@kommun.example>",
        "MIME-Version: 1.0",
        *more,
    ]
    return "".join(line + "\r\n" for line in lines).encode() + b"Subject: " + subject + b"\r\n"


def _word(text: str, charset: str = "utf-8") -> bytes:
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?=".encode()


def _body(
    text: str, charset: str, encoding: str, declared: str | None = None, kind: str = "text/plain"
) -> bytes:
    content = text.replace("\n", "\r\n").encode(charset)
    if encoding == "base64":
        content = base64.encodebytes(content)
    elif encoding == "quoted-printable":
        content = quopri.encodestring(content)
    headers = (
        f'Content-Type: {kind}; charset="{declared or charset}"\r\nContent-Transfer-Encoding: {encoding}\r\n'
    )
    return headers.encode() + b"\r\n" + content


def _plain(
    name: str,
    subject: str,
    text: str,
    *more: str,
    charset: str = "utf-8",
    encoding: str = "8bit",
    **other: str,
) -> Ordinary:
    sender = other.pop("sender", "Anna Lind <anna.lind@kommun.example>")
    raw = _headers(_word(subject), *more, sender=sender) + _body(text, charset, encoding, **other)
    return Ordinary(name, raw, subject, text)


def _several(kind: str, *parts: bytes) -> bytes:
    joined = b"".join(b"--=_skarv\r\n" + part + b"\r\n" for part in parts)
    return (
        f'Content-Type: multipart/{kind}; boundary="=_skarv"\r\n\r\n'.encode() + joined + b"--=_skarv--\r\n"
    )


_CYCLES = "Hej!\n\nCykelställen vid Östra skolan är för få på våren. Kan vi få fler?\n\nHälsningar\nAnna\n"
_PDF = (
    b'Content-Type: application/pdf; name="karta.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
    b'Content-Disposition: attachment; filename="karta.pdf"\r\n\r\nJVBERi0xLjQK\r\n'
)
_RETURNED = (
    b'Content-Type: message/rfc822; name="retur.eml"\r\n\r\n'
    b"From: MAILER-DAEMON@mx.example\r\nAuto-Submitted: auto-replied\r\n"
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
    b"Final-Recipient: rfc822; a@b.example\r\nStatus: 5.1.1\r\n--b--\r\n"
)

ORDINARY = [
    _plain("utf-8", "Cykelställ vid skolan", _CYCLES),
    _plain("utf-8 in base64", "Cykelställ vid skolan", _CYCLES, encoding="base64"),
    _plain("quoted-printable", "Cykelställ vid skolan", _CYCLES, encoding="quoted-printable"),
    _plain("latin 1", "Återvinning på Åsgatan", _CYCLES, charset="iso-8859-1", encoding="quoted-printable"),
    _plain(
        "windows 1252, with its own quotes",
        "Idé",
        "”Så här” – skrev hen – kostar det 5 €.\n",
        charset="cp1252",
    ),
    _plain("says latin 1, is utf-8", "Förslag", _CYCLES, declared="iso-8859-1"),
    _plain("says utf-8, is latin 1", "Förslag", _CYCLES, charset="iso-8859-1", declared="utf-8"),
    _plain("says a charset that is none", "Förslag", _CYCLES, declared="x-okänd"),
    _plain("says us-ascii, is windows 1252", "Förslag", _CYCLES, charset="cp1252", declared="us-ascii"),
    _plain(
        "bokmål",
        "Gangveien ved Øvre torg",
        "Hei!\n\nGangveien blir så glatt i februar. Kan dere strø oftere?\n\nHilsen Bjørn\n",
    ),
    _plain(
        "dansk",
        "Bænke på Søndergade",
        "Hej\n\nDer mangler bænke på Søndergade. Mange ældre går dér.\n\nVenlig hilsen\nSøren\n",
        charset="iso-8859-15",
        encoding="quoted-printable",
    ),
    _plain(
        "suomi",
        "Ehdotus: lisää penkkejä",
        "Hei,\n\nkeskustaan tarvitaan lisää penkkejä. Äitini väsyy kävellessään.\n\nTerveisin Päivi\n",
        encoding="base64",
    ),
    _plain("íslenska", "Göngustígur", "Góðan dag,\n\nþað vantar ljós við göngustíginn.\n\nKveðja, Þóra\n"),
    _plain("her own absence", "Frånvaro", "Hej, jag är borta på torsdag. Kan någon annan ta mötet?\n"),
    _plain(
        "about automatic answers",
        "Autosvar hos er fungerar inte",
        "Jag fick aldrig något autosvar. Kom mitt brev fram?\n",
    ),
    _plain(
        "an answer to an automatic answer",
        "SV: Automatiskt svar: Cykelställ",
        "Tack, då hör jag av mig efter semestern.\n",
        "In-Reply-To: <auto.1@kommun.example>",
    ),
    _plain(
        "about a bounce",
        "Undeliverable",
        "Mitt brev kom tillbaka med texten ”Undelivered Mail Returned to Sender”. Vad gör jag?\n",
    ),
    _plain(
        "out of office, in a heading",
        "Re: Out of office dagar 2026",
        "Jag föreslår måndagen den 4 maj.\n",
        "References: <1@kommun.example>",
        "In-Reply-To: <1@kommun.example>",
    ),
    _plain(
        "a postmaster who is a person",
        "Fråga om er brevlåda",
        "Hej! Vilken port lyssnar ni på?\n/Ove på it-enheten\n",
        sender="Ove Ek <postmaster@kommun.example>",
    ),
    _plain("says that it is not automatic", "Hej", "Detta skrev jag själv.\n", "Auto-Submitted: no"),
    _plain(
        "asks for a receipt",
        "Viktigt om lekparken",
        "Gungan är trasig. Bekräfta gärna.\n",
        "Disposition-Notification-To: anna.lind@kommun.example",
        "X-Priority: 1",
    ),
    _plain(
        "filtered on its way",
        "Möte",
        "Ses vi på tisdag?\n",
        "X-Spam-Flag: NO",
        "X-MS-Exchange-Organization-SCL: -1",
        "X-MS-Has-Attach:",
    ),
    Ordinary(
        "a subject in raw eight bits",
        _headers("Sömn på jouren".encode("latin-1"))
        + _body("Vi sover för lite på jouren.\n", "utf-8", "8bit"),
        "Sömn på jouren",
        "Vi sover för lite på jouren.\n",
    ),
    Ordinary(
        "a subject cut in the middle of a letter",
        _headers(
            b"=?utf-8?B?"
            + base64.b64encode("Trä".encode()[:3])
            + b"?=\r\n =?utf-8?B?"
            + base64.b64encode("Trä".encode()[3:] + b"d i parken")
            + b"?="
        )
        + _body("Plantera fler träd.\n", "utf-8", "8bit"),
        "Träd i parken",
        "Plantera fler träd.\n",
    ),
    Ordinary(
        "flowed lines",
        _headers(b"Bussen")
        + b"Content-Type: text/plain; charset=utf-8; format=flowed; delsp=no\r\n\r\n"
        + "> Bussen går \r\n> för sällan.\r\nJag håller \r\nmed, den går \r\nför sällan.\r\n-- \r\nAnna\r\n".encode(),
        "Bussen",
        "> Bussen går för sällan.\nJag håller med, den går för sällan.\n-- \nAnna\n",
    ),
    Ordinary(
        "both versions",
        _headers(b"Parken")
        + _several(
            "alternative",
            _body(_CYCLES, "utf-8", "8bit"),
            _body("<p>Hej!</p>", "utf-8", "8bit", kind="text/html"),
        ),
        "Parken",
        _CYCLES,
    ),
    Ordinary(
        "text around a picture, as a telephone sends it",
        _headers(b"Gropen")
        + _several(
            "mixed",
            _body("Här är gropen:\n", "utf-8", "quoted-printable"),
            b"Content-Type: image/jpeg; name=IMG_0417.jpeg\r\nContent-Transfer-Encoding: base64\r\n"
            b"Content-Disposition: inline; filename=IMG_0417.jpeg\r\n\r\n/9j/4AAQ\r\n",
            _body("Den är djup.\n\nSkickat från min iPhone\n", "utf-8", "quoted-printable"),
        ),
        "Gropen",
        "Här är gropen:\n\nDen är djup.\n\nSkickat från min iPhone\n",
    ),
    Ordinary(
        "signed, with a file",
        _headers(b"Karta")
        + _several(
            "signed",
            _body("Kartan ligger med.\n", "utf-8", "8bit"),
            b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx\r\n",
            _PDF,
        ),
        "Karta",
        "Kartan ligger med.\n",
    ),
    Ordinary(
        "a returned mail, sent on",
        _headers(b"Varf\xc3\xb6r kom det h\xc3\xa4r tillbaka?")
        + _several("mixed", _body("Se filen.\n", "utf-8", "8bit"), _RETURNED),
        "Varför kom det här tillbaka?",
        "Se filen.\n",
    ),
    Ordinary(
        "no headers but the least",
        b"From: anna.lind@kommun.example\n\nHej, bara en rad fr\xe5n mig.\n",
        "",
        "Hej, bara en rad från mig.\n",
    ),
]
