# ends: ok
# says: nothing was reached
# never: got out
import asyncio

async def main():
    loop = asyncio.get_running_loop()
    for name, act in {
        "connection": lambda: asyncio.open_connection("127.0.0.1", 80),
        "server": lambda: asyncio.start_server(print, "127.0.0.1", 0),
        "datagram": lambda: loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=("127.0.0.1", 53)),
        "process": lambda: asyncio.create_subprocess_shell("echo got out"),
    }.items():
        try:
            await asyncio.wait_for(act(), 0.5)
            print("got out:", name)
        except BaseException as error:
            print(name, "refused:", type(error).__name__)
    print("nothing was reached")

asyncio.run(main())
