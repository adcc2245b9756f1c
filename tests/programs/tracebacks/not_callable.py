handlers = {"a": print, "b": 5}
def run(k): return handlers[k](k)
run("a")
run("b")
