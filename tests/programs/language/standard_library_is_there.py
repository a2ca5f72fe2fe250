# untimed: so many modules take longer to import in a page
import collections
import heapq
import itertools
import json
import random
import re
import statistics

print(collections.Counter("kitchen").most_common(1), heapq.nsmallest(2, [5, 1, 3]))
print(list(itertools.pairwise("abc")), list(itertools.accumulate([1, 2, 3])))
print(json.dumps({"b": [1, None, True], "a": "é"}, sort_keys=True), json.loads('{"x": 1.5}'))
print(re.findall(r"\d+", "5 and 12"), statistics.median([3, 1, 2]))
random.seed(14)
print(random.randint(1, 100), random.sample(range(10), 3))
