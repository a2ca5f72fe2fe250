# ends: ok, limit
import os

for number in range(0, 20):
    try:
        os.write(number, b"<b>written</b>\n" * 10_000)
    except OSError:
        pass
os.closerange(0, 20)
print("the end")
