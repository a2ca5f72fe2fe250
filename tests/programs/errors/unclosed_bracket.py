print("never printed"
value = 1
