"""`requests`, an honest stand-in: `get`, `post` and a `Session` that reach the
exercise's services and nothing else, and say so where they fall short. `shell`
installs it under its name."""
import json as _json
import sys
import types
from urllib.parse import urlencode, urlsplit

from . import services


class RequestException(OSError):
    def __init__(self, *args, request=None, response=None):
        super().__init__(*args)
        self.request = request
        self.response = response


class HTTPError(RequestException):
    pass


class ConnectionError(RequestException):
    pass


class Timeout(RequestException):
    pass


class ConnectTimeout(ConnectionError, Timeout):
    pass


class ReadTimeout(Timeout):
    pass


class InvalidURL(RequestException, ValueError):
    pass


class MissingSchema(RequestException, ValueError):
    pass


class JSONDecodeError(RequestException, _json.JSONDecodeError):
    def __init__(self, error):
        _json.JSONDecodeError.__init__(self, error.msg, error.doc, error.pos)


_EXCEPTIONS = (RequestException, HTTPError, ConnectionError, Timeout, ConnectTimeout, ReadTimeout,
               InvalidURL, MissingSchema, JSONDecodeError)
_REASONS = {200: "OK", 201: "Created", 204: "No Content", 400: "Bad Request", 401: "Unauthorized",
            403: "Forbidden", 404: "Not Found", 408: "Request Timeout", 429: "Too Many Requests",
            500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}


class Response:
    def __init__(self, url, status, text):
        self.url = url
        self.status_code = status
        self.text = text
        self.encoding = "utf-8"
        self.reason = _REASONS.get(status, "")

    content = property(lambda self: self.text.encode())
    ok = property(lambda self: self.status_code < 400)

    def __bool__(self):
        return self.ok

    def __repr__(self):
        return f"<Response [{self.status_code}]>"

    def json(self):
        try:
            return _json.loads(self.text)
        except _json.JSONDecodeError as error:
            raise JSONDecodeError(error) from None

    def raise_for_status(self):
        kind = {4: "Client", 5: "Server"}.get(self.status_code // 100)
        if kind:
            raise HTTPError(f"{self.status_code} {kind} Error: {self.reason} for url: {self.url}", response=self)

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def __getattr__(self, name):
        raise _lacks(f"Response.{name}")


def _lacks(what):
    return NotImplementedError(
        f"this page's requests has no {what}: it has get, post, put, patch, delete, head and Session with "
        "params, json, data and timeout, and answers with status_code, ok, text, content, json() and raise_for_status()")


_OPTIONS = {"ms": (float, "ms"), "status": (int, "status")}


def _seconds(timeout):
    if isinstance(timeout, tuple):
        timeout = timeout[-1]
    if timeout is not None and timeout <= 0:
        raise ValueError(f"Attempted to set read timeout to {timeout!r}, but the timeout cannot be set to a value "
                         "less than or equal to 0.")
    return timeout


def request(method, url, params=None, data=None, json=None, headers=None, timeout=None, **other):
    for name, value in other.items():
        if name not in ("allow_redirects", "verify", "stream") or (name == "stream" and value):
            raise _lacks(f"{name}=")
    parts = urlsplit(url)
    # A path alone is this page's, as it is for fetch().
    if not parts.scheme and not url.startswith("/"):
        raise MissingSchema(f"Invalid URL {url!r}: No scheme supplied. Perhaps you meant https://{url}?")
    if params:
        url += ("&" if parts.query else "?") + urlencode(params, doseq=True)
    name = parts.path.rstrip("/").rpartition("/")[2]
    if not name or len(name) > 40 or (services.names is not None and name not in services.names):
        known = f": {', '.join(services.names)}" if services.names else ""
        raise ConnectionError(f"{parts.netloc or url} cannot be reached: a program here reaches this exercise's "
                              f"services alone, by the last part of the URL's path{known}")
    options = {"url": url[:2000], "method": method.upper()}
    for part in urlsplit(url).query.split("&"):
        key, _, value = part.partition("=")
        if key in _OPTIONS and value:
            kind, option = _OPTIONS[key]
            try:
                options[option] = kind(value)
            except ValueError:
                pass
    if json is not None:
        options["body"] = _json.dumps(json)
    elif data is not None:
        options["body"] = urlencode(data) if isinstance(data, dict) else data if isinstance(data, str) else bytes(data).decode()
    seconds = _seconds(timeout)
    if seconds is not None:
        options["timeout"] = seconds
    try:
        status, text = services.exchange(name, options, seconds)
    except TimeoutError:
        raise ReadTimeout(f"{parts.netloc}: Read timed out. (read timeout={seconds:g})") from None
    except services.CallError as error:
        raise ConnectionError(str(error)) from None
    return Response(url, status, text)


def _verb(method):
    def verb(url, **options):
        return request(method, url, **options)
    verb.__name__ = verb.__qualname__ = method.lower()
    verb.__module__ = "requests"
    return verb


_VERBS = {method.lower(): _verb(method) for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")}
post = lambda url, data=None, json=None, **options: request("POST", url, data=data, json=json, **options)
get = lambda url, params=None, **options: request("GET", url, params=params, **options)
_VERBS.update(get=get, post=post)


class Session:
    """Keeps headers and params; there are no connections to keep."""

    def __init__(self):
        self.headers = {}
        self.params = {}

    def request(self, method, url, params=None, **options):
        return request(method, url, params={**self.params, **(params or {})}, **options)

    def get(self, url, **options):
        return self.request("GET", url, **options)

    def post(self, url, data=None, json=None, **options):
        return self.request("POST", url, data=data, json=json, **options)

    def put(self, url, **options):
        return self.request("PUT", url, **options)

    def patch(self, url, **options):
        return self.request("PATCH", url, **options)

    def delete(self, url, **options):
        return self.request("DELETE", url, **options)

    def head(self, url, **options):
        return self.request("HEAD", url, **options)

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        pass

    def __getattr__(self, name):
        raise _lacks(f"Session.{name}")


def _missing(name):
    # What Python itself asks of a module, it does without.
    if name.startswith("__"):
        raise AttributeError(name)
    raise _lacks(name)


def install():
    exceptions = types.ModuleType("requests.exceptions")
    module = types.ModuleType("requests")
    for one in _EXCEPTIONS:
        one.__module__ = "requests.exceptions"
        setattr(exceptions, one.__name__, one)
    for one in (Response, Session, request):
        one.__module__ = "requests"
    module.__dict__.update(
        exceptions=exceptions, request=request, Response=Response, Session=Session, session=Session, **_VERBS,
        **{one.__name__: one for one in _EXCEPTIONS if one.__name__ in (
            "RequestException", "HTTPError", "ConnectionError", "Timeout", "ConnectTimeout", "ReadTimeout", "JSONDecodeError")},
        __getattr__=_missing, __path__=[])
    sys.modules["requests"] = module
    sys.modules["requests.exceptions"] = exceptions
