# ends: stopped
import re
import time

print("begun", flush=True)
time.sleep(0)
re.match(r"(a+)+$", "a" * 60 + "b")
