class E(Exception):
    def __str__(self): return "line one\n  line two\nline three"
raise E
