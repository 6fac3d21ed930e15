"""Words so common that they say nothing of what a text is about, in Swedish and English.

Fixed, and not counted among what is written here: what is rare or common in hidden words would show otherwise.
"""

_SWEDISH = """
alla allt att av bara blev bli blir blivit borde bör de dem den denna deras dess dessa det detta dig din dina
ditt dom du där då efter ej eller en er era ert ett finns från får för gå går gör göra ha hade han hans har
henne hennes hon honom hur här icke ingen inom inte jag ju kan kunde kunna man med mellan men mig min mina
mitt mot mycket måste ni nu när någon något några och också om oss på samma sedan sen sig sin sina sitt själv
ska skall skulle som så sådan sådana sådant ta till tror tycker tänk under upp ut utan vad var vara varför
varit varje vars vart vem vi vid vilka vilkas vilken vilket vill vår våra vårt än är även åt över
"""
_ENGLISH = """
about after all also an and any are as at be because been but by can could did do does for from had has have
he her here him his how if in into is it its just like me more most my no not of on one only or other our out
she should so some than that the their them then there these they this those to too up us was we were what
when where which who why will with would you your
"""

EVERYDAY = frozenset(f"{_SWEDISH} {_ENGLISH}".split())
