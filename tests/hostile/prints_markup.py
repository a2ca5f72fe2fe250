# ends: raised
# says: <img src=x onerror="document.title = 'got out'">
# says: </pre><script>document.title = 'got out'</script>
import threading

bad = """<img src=x onerror="document.title = 'got out'">"""
print(bad)
print("</pre><script>document.title = 'got out'</script>")
thread = threading.Thread(target=lambda: call(bad[:40], ms=10), name=bad)
thread.start()
thread.join()
call("javascript:alert(1)", ms=1)
call("../../index.html?", ms=1)
call("user#<svg onload=x>", ms=1)
threading.current_thread().name = "<style>*{display:none}</style>"
raise ValueError(bad)
