import x11 from 'x11'

// A person's own keyboard that is typed on all the time, a key that types nothing, whatever other programs do: a grab of the
// server does not hold still who works a real one.

const [DEVICE_KEY_PRESS, DEVICE_KEY_RELEASE, FAKE_INPUT, SLAVE_KEYBOARD] = [1, 2, 2, 4]
const keyCode = Number(process.argv[2])

/**
 * Presses and releases it again and again (XTestFakeDeviceKeyEvent, as real-keyboard.ts does).
 * @param {import('x11').Client} client
 * @param {{opcode: number, firstEvent: number, device: number}} keyboard
 */
function tap(client, { opcode, firstEvent, device }) {
  for (const type of [DEVICE_KEY_PRESS, DEVICE_KEY_RELEASE]) {
    const request = Buffer.alloc(36)
    request.writeUInt8(opcode, 0)
    request.writeUInt8(FAKE_INPUT, 1)
    request.writeUInt16LE(request.length / 4, 2)
    request.writeUInt8(firstEvent + type, 4)
    request.writeUInt8(keyCode, 5)
    request.writeUInt8(device, 35)
    client.seq_num++
    client.pack_stream.put(request)
    client.pack_stream.submit(false)
  }
  // Faster, and the window manager, which reads the keyboard anew each time, is left behind for long.
  client.GetInputFocus(() => setTimeout(tap, 10, client, { opcode, firstEvent, device }))
}

const isReal = ({ use = 0, name = '' }) => use === SLAVE_KEYBOARD && !name.includes('XTEST')

x11.createClient({ display: process.env['DISPLAY'] ?? '' }, (error, display) => {
  if (error) throw error
  const { client } = display
  client.require('xtest', (missing, xtest) => {
    if (missing) throw missing
    xtest.GrabControl(true)
    client.require('xinput', (absent, xinput) => {
      if (absent) throw absent
      xinput.XIQueryVersion(2, 2, () => {
        xinput.XIQueryDevice(0, (refused, devices) => {
          if (refused) throw refused
          const device = devices.find(isReal)?.deviceId ?? 0
          client.QueryExtension('XTEST', (_, { majorOpcode: opcode }) => {
            client.QueryExtension('XInputExtension', (_again, { firstEvent }) => {
              process.stdout.write('ready\n')
              tap(client, { opcode, firstEvent, device })
            })
          })
        })
      })
    })
  })
})
