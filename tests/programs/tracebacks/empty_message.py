class Custom(Exception): pass
class Outer:
    class Nested(Exception): pass
try: raise Custom
except Custom as c:
    raise Outer.Nested() from c
