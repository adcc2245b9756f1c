import sys
def cleanup():
    try:
        print("working")
        sys.exit(3)
    except SystemExit as e:
        print("caught", e.code)
        raise
    finally:
        print("finally")
cleanup()
