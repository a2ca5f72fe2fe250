# differs: there is nobody to type at a page's program
try:
    name = input("Your name? ")
except EOFError as error:
    print(type(error).__name__)
