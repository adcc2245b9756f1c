class Good:
    x = 1
class Bad:
    y = Good.x + 1
    def m(self): pass
    z = undefined + 1
