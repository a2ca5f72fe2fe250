from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor() as executor:
    profile = executor.submit(call, "profile")
    recommendations = executor.submit(call, "recommendations")

    print(profile.result()["service"])
    print(recommendations.result()["service"])
