import { unlessRefused, REGISTRY, type Asking } from './asking'
import type { Ref } from './talk'

/** A program that shows its tree. */
export interface TreeProgram {
  readonly root: Ref
  /** When it was first asked for its pages, in monotonic ms. */
  readonly wokenAt: number
  readonly isChromium: boolean
}

/** The programs on one bus. Names on a bus are never used twice, so what is known of one stays true. */
export class Programs {
  readonly #pids = new Map<string, number>()
  readonly #woken = new Map<string, TreeProgram>()

  /** The program of a process, its pages asked for; undefined where it is not registered. */
  async of(asking: Asking, pid: number): Promise<TreeProgram | undefined> {
    const roots = await asking.children(REGISTRY)
    const pids = await Promise.all(roots.map(async ([name]) => this.#pidOf(asking, name)))
    this.#forgetAllBut(roots)
    const root = roots.find((_, index) => pids[index] === pid)
    return root && (this.#woken.get(root[0]) ?? this.#wake(asking, root))
  }

  async #pidOf(asking: Asking, name: string): Promise<number> {
    const known = this.#pids.get(name)
    if (known !== undefined) return known
    const pid = await unlessRefused(asking.pid(name), 0)
    this.#pids.set(name, pid)
    return pid
  }

  /** Chromium shows its pages only once somebody has asked an object for its attributes. */
  async #wake(asking: Asking, root: Ref): Promise<TreeProgram> {
    const toolkit = await unlessRefused(asking.toolkit(root), '')
    const frames = await asking.children(root)
    await Promise.all([root, ...frames].map(async (one) => unlessRefused(asking.attributes(one), {})))
    const program = { root, wokenAt: asking.clock.monotonic(), isChromium: /chromium/i.test(toolkit) }
    this.#woken.set(root[0], program)
    return program
  }

  #forgetAllBut(roots: readonly Ref[]): void {
    const names = new Set(roots.map(([name]) => name))
    for (const known of [this.#pids, this.#woken])
      for (const name of known.keys()) if (!names.has(name)) known.delete(name)
  }
}
