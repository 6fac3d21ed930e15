"""What the product is measured against: nginx with the same bytes as files, and the same server with them in memory."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

NGINX = """
daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off; sendfile on; tcp_nopush on; default_type text/html;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    server {{ listen 127.0.0.1:{port}; root {folder}/pages; }}
}}
"""


def nginx(folder: Path, port: int) -> list[str]:
    """The command that serves ``folder/pages``."""
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=port))
    # The workers of a server started by root are somebody else, who has to read the pages.
    for path in [folder, *folder.rglob("*")]:
        os.chmod(path, 0o755)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return [program, "-e", f"{folder}/error.log", "-c", str(configuration)]


def from_memory(port: int) -> list[str]:
    """The command that serves the file BENCH_PAGE from memory on the product's server."""
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "1"]
    return [*granian, "--workers", "2", "--no-ws", "--port", str(port), "bench.references:application"]


_page: list[bytes] = []


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if not _page:
        _page.append(Path(os.environ["BENCH_PAGE"]).read_bytes())
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(_page[0])))])
    return _page
