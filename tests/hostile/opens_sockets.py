# ends: ok
# says: nothing was reached
# never: got out
import socket

def connect():
    made = socket.socket()
    made.settimeout(0.2)
    made.connect(("127.0.0.1", 80))

for name, act in {
    "connect": connect,
    "create": lambda: socket.create_connection(("example.com", 80), 0.2),
    "server": lambda: socket.create_server(("127.0.0.1", 0)).accept(),
    "pair": lambda: socket.socketpair(),
    "datagram": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 53)),
}.items():
    try:
        act()
        print(name, "came through")
    except BaseException as error:
        print(name, "refused:", type(error).__name__)
print("nothing was reached")
