class Seq:
    def __getitem__(self, i):
        return 0
print(1 in Seq())
