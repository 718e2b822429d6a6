import type { Log } from '../log'

export interface ShortcutDeps<Name extends string> {
  /** Electron's globalShortcut. */
  readonly system: {
    register(accelerator: string, act: () => void): boolean
    unregister(accelerator: string): void
  }
  readonly actions: Readonly<Record<Name, () => void>>
  /** What each does, for the sentence that says it cannot. */
  readonly words: Readonly<Record<Name, string>>
  readonly log: Pick<Log, 'warn'>
  /** Told which of them the system refused, a sentence each; an empty list when all are ours. */
  report(problems: readonly string[]): void
}

/**
 * Keeps the global shortcuts registered as the settings have them; '' is none. Call `use` with the settings and again
 * whenever they change. One that another program has is reported and tried again at the next change.
 */
export function createShortcuts<Name extends string>(deps: ShortcutDeps<Name>) {
  const names = Object.keys(deps.actions).filter((name): name is Name => name in deps.actions)
  const registered = new Map<Name, string>()

  const release = (name: Name) => {
    const accelerator = registered.get(name)
    if (accelerator !== undefined) deps.system.unregister(accelerator)
    registered.delete(name)
  }
  const claim = (name: Name, accelerator: string): string | undefined => {
    if (accelerator === '' || registered.get(name) === accelerator) return undefined
    const twin = names.find((other) => registered.get(other) === accelerator)
    const why = twin ? `it is the shortcut that ${deps.words[twin]}` : refusal(deps, name, accelerator)
    if (why === undefined) {
      registered.set(name, accelerator)
      return undefined
    }
    return `shortcuts.${name}: ${accelerator}, which ${deps.words[name]}, does not work: ${why}. Choose another one.`
  }
  return {
    use(wanted: Readonly<Record<Name, string>>): void {
      // All that goes is let go first, so that two can change places.
      for (const name of names) if (registered.get(name) !== wanted[name]) release(name)
      const problems = names
        .map((name) => claim(name, wanted[name]))
        .filter((problem) => problem !== undefined)
      for (const problem of problems) deps.log.warn(problem)
      deps.report(problems)
    },
    close(): void {
      for (const name of names) release(name)
    },
  }
}

function refusal<Name extends string>(
  { system, actions }: ShortcutDeps<Name>,
  name: Name,
  accelerator: string,
): string | undefined {
  try {
    return system.register(accelerator, actions[name]) ? undefined : 'another program has it'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
