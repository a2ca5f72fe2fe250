import asyncio

NAMES = ["user", "billing", "orders"]


async def main():
    calls = [acall(name, timeout=5) for name in NAMES]
    # With return_exceptions an error is an outcome among others.
    outcomes = await asyncio.gather(*calls, return_exceptions=True)

    for outcome in outcomes:
        match outcome:
            case RuntimeError() | TimeoutError():
                print(outcome)
            case BaseException():
                # Ours, not the service's: that must not be hidden.
                raise outcome
            case answer:
                print(answer["service"])


asyncio.run(main())
