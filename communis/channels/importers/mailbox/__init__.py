"""Mail that was kept: mailing lists and mailboxes, read as a stream and put into threads. Writes nothing."""
