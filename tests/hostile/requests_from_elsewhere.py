# ends: ok
# says: nothing was reached
# never: got out
import requests

for url in ("https://example.com/", "http://127.0.0.1:9/", "http://127.0.0.1/etc/passwd", "file:///etc/passwd",
            "javascript:alert(1)", "data:text/plain,hello", "//example.com/user", "https://example.com/" + "x" * 100_000,
            "https://user:word@example.com/user/..", "", "\0", "https://example.com/%2e%2e/user\n"):
    try:
        answer = requests.get(url, timeout=0.5)
        # Names alone are taken from a URL, and answered by the page's own services.
        assert "service" in answer.json() or answer.status_code >= 400, answer.text
    except Exception as error:
        print("refused:", type(error).__name__)
try:
    requests.post("https://example.com/user", data="x" * 10_000_000, timeout=0.5)
except Exception as error:
    print("refused:", type(error).__name__)
print("nothing was reached")
