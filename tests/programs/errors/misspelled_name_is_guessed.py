def work():
    price = 5
    return prise


try:
    work()
except NameError as error:
    print(error)
work()
