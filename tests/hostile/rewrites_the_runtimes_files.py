# ends: ok
# says: went on
# never: got out
import os
import sys

written = 0
for top in ("/lib", "/home", "/tmp", "/usr", "/"):
    for folder, _, names in os.walk(top):
        if folder.startswith(("/proc", "/dev", "/sys")):
            continue
        for name in [*names, "sitecustomize.py", "stacks.py", "js.py"]:
            if name.endswith((".py", ".pyc", ".zip", ".json")):
                try:
                    with open(os.path.join(folder, name), "wb") as file:
                        file.write(b"print('got out')\n")
                    written += 1
                except OSError:
                    pass
print("went on", written > 0)
