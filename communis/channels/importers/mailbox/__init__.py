"""Mail that was kept: mailing lists and mailboxes, read as a stream, put into threads and brought in once."""
