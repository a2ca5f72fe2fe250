# ends: ok
# says: nothing kept
import os

# Each run would find what the one before it has left.
for place in ("/tmp/kept", "/home/reader/kept", os.path.expanduser("~/.local/lib/python3.14/site-packages/kept.py")):
    assert not os.path.exists(place), place
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with open(place, "w") as file:
        file.write("kept")
os.environ["PYTHONSTARTUP"] = os.environ["PYTHONPATH"] = "/tmp/kept"
print("nothing kept")
