import { execFileSync } from 'node:child_process'
import type { X11Connection } from '../../src/main/desktop/x11/connection'

const SLAVE_KEYBOARD = 4
/** Of the XInput extension's events: a key of a named device. */
const DEVICE_KEY_PRESS = 1
const DEVICE_KEY_RELEASE = 2
const FAKE_INPUT = 2

/** The keyboard beside XTEST's: the one on a person's desk, with a layout of its own. */
export interface RealKeyboard {
  layout(...layout: readonly string[]): void
  /** Presses and releases a key by its code. */
  tap(code: number): Promise<void>
  hold(code: number, isDown: boolean): Promise<void>
}

/** The X server's own keyboard, worked as a hand does (XTestFakeDeviceKeyEvent, which the package lacks; xtestproto.h). */
export async function realKeyboard(
  x: X11Connection,
  env: NodeJS.ProcessEnv = process.env,
): Promise<RealKeyboard> {
  const { client } = x
  const devices = await x.ask<{ deviceId: number; use: number; name: string }[]>((done) =>
    x.extensions.xinput.XIQueryDevice(0, done),
  )
  const device = devices.find(({ use, name }) => use === SLAVE_KEYBOARD && !name.includes('XTEST'))
  if (!device) throw new Error('this X server has no keyboard of its own')
  const ask = async (name: string) =>
    x.ask<{ majorOpcode: number; firstEvent: number }>((done) => client.QueryExtension(name, done))
  const [xtest, xinput] = [await ask('XTEST'), await ask('XInputExtension')]
  const fake = (type: number, code: number): void => {
    const request = Buffer.alloc(36)
    request.writeUInt8(xtest.majorOpcode, 0)
    request.writeUInt8(FAKE_INPUT, 1)
    request.writeUInt16LE(request.length / 4, 2)
    request.writeUInt8(xinput.firstEvent + type, 4)
    request.writeUInt8(code, 5)
    request.writeUInt8(device.deviceId, 35)
    client.seq_num++
    client.pack_stream.put(request)
    client.pack_stream.submit(false)
  }
  const done = async () => void (await x.property(x.root, '_NET_WM_NAME'))
  return {
    layout: (...layout) =>
      void execFileSync('setxkbmap', ['-device', String(device.deviceId), ...layout], { env }),
    async tap(code) {
      fake(DEVICE_KEY_PRESS, code)
      fake(DEVICE_KEY_RELEASE, code)
      await done()
    },
    async hold(code, isDown) {
      fake(isDown ? DEVICE_KEY_PRESS : DEVICE_KEY_RELEASE, code)
      await done()
    },
  }
}
