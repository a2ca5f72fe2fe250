import threading
import time

answers = []
thread = threading.Thread(target=lambda: answers.append(call("user", ms=300)))
thread.start()
chopped = 0
while thread.is_alive():
    time.sleep(0.02)
    chopped += 1
print(answers[0]["service"], chopped > 5)
