# ends: ok
# says: I say so
import json
import stacks.services as services

# A program that lies to itself is no one else's business: what is recorded is the page's.
services.exchange = lambda *args, **kwargs: (200, json.dumps({"ms": 0, "service": "I say so"}))
print(call("user")["service"])
