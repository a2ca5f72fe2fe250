# ends: raised
# says: SyntaxError
print("""<!-- never closed
{[(
