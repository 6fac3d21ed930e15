"""One upload that may be large: written to the disk as it comes, and no further than the limit."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

from communis.web.middleware import LookingRequest


class LimitedUpload(TemporaryFileUploadHandler):
    """``too_large`` on the request says why the file is missing; the fields before it are there."""

    written = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        self.written += len(raw_data)
        if self.written > settings.LARGEST_IMPORT_MIB * 2**20:
            self.request.too_large = True  # type: ignore[union-attr]
            # The rest is read and thrown away, so that the browser shows our answer and no broken connection.
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)


def limit_upload(request: LookingRequest) -> None:
    """Has to come before anything looks at the form."""
    request.upload_handlers = [LimitedUpload(request)]
