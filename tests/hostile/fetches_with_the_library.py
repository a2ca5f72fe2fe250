# ends: ok
# says: nothing was reached
# never: got out
def reach(name, act):
    try:
        act()
        print("got out:", name)
    except BaseException as error:
        print(name, "refused:", type(error).__name__)

def urllib():
    from urllib.request import urlopen
    urlopen("https://example.com/", timeout=0.2)

def http():
    import http.client
    connection = http.client.HTTPConnection("127.0.0.1", 80, timeout=0.2)
    connection.request("GET", "/")

def mail():
    import smtplib
    smtplib.SMTP("127.0.0.1", timeout=0.2)

def files():
    import ftplib
    ftplib.FTP("127.0.0.1", timeout=0.2)

for act in (urllib, http, mail, files):
    reach(act.__name__, act)
print("nothing was reached")
