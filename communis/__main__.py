"""``python -m communis`` is the command ``communis``; the supervisor starts its worker this way."""

import sys

from communis.cli.children import die_with_parent

# Before the rest is loaded, so that the supervisor can end this process at any time.
die_with_parent()

from communis.cli.main import main  # noqa: E402

sys.exit(main())
