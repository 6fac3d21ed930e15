"""One file a command; its file is found by being here.

Each holds ``NAME``, ``HELP``, ``add_arguments(parser)`` and ``run(arguments) -> Result``.
"""
