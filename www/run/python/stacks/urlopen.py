"""`urllib.request`, as far as the lesson's programs go: `urlopen` and `Request`, which
reach the exercise's services and nothing else, and say so where they fall short.
`shell` installs it under its name. The library's own would begin with sockets."""
import sys
import types
import urllib

from . import requests


class Response:
    """What `http.client` answers with, its body read already."""

    def __init__(self, answer):
        self.url = answer.url
        self.status = self.code = answer.status_code
        self.reason = self.msg = answer.reason
        self._rest = answer.content
        self.closed = False

    def read(self, amount=None, /):
        if self.closed:
            return b""
        amount = len(self._rest) if amount is None or amount < 0 else amount
        given, self._rest = self._rest[:amount], self._rest[amount:]
        return given

    def geturl(self):
        return self.url

    def getcode(self):
        return self.status

    def readable(self):
        return True

    def close(self):
        self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def __getattr__(self, name):
        raise _lacks(f"response.{name}")


class Request:
    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        self.data = data
        self.headers = dict(headers)
        self._method = method

    def get_full_url(self):
        return self.full_url

    def get_method(self):
        return self._method or ("GET" if self.data is None else "POST")

    def add_header(self, key, value):
        self.headers[key] = value


def _lacks(what):
    return NotImplementedError(
        f"this page's urllib.request has no {what}: it has urlopen and Request, and answers with read(), status, "
        "reason, url, geturl() and getcode()")


def urlopen(url, data=None, timeout=None, *, context=None):
    request = url if isinstance(url, Request) else Request(url)
    if data is None:
        data = request.data
    if data is not None and not isinstance(data, (bytes, bytearray)):
        raise TypeError("POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str.")
    if ":" not in request.full_url:
        raise ValueError(f"unknown url type: {request.full_url!r}")
    method = request.get_method() if data is None or request._method else "POST"
    try:
        answer = requests.request(method, request.full_url, data=data, timeout=timeout)
    except requests.ReadTimeout:
        raise TimeoutError("timed out") from None
    except requests.ConnectionError as error:
        # Imported where it is needed: it brings much along.
        from urllib.error import URLError
        raise URLError(str(error)) from None
    if answer.ok:
        return Response(answer)
    import io
    from email.message import Message
    from urllib.error import HTTPError
    raise HTTPError(answer.url, answer.status_code, answer.reason, Message(), io.BytesIO(answer.content))


def _missing(name):
    # What Python itself asks of a module, it does without.
    if name.startswith("__"):
        raise AttributeError(name)
    raise _lacks(name)


def install():
    module = types.ModuleType("urllib.request")
    for one in (Request, urlopen):
        one.__module__ = "urllib.request"
    module.__dict__.update(urlopen=urlopen, Request=Request, __getattr__=_missing)
    sys.modules["urllib.request"] = urllib.request = module
