def parts():
    while True:
        yield ""
print("".join(parts()))
