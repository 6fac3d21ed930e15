"""Sentences that cite a law: "may possibly", "shall be tried" are then the law's words and no promise or hedge."""

from communis.answers.tone.phrases import pattern

_LAW = pattern(
    r"""
    \d{1,3}\s?(§|kap)|§+
    (?!\w{0,40}(slag|bolag))\w{0,40}lag(en|ens|stiftningen)|lag om|enligt lag|lagkrav*|olaglig*|lagligt
    \w{0,40}(förordning|direktiv|föreskrift|reglemente|kollektivavtal)(en|et|er|erna|ens|ets)?
    the law|by law|unlawful|\w{1,40} act|(?-i:Act)|the statute*|regulations?|directive|article \d{1,3}
    section \d{1,3}
    """
)


def cites_law(sentence: str) -> bool:
    return _LAW.search(sentence) is not None
