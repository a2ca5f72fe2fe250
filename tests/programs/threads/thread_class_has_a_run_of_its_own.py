import threading


class Square(threading.Thread):
    def __init__(self, number):
        super().__init__(name=f"square of {number}", daemon=True)
        self.number = number
        self.result = None

    def run(self):
        self.result = self.number**2


threads = [Square(number) for number in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print([thread.result for thread in threads], threads[3].name, threads[3].daemon)
