class CM:
    def __enter__(self):
        return self
    def __exit__(self, *a):
        while True:
            pass
with CM():
    while True:
        pass
