"""Runs one program as `python FILE` would, inside an interpreter that goes on living.

Each program gets a fresh `__main__`; modules it imported from its directory are forgotten after it.
"""
import importlib
import io
import linecache
import os
import sys
import types


def stream(errors):
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors=errors, newline="\n")


def text(s):
    s.flush()
    return s.buffer.getvalue().decode("utf-8", "surrogateescape")


def run(directory, name):
    path = directory + "/" + name
    saved = sys.stdout, sys.stderr, sys.argv, sys.path[:], set(sys.modules), sys.modules["__main__"]
    limit = sys.getrecursionlimit()
    os.chdir(directory)
    main = types.ModuleType("__main__")
    main.__file__ = path
    main.__builtins__ = __builtins__
    sys.modules["__main__"] = main
    sys.argv = [name]
    sys.path[0] = directory
    sys.stdout, sys.stderr = stream("strict"), stream("backslashreplace")
    importlib.invalidate_caches()
    linecache.clearcache()
    status = 0
    try:
        try:
            with open(path, "rb") as f:
                source = f.read()
            code = compile(source, path, "exec", dont_inherit=True)
            exec(code, main.__dict__)
        except SystemExit as e:
            if isinstance(e.code, int):
                status = e.code & 255
            elif e.code is not None:
                print(e.code, file=sys.stderr)
                status = 1
        except BaseException as e:
            status = 1
            e.__traceback__ = e.__traceback__.tb_next
            sys.__excepthook__(type(e), e, e.__traceback__)
        return text(sys.stdout), text(sys.stderr).replace(directory + "/", ""), status
    finally:
        sys.setrecursionlimit(limit)
        sys.stdout, sys.stderr, sys.argv, sys.path[:] = saved[:4]
        for module in set(sys.modules) - saved[4]:
            if getattr(sys.modules[module], "__file__", None) and sys.modules[module].__file__.startswith("/programs"):
                del sys.modules[module]
        sys.modules["__main__"] = saved[5]
        importlib.invalidate_caches()
