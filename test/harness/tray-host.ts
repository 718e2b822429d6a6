import { DBusError, interface as service, Message, sessionBus, Variant, type MessageBus } from 'dbus-next'

/** A place for tray icons, as a desktop's panel is one: owns `org.kde.StatusNotifierWatcher` on the session bus. */
export interface TrayHost {
  /** The icon of this process, once it has registered one; rejects after 10 s. */
  item(pid: number): Promise<TrayItem>
  close(): void
}

/** A tray icon as a panel sees it. */
export interface TrayItem {
  tooltip(): Promise<string>
  menu(): Promise<MenuEntry[]>
  /** Clicks the entry that these labels lead to. Throws when there is none. */
  click(...labels: string[]): Promise<void>
  /** A plain click on the icon. */
  activate(): Promise<void>
}

export interface MenuEntry {
  readonly id: number
  readonly label: string
  readonly enabled: boolean
  /** Undefined for what is no checkbox. */
  readonly checked: boolean | undefined
  readonly children: readonly MenuEntry[]
}

const WATCHER = 'org.kde.StatusNotifierWatcher'
const ITEM = '/StatusNotifierItem'
const LIMIT_MS = 10_000

class Watcher extends service.Interface {
  readonly items = new Set<string>()
  readonly hosts = new Set<string>()
  onItem: () => void = () => undefined

  RegisterStatusNotifierItem(name: string): void {
    this.items.add(name)
    this.onItem()
  }

  RegisterStatusNotifierHost(name: string): void {
    this.hosts.add(name)
  }

  get RegisteredStatusNotifierItems(): string[] {
    return [...this.items]
  }

  get IsStatusNotifierHostRegistered(): boolean {
    return true
  }

  get ProtocolVersion(): number {
    return 0
  }
}

Watcher.configureMembers({
  methods: {
    RegisterStatusNotifierItem: { inSignature: 's' },
    RegisterStatusNotifierHost: { inSignature: 's' },
  },
  properties: {
    RegisteredStatusNotifierItems: { signature: 'as', access: service.ACCESS_READ },
    IsStatusNotifierHostRegistered: { signature: 'b', access: service.ACCESS_READ },
    ProtocolVersion: { signature: 'i', access: service.ACCESS_READ },
  },
})

export async function startTrayHost(): Promise<TrayHost> {
  const bus = sessionBus()
  const watcher = new Watcher(WATCHER)
  bus.export('/StatusNotifierWatcher', watcher)
  await bus.requestName(WATCHER, 0)
  const find = async (pid: number) => {
    for (const name of watcher.items) if ((await pidOf(bus, name)) === pid) return name
    return undefined
  }
  return {
    item: async (pid) => itemOn(bus, await whenRegistered(watcher, () => find(pid))),
    close: () => bus.disconnect(),
  }
}

/** Looks at once and again at every registration. */
function whenRegistered(watcher: Watcher, find: () => Promise<string | undefined>): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no tray icon was registered within 10 s')), LIMIT_MS)
    const look = async () => {
      const name = await find()
      if (name === undefined) return
      clearTimeout(timer)
      resolve(name)
    }
    watcher.onItem = () => void look()
    void look()
  })
}

async function pidOf(bus: MessageBus, name: string): Promise<number | undefined> {
  try {
    const [pid] = await ask(bus, BUS, 'GetConnectionUnixProcessID', 's', [name])
    return Number(pid)
  } catch {
    // Its process has ended.
    return undefined
  }
}

function itemOn(bus: MessageBus, name: string): TrayItem {
  const item = { destination: name, path: ITEM, interface: 'org.kde.StatusNotifierItem' }
  const property = async (property: string): Promise<unknown> => {
    const properties = { ...item, interface: 'org.freedesktop.DBus.Properties' }
    const [value] = await ask(bus, properties, 'Get', 'ss', [item.interface, property])
    return (value as Variant).value
  }
  const menuAddress = async () => ({
    destination: name,
    path: String(await property('Menu')),
    interface: 'com.canonical.dbusmenu',
  })
  const menu = async () => {
    const [, root] = await ask(bus, await menuAddress(), 'GetLayout', 'iias', [0, -1, []])
    return entryOf(root as RawEntry).children
  }
  return {
    menu: async () => [...(await menu())],
    tooltip: async () => String(((await property('ToolTip')) as unknown[])[2]),
    click: async (...labels) => {
      const click = async () => {
        const { id } = follow(await menu(), labels)
        const event = [id, 'clicked', new Variant('s', ''), 0]
        await ask(bus, await menuAddress(), 'Event', 'isvu', event)
      }
      // A menu that was rebuilt since it was read knows the number no more; nothing was clicked then.
      await click().catch((error: unknown) => (error instanceof DBusError ? click() : Promise.reject(error)))
    },
    activate: async () => void (await ask(bus, item, 'Activate', 'ii', [0, 0])),
  }
}

type RawEntry = [number, Record<string, Variant | undefined>, Variant[]]

function entryOf([id, properties, children]: RawEntry): MenuEntry {
  return {
    id,
    label: String(properties['label']?.value ?? ''),
    enabled: properties['enabled']?.value !== false,
    checked: properties['toggle-type'] ? properties['toggle-state']?.value === 1 : undefined,
    children: children.map((child) => entryOf(child.value as RawEntry)),
  }
}

function follow(entries: readonly MenuEntry[], [label, ...rest]: readonly string[]): MenuEntry {
  const entry = entries.find((entry) => entry.label === label)
  if (!entry) throw new Error(`no entry "${label}" among ${entries.map(({ label }) => label).join(', ')}`)
  return rest.length > 0 ? follow(entry.children, rest) : entry
}

interface Address {
  readonly destination: string
  readonly path: string
  readonly interface: string
}

const BUS: Address = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
}

/** By a raw message: the item's introspection leaves its properties out. */
async function ask(
  bus: MessageBus,
  address: Address,
  member: string,
  signature: string,
  body: unknown[],
): Promise<unknown[]> {
  const answer = await bus.call(new Message({ ...address, member, signature, body }))
  return (answer?.body ?? []) as unknown[]
}
