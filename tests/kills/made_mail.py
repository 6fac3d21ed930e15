"""Mails that are answers, each with a number."""


def answer(number: int) -> bytes:
    """A mail of Karin's for which her organisation vouches."""
    return (
        "Authentication-Results: mx.avinge.example; dmarc=pass header.from=avinge.example\r\n"
        f"From: Karin <karin@avinge.example>\r\nSubject: Sv\r\nMessage-ID: <{number}@avinge.example>\r\n"
        f"\r\nSvar nummer {number}.\r\n"
    ).encode()
