# differs: since Python 3.12 the message asks whether the import was forgotten
time.sleep(1)
