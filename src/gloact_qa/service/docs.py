"""The API's documentation at ``/docs``: Swagger UI, with nothing from other hosts."""

import base64
import hashlib
import re

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.responses import HTMLResponse

from gloact_qa.service.headers import docs_policy

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Where FastAPIOffline mounts the bundle. All are relative, for a service behind a prefix.
_STATIC = "static-offline-docs"


def install_docs(app: FastAPI) -> None:
    """Serve ``/docs``, allowing the one inline script of its page by the script's hash."""
    page = get_swagger_ui_html(
        openapi_url="openapi.json",
        title=f"{app.title}: API",
        swagger_js_url=f"{_STATIC}/swagger-ui-bundle.js",
        swagger_css_url=f"{_STATIC}/swagger-ui.css",
        swagger_favicon_url=f"{_STATIC}/favicon.png",
        # A validator that Swagger UI would ask on another host.
        swagger_ui_parameters={"validatorUrl": None},
    )
    html = bytes(page.body).decode()
    script = _INLINE_SCRIPT.findall(html)[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    headers = {"Content-Security-Policy": docs_policy(f"sha256-{digest}")}

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return HTMLResponse(html, headers=headers)
