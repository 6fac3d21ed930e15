"""The bytes of a mail become a Letter, or an Unreadable with its reason; nothing that arrives does harm.

It knows neither Django nor the database: a child process with limits reads each mail (``in_child``), and starts fast.

    letter = read_in_child(raw)          # Letter or Unreadable, never an exception
    judged = kind_of(letter)             # may it become a contribution at all?
"""
