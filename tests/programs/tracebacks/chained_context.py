def cleanup(d):
    del d["missing"]
def work():
    d = {}
    try:
        d["a"]["b"] = 1
    except KeyError:
        cleanup(d)
    finally:
        print("finally runs")
work()
