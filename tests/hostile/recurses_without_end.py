# ends: raised
# says: RecursionError
def down():
    return down()

down()
