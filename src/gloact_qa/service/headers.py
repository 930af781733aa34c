"""Security headers (OWASP Secure Headers) on every response, and the pages' policies."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A response may bring its own value of any of these. Strict-Transport-Security is left
# to what terminates TLS, which alone knows that the site has it for good; Clear-Site-Data
# belongs to a logout.
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # The page writes to the clipboard when it is told to, and uses nothing else.
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer autoplay camera display-capture encrypted-media fullscreen "
            "geolocation gyroscope magnetometer microphone midi payment picture-in-picture "
            "publickey-credentials-get screen-wake-lock sync-xhr usb xr-spatial-tracking"
        ).split()
    ),
    # The page's address holds the question: it goes to no other site.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    # A browser may keep a copy, and asks whether it is still right before each use.
    "Cache-Control": "no-cache",
}
_ENCODED = [
    (name.lower().encode(), value.encode("latin-1")) for name, value in SECURITY_HEADERS.items()
]


class SecurityHeaders:
    """ASGI middleware that adds SECURITY_HEADERS where a response has no such header."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its response back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = message.get("headers", ())
                names = {name for name, _ in own}
                message["headers"] = [
                    # An empty value says that the response must not have the header.
                    *(header for header in own if header[1]),
                    *(header for header in _ENCODED if header[0] not in names),
                ]
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def page_policy(frame_ancestors: Sequence[str] = ()) -> str:
    """Return the chat page's Content-Security-Policy.

    Everything comes from the page's own origin, nothing is inline, and with Trusted Types
    no text can become HTML or script. ``frame_ancestors`` are the origins whose pages may
    frame it; none by default.
    """
    ancestors = " ".join(frame_ancestors) or "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {ancestors}",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def docs_policy(script_hash: str) -> str:
    """Return the policy of Swagger UI's page, which starts with one inline script.

    ``script_hash`` is the script's, as in ``sha256-…``. The bundle draws its icons from
    data: URLs.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' '{script_hash}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )
