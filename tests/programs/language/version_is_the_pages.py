# differs: the page has a Python of its own
import sys

print(sys.version_info >= (3, 14), sys.implementation.name)
