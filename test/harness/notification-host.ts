import { interface as service, Message, sessionBus, type MessageBus, type Variant } from 'dbus-next'

/** A notification as the desktop was asked to show it. */
export interface Shown {
  readonly id: number
  readonly title: string
  readonly body: string
  /** Names of its actions; `default` is a click on the notification itself. */
  readonly actions: readonly string[]
}

/** A desktop's notification server: owns `org.freedesktop.Notifications` on the session bus. */
export interface NotificationHost {
  shown(): readonly Shown[]
  /** Clicks a notification as a person would. */
  click(id: number, action?: string): void
  close(): void
}

const NAME = 'org.freedesktop.Notifications'
const BUS = 'org.freedesktop.DBus'
/** What the bus answers to who has the name at once; else it waits for it. */
const OWNER = 1

class Notifications extends service.Interface {
  readonly shown: Shown[] = []

  Notify(
    _app: string,
    replaces: number,
    _icon: string,
    title: string,
    body: string,
    actions: string[],
    _hints: Record<string, Variant>,
    _expires: number,
  ): number {
    const id = replaces || this.shown.length + 1
    // Actions come as pairs of a name and its label.
    this.shown.push({ id, title, body, actions: actions.filter((_, index) => index % 2 === 0) })
    return id
  }

  CloseNotification(id: number): void {
    this.NotificationClosed(id, 3)
  }

  GetCapabilities(): string[] {
    return ['actions', 'body']
  }

  GetServerInformation(): string[] {
    return ['test', 'test', '1', '1.2']
  }

  ActionInvoked(id: number, action: string): unknown[] {
    return [id, action]
  }

  NotificationClosed(id: number, reason: number): unknown[] {
    return [id, reason]
  }
}

Notifications.configureMembers({
  methods: {
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u' },
    GetCapabilities: { outSignature: 'as' },
    GetServerInformation: { outSignature: 'ssss' },
  },
  signals: { ActionInvoked: { signature: 'us' }, NotificationClosed: { signature: 'uu' } },
})

export async function startNotificationHost(): Promise<NotificationHost> {
  const bus = sessionBus()
  const server = new Notifications(NAME)
  bus.export('/org/freedesktop/Notifications', server)
  if ((await bus.requestName(NAME, 0)) !== OWNER) await endOwner(bus)
  return {
    shown: () => server.shown,
    click: (id, action = 'default') => void server.ActionInvoked(id, action),
    close: () => bus.disconnect(),
  }
}

/**
 * An earlier notification may have started the server that is installed on this machine. On the tests' own bus it is theirs
 * to end, and the name then goes to who waits for it.
 */
async function endOwner(bus: MessageBus): Promise<void> {
  const acquired = new Promise<void>((resolve) => {
    bus.on('message', ({ member, body }: Message) => {
      if (member === 'NameAcquired' && body[0] === NAME) resolve()
    })
  })
  process.kill(Number(await onBus(bus, 'GetConnectionUnixProcessID', 's', [NAME])))
  await acquired
}

async function onBus(bus: MessageBus, member: string, signature: string, body: unknown[]): Promise<unknown> {
  const names = { destination: BUS, path: '/org/freedesktop/DBus', interface: BUS }
  const reply = await bus.call(new Message({ ...names, member, signature, body }))
  return reply?.body[0]
}
