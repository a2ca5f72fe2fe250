from concurrent.futures import ThreadPoolExecutor


def recommend():
    try:
        return call("recommendations", timeout=1.0)["service"]
    except TimeoutError:
        return "no recommendations"


with ThreadPoolExecutor() as executor:
    profile = executor.submit(call, "profile")
    recommendations = executor.submit(recommend)

    print(profile.result()["service"])
    print(recommendations.result())
