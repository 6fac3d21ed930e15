"""Makes edits of real-looking texts where every word has an identity, so that the truth about an anchor is known.

A text is paragraphs of ``Token``s. An edit moves, splits, merges, drops and changes tokens; a token that only moves
keeps its number. The anchored words stay exactly if their tokens still stand side by side, unchanged.
"""

import random
import unicodedata
from itertools import count
from typing import NamedTuple

TEXTS = [
    """Vi borde låna ut verktyg på biblioteket. I dag köper varje avdelning sin egen borr, och den ligger i ett skåp.
    Om vi delar på dem räcker pengarna till fler saker, t.ex. en bättre såg. Det är inte svårt.
    |Karin frågade vad det kostar. Jag har räknat: en borr kostar 1 200 kronor, och vi har 34 stycken.
    Det är inte mycket för var och en, men det är mycket för oss alla. 🔧 Vi kan börja i vår.
    |Nej, alla håller inte med. Per-Olof säger att saker försvinner när ingen äger dem.
    Han har en poäng. Vi kan låta biblioteket skriva upp vem som lånar. Det är inte svårt.
    |Tack.
    |Vem tar nästa steg? Jag kan fråga biblioteket på måndag, om ingen har något emot det.""",
    """The bus stops at the school twice an hour, and nobody takes it after nine. We could move the late bus to the
    swimming hall, where people stand and wait in the rain. It would cost nothing.
    |I asked the drivers. They say that the road is too narrow, but only in winter. 🚌👩🏽‍🦽 In summer it would work.
    |It would cost nothing. That is what they said about the bridge, and we know how that ended.
    Still, I think that we should try. A trial of two months, from May to June, is enough.
    |What would change your mind? For me it is one thing: if the people who wait there say no.""",
    """Äldreboendet vid ån har en trädgård som ingen får gå i. Grinden är låst. Nyckeln finns på kontoret.
    Det beror på att någon gick vilse 2019. Sedan dess är grinden låst, och ingen har frågat varför.
    |Kan vi sätta dit en grind som går att öppna inifrån? 👵🏻❤️ Det finns sådana, de kostar lite mer.
    Jag har pratat med Amina, som arbetar natt. Hon säger ja. Hon säger att de boende frågar varje dag.
    |Grinden är låst. Det är allt. Det borde inte vara så svårt att låsa upp den.
    |Först: fråga de anhöriga. Sedan: fråga räddningstjänsten. Till sist: öppna grinden.""",
    """Short words. Yes. No. Yes, if we can. No, because we cannot. Yes. That is what an answer looks like.
    |An answer has a reason. The reason is what people read. The reason is what people remember.
    |Write it as you would say it. Do not write more than you would say. Yes. No. That is all.
    |When it is done, say what came of it. When it was not done, say that too, and say why.""",
]
_NEW = """idag kanske också sedan faktiskt nog gärna snart alltid ibland quite perhaps really often again maybe
    utrustning förslag kommunen arbetslag resultat garden people meeting budget question inte det är it the"""
NEW = _NEW.split()


class Token(NamedTuple):
    identity: int
    text: str
    glued: bool  # no white space before it


Text = list[list[Token]]
_identities = count(1)


def fresh(text: str, glued: bool = False) -> Token:
    return Token(next(_identities), text, glued)


def read(source: str) -> Text:
    """Words and the marks after them, each with an identity."""
    paragraphs: Text = []
    for paragraph in source.split("|"):
        tokens: list[Token] = []
        for word in paragraph.split():
            core = word.rstrip(".,:?!")
            tokens.append(fresh(core))
            tokens += [fresh(mark, glued=True) for mark in word[len(core) :]]
        paragraphs.append(tokens)
    return paragraphs


def written(text: Text) -> tuple[str, dict[int, tuple[int, int]]]:
    """The visible text, and where each token stands in it."""
    result = ""
    places: dict[int, tuple[int, int]] = {}
    for paragraph in text:
        if result and paragraph:
            result += "\n"
        for number, token in enumerate(paragraph):
            if number and not token.glued:
                result += " "
            places[token.identity] = (len(result), len(result) + len(token.text))
            result += token.text
    return result, places


def where(anchored: list[Token], text: Text) -> tuple[int, int] | None:
    """Where the anchored tokens stand in the new text, if they stand side by side and look the same."""
    flat = [token for paragraph in text for token in paragraph]
    identities = [token.identity for token in flat]
    if anchored[0].identity not in identities:
        return None
    first = identities.index(anchored[0].identity)
    if [token.identity for token in flat[first : first + len(anchored)]] != [
        one.identity for one in anchored
    ]:
        return None
    for old, new in zip(anchored, flat[first:], strict=False):
        if unicodedata.normalize("NFC", old.text) != unicodedata.normalize("NFC", new.text):
            return None
    places = written(text)[1]
    return places[anchored[0].identity][0], places[anchored[-1].identity][1]


def choose(text: Text, chance: random.Random) -> list[Token]:
    """Words to anchor: from one word to a whole paragraph."""
    paragraph = chance.choice([paragraph for paragraph in text if len(paragraph) > 2])
    length = min(len(paragraph), chance.choice([1, 2, 3, 4, 6, 10, 100]))
    first = chance.randrange(len(paragraph) - length + 1)
    return paragraph[first : first + length]


def _between_words(paragraph: list[Token], chance: random.Random) -> int:
    """A place where white space stands, never between a word and the mark after it."""
    return chance.choice([number for number, token in enumerate(paragraph) if not token.glued] or [0])


def _sentences(paragraph: list[Token]) -> list[list[Token]]:
    sentences: list[list[Token]] = [[]]
    for token in paragraph:
        sentences[-1].append(token)
        if token.text in ".?!":
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def move_paragraph(text: Text, chance: random.Random) -> Text:
    text = list(text)
    paragraph = text.pop(chance.randrange(len(text)))
    text.insert(chance.randrange(len(text) + 1), paragraph)
    return text


def move_sentence(text: Text, chance: random.Random) -> Text:
    text = [list(paragraph) for paragraph in text]
    source = chance.choice([paragraph for paragraph in text if paragraph])
    sentence = chance.choice(_sentences(source))
    start = source.index(sentence[0])
    del source[start : start + len(sentence)]
    target = chance.choice(text)
    sentences = _sentences(target)
    sentences.insert(chance.randrange(len(sentences) + 1), sentence)
    target[:] = [token for one in sentences for token in one]
    return [paragraph for paragraph in text if paragraph]


def split(text: Text, chance: random.Random) -> Text:
    number = chance.randrange(len(text))
    cut = _between_words(text[number], chance)
    parts = [part for part in (text[number][:cut], text[number][cut:]) if part]
    return [*text[:number], *parts, *text[number + 1 :]]


def merge(text: Text, chance: random.Random) -> Text:
    number = chance.randrange(max(len(text) - 1, 1))
    joined = [token for paragraph in text[number : number + 2] for token in paragraph]
    return [*text[:number], joined, *text[number + 2 :]]


def mend_words(text: Text, chance: random.Random) -> Text:
    """A few words elsewhere are spelt otherwise."""
    for _ in range(chance.randint(1, 4)):
        paragraph = chance.randrange(len(text))
        place = chance.choice(
            [n for n, token in enumerate(text[paragraph]) if token.text[-1].isalnum()] or [0]
        )
        changed = fresh(text[paragraph][place].text + chance.choice("aens"), text[paragraph][place].glued)
        line = text[paragraph]
        text = [*text[:paragraph], [*line[:place], changed, *line[place + 1 :]], *text[paragraph + 1 :]]
    return text


def insert_words(text: Text, chance: random.Random) -> Text:
    text = [list(paragraph) for paragraph in text]
    for _ in range(chance.randint(1, 3)):
        paragraph = chance.choice(text)
        place = _between_words(paragraph, chance)
        paragraph[place:place] = [fresh(chance.choice(NEW)) for _ in range(chance.randint(1, 4))]
    return text


def drop_sentence(text: Text, chance: random.Random) -> Text:
    text = [list(paragraph) for paragraph in text]
    source = chance.choice(text)
    sentence = chance.choice(_sentences(source))
    start = source.index(sentence[0])
    del source[start : start + len(sentence)]
    return [paragraph for paragraph in text if paragraph]


def say_again(text: Text, chance: random.Random) -> Text:
    """A sentence is written a second time, as new words, in a paragraph of its own or somewhere else."""
    sentence = chance.choice([one for paragraph in text for one in _sentences(paragraph)])
    copy = [fresh(token.text, token.glued) for token in sentence]
    place = chance.randrange(len(text) + 1)
    if chance.random() < 0.5 or place == len(text):
        return [*text[:place], copy, *text[place:]]
    return [*text[:place], [*text[place], *copy], *text[place + 1 :]]


def decompose(text: Text, chance: random.Random) -> Text:
    """The same letters written with combining marks, as some keyboards do: words keep their identity."""
    return [
        [Token(token.identity, unicodedata.normalize("NFD", token.text), token.glued) for token in line]
        for line in text
    ]


EDITS = [
    *[move_paragraph, move_sentence, split, merge, mend_words],
    *[insert_words, drop_sentence, say_again, decompose],
]
