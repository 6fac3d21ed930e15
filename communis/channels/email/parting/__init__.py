"""What somebody wrote in a mail, parted from what she quoted: ``part``, ``forwarded``, ``text_of_html``.

Everything here is pure functions of text. The rule above all others: words that might be somebody else's never count
as written. A mail is answered to more people than those who read what it answers, so a quoted line that passes for
the sender's own tells a narrow word to a wider audience. A line of the sender's own that is left out is only kept
from the others, and she can see that it was.
"""
