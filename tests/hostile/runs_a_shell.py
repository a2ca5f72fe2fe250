# ends: ok
# says: nothing was run
# never: got out
import os
import subprocess

for name, act in {
    "system": lambda: os.system("echo got out"),
    "popen": lambda: os.popen("echo got out").read(),
    "run": lambda: subprocess.run(["echo", "got out"]),
    "check_output": lambda: subprocess.check_output("echo got out", shell=True),
    "fork": lambda: os.fork(),
    "execv": lambda: os.execv("/bin/sh", ["sh"]),
    "posix_spawn": lambda: os.posix_spawn("/bin/sh", ["sh"], {}),
    "kill": lambda: os.kill(1, 9),
}.items():
    try:
        print(name, act())
    except BaseException as error:
        print(name, "refused:", type(error).__name__)
print("nothing was run")
