# ends: ok
# says: still here
import sys
import threading

def trace(frame, event, argument):
    frame.f_trace_opcodes = True
    return trace

sys.settrace(trace)
sys.setprofile(lambda *args: None)
threading.settrace(trace)
monitoring = sys.monitoring
for tool in range(6):
    try:
        monitoring.free_tool_id(tool)
        monitoring.use_tool_id(tool, "mine")
        monitoring.set_events(tool, monitoring.events.LINE | monitoring.events.CALL)
        monitoring.register_callback(tool, monitoring.events.LINE, lambda *args: None)
    except ValueError:
        pass
thread = threading.Thread(target=sum, args=(range(100),))
thread.start()
thread.join()
print("still here")
