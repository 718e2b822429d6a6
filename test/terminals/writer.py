# Writes a file to the terminal as it is, byte for byte, in raw mode; then waits for a key and exits with its code.
import sys, termios, tty

attributes = termios.tcgetattr(0)
tty.setraw(0)
with open(sys.argv[1], "rb") as file:
    while chunk := file.read(65536):
        sys.stdout.buffer.write(chunk)
sys.stdout.buffer.flush()
termios.tcsetattr(0, termios.TCSANOW, attributes)
