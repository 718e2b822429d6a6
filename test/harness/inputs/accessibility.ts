import { Message, sessionBus, Variant, type MessageBus } from 'dbus-next'

const SERVICE = 'org.a11y.Bus'
const STATUS = 'org.a11y.Status'

/** Switches the session's accessibility tree on or off, for programs that start from now on; `stop` puts it back. */
export async function switchTree(on: boolean, env: NodeJS.ProcessEnv): Promise<{ stop(): Promise<void> }> {
  const busAddress = env.DBUS_SESSION_BUS_ADDRESS
  if (busAddress === undefined) throw new Error('there is no session bus to switch the accessibility tree on')
  const before = await onBus(busAddress, async (bus) => {
    // Its service starts when it is first asked; it need not for being off.
    if (!on && !(await running(bus))) return false
    const was = await isOn(bus)
    if (was !== on) await turn(bus, on)
    return was
  })
  return {
    stop: async () => {
      if (before !== on) await onBus(busAddress, async (bus) => turn(bus, before))
    },
  }
}

/** Says that a screen reader is in use, or none any more, as the desktop's settings do. */
export async function tellScreenReader(isUsed: boolean, env: NodeJS.ProcessEnv): Promise<void> {
  const body = [STATUS, 'ScreenReaderEnabled', new Variant('b', isUsed)]
  await onBus(env.DBUS_SESSION_BUS_ADDRESS ?? '', async (bus) => property(bus, 'Set', 'ssv', body))
}

/** Whether programs that start from now on show their trees. */
export async function isTreeOn(env: NodeJS.ProcessEnv): Promise<boolean> {
  return onBus(env.DBUS_SESSION_BUS_ADDRESS ?? '', async (bus) => (await running(bus)) && isOn(bus))
}

async function onBus<T>(busAddress: string, use: (bus: MessageBus) => Promise<T>): Promise<T> {
  const bus = sessionBus({ busAddress })
  try {
    return await use(bus)
  } finally {
    bus.disconnect()
  }
}

async function running(bus: MessageBus): Promise<boolean> {
  const reply = await bus.call(
    new Message({
      destination: 'org.freedesktop.DBus',
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'NameHasOwner',
      signature: 's',
      body: [SERVICE],
    }),
  )
  return reply?.body[0] === true
}

async function isOn(bus: MessageBus): Promise<boolean> {
  const reply = await property(bus, 'Get', 'ss', [STATUS, 'IsEnabled'])
  return (reply?.body[0] as Variant<boolean> | undefined)?.value === true
}

async function turn(bus: MessageBus, on: boolean): Promise<void> {
  await property(bus, 'Set', 'ssv', [STATUS, 'IsEnabled', new Variant('b', on)])
}

async function property(
  bus: MessageBus,
  member: string,
  signature: string,
  body: unknown[],
): Promise<Message | null> {
  return bus.call(
    new Message({
      destination: SERVICE,
      path: '/org/a11y/bus',
      interface: 'org.freedesktop.DBus.Properties',
      member,
      signature,
      body,
    }),
  )
}
