# ends: raised, broken
# never: still here
import faulthandler

for crash in ("_sigsegv", "_fatal_error_c_thread", "_sigabrt", "_stack_overflow"):
    getattr(faulthandler, crash, lambda *args: None)()
import types
code = (lambda: 0).__code__
exec(code.replace(co_code=b"\xff\xff" * 64, co_stacksize=10**6))
raise SystemError("not crashed")
