import x11 from 'x11'

// A program on the same virtual keyboard that lets go of Ctrl over and over, and that even a grab of the server does not hold
// still, as screen sharers ask for (XTestGrabControl).

const KEY_RELEASE = 3
const LEFT_CONTROL = 37

x11.createClient({ display: process.env['DISPLAY'] ?? '' }, (error, display) => {
  if (error) throw error
  const { client } = display
  const root = display.screen[0]?.root ?? 0
  client.require('xtest', (missing, xtest) => {
    if (missing) throw missing
    xtest.GrabControl(true)
    process.stdout.write('ready\n')
    const release = () => {
      xtest.FakeInput(KEY_RELEASE, LEFT_CONTROL, 0, root, 0, 0)
      // One at a time: the next once the server has done this one.
      client.GetInputFocus(() => setImmediate(release))
    }
    release()
  })
})
