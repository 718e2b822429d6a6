import { interface as service, sessionBus } from 'dbus-next'

/** What a desktop's screen lock is to programs: `org.freedesktop.ScreenSaver` on the session bus. */
export interface ScreenLock {
  setLocked(locked: boolean): void
  close(): void
}

class Saver extends service.Interface {
  isLocked = false

  GetActive(): boolean {
    return this.isLocked
  }
}
Saver.configureMembers({ methods: { GetActive: { inSignature: '', outSignature: 'b' } } })

/** Owns the name until closed; unlocked at first. */
export async function openScreenLock(): Promise<ScreenLock> {
  const bus = sessionBus()
  const saver = new Saver('org.freedesktop.ScreenSaver')
  bus.export('/org/freedesktop/ScreenSaver', saver)
  await bus.requestName('org.freedesktop.ScreenSaver', 0)
  return {
    setLocked: (locked) => {
      saver.isLocked = locked
    },
    close: () => bus.disconnect(),
  }
}
