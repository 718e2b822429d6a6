# Draws what terminals can do, as vttest does, asks the terminal about itself, and draws anew at every change of its size,
# until it reads "q". It writes down (RECORD.out) every byte that it wrote, and (RECORD.in) all that it read.
import fcntl, os, select, signal, struct, sys, termios, tty

record = sys.argv[1]
out, into = open(record + ".out", "wb"), open(record + ".in", "wb")
resized = True


def write(data):
    out.write(data)
    while data:
        data = data[os.write(1, data):]


def on_resize(*_):
    global resized
    resized = True


def draw():
    rows, columns = struct.unpack("HHHH", fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8))[:2]
    write(b"\x1b[2J\x1b[1;1H%dx%d" % (columns, rows))
    for row in range(2, rows + 1):
        write(b"\x1b[%d;1H\x1b[38;2;%d;0;99m" % (row, row % 256) + b"#" * columns + b"\x1b[0m")


SCREENS = [
    b"\x1b[?1049h\x1b[?1h\x1b=\x1b[?2004h\x1b[?1000h\x1b[?1006h",  # another screen, keypad, paste, mouse
    b"\x1b]0;a title \xe6\xbc\xa2\xe5\xad\x97\x07\x1b]8;;http://localhost/\x1b\\link\x1b]8;;\x1b\\",
    b"\x1b(0lqqqk\x1b(B\x1b)0\x0exxx\x0f\r\n",  # line drawing, both ways
    b"\x1b#3double\r\n\x1b#4double\r\n\x1b#6wide\r\n\x1b#8",  # sizes, and a screen full of E
    b"\x1b[3;7r\x1b[?6h\x1b[1;1Htop\x1b[20;1Hbottom\n\n\n\x1bM\x1bM\x1b[?6l\x1b[r",  # regions, origin
    b"\x1b[4h inserted \x1b[4l\x1b[2P\x1b[3@\x1b[2L\x1b[1M\x1b[5X\x1b[K\x1b[1J",
    b"\x1b[?7l" + b"beyond the edge" * 20 + b"\x1b[?7h\t\x1b[3g\x1bH\t\x08\x0b\x0c\x85\x9b1m\x1b[0m",
    b"\x1bPq#0;2;0;0;0#0~~@@vv$-\x1b\\\x1b_ignored\x1b\\\x1b^private\x1b\\",  # a picture, and strings of nobody's
    "👩‍👩‍👧 שלום e\u0301 漢\r\n".encode(),
    b"\xff\xfe\xf0\x9f\x8e bare\nline\nfeeds \x00\x7f\r\n",  # no UTF-8 at all
]
QUESTIONS = [b"\x1b[c", b"\x1b[>c", b"\x1b[>q", b"\x1b[6n", b"\x1b[?2026$p", b"\x1b]11;?\x07", b"\x1b[18t"]

before = termios.tcgetattr(0)
tty.setraw(0)
signal.signal(signal.SIGWINCH, on_resize)
for screen in SCREENS + QUESTIONS:
    write(screen)
read = b""
while not read.endswith(b"q"):
    if resized:
        resized = False
        draw()
    if select.select([0], [], [], 0.05)[0]:
        read = os.read(0, 4096)
        into.write(read)
write(b"\x1b[?1049l\x1b[?1l\x1b>\x1b[?2004l\x1b[?1000l")
termios.tcsetattr(0, termios.TCSANOW, before)
out.close()
into.close()
