import { afterEach, expect, test } from 'vitest'
import { Message, sessionBus, type Variant } from 'dbus-next'
import { startInputs, type Inputs } from '../harness/inputs'

let inputs: Inputs | undefined
afterEach(async () => inputs?.stop())

test('programs start with the accessibility tree off, on when asked for, and it is off again after them', async () => {
  inputs = await startInputs({ windows: [{ name: 'A' }] })
  expect(await treePrograms()).toEqual([])
  await inputs.stop()
  inputs = await startInputs({ windows: [{ name: 'A' }], accessibility: true })
  expect(await isOn()).toBe(true)
  await expect.poll(treePrograms).toHaveLength(1)
  await inputs.stop()
  inputs = undefined
  expect(await isOn()).toBe(false)
})

async function isOn(): Promise<boolean> {
  const [value] = await ask('org.a11y.Bus', '/org/a11y/bus', 'org.freedesktop.DBus.Properties', 'Get', 'ss', [
    'org.a11y.Status',
    'IsEnabled',
  ])
  return (value as Variant<boolean>).value
}

/** The programs that show their tree on its own bus. */
async function treePrograms(): Promise<unknown[]> {
  const [address] = await ask('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress')
  const root = '/org/a11y/atspi/accessible/root'
  const registry = 'org.a11y.atspi.Registry'
  const [children] = await ask(
    registry,
    root,
    'org.a11y.atspi.Accessible',
    'GetChildren',
    '',
    [],
    String(address),
  )
  return children as unknown[]
}

async function ask(
  destination: string,
  path: string,
  at: string,
  member: string,
  signature = '',
  body: unknown[] = [],
  busAddress = process.env.DBUS_SESSION_BUS_ADDRESS ?? '',
): Promise<unknown[]> {
  const bus = sessionBus({ busAddress })
  try {
    const reply = await bus.call(new Message({ destination, path, interface: at, member, signature, body }))
    return (reply?.body ?? []) as unknown[]
  } finally {
    bus.disconnect()
  }
}
