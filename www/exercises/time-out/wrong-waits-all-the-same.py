# fails: gives-up
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor() as executor:
    profile = executor.submit(call, "profile")
    recommendations = executor.submit(call, "recommendations")
    print(profile.result()["service"])
    try:
        print(recommendations.result(timeout=1.0)["service"])
    except TimeoutError:
        print("no recommendations")
