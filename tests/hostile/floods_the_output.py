# ends: limit
# says: printed more than 1,024 KiB
number = 0
while True:
    print(number, "flood " * 10)
    number += 1
