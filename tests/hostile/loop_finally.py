# Neither finally nor except may keep the program alive.
while True:
    try:
        while True:
            try:
                while True:
                    pass
            except BaseException:
                continue
            finally:
                pass
    except BaseException:
        continue
