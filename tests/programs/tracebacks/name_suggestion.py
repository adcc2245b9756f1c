counter = 0
def bump():
    value_total = 5
    return value_totl
try: bump()
except NameError as e: print(e)
bump()
