import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Playground } from '../demo/play'
import { resolveElectron } from '../scripts/electron.mjs'
import { startVirtualDesktop } from '../scripts/desktop.mjs'
import { connectToWaggle, type Client } from '../src/client/pipe-client'
import { startApp } from '../test/harness/app'
import { startInputs, type WidgetKind } from '../test/harness/inputs'

/** Windows with real inputs, one of each widget, the real app beside them, and its client. */
export interface InputStage extends Playground {
  readonly client: Client
  /** A folder that is gone afterwards. */
  readonly folder: string
}

interface InputStageOptions {
  readonly widgets: readonly WidgetKind[]
  /** Whether the programs show their accessibility trees. */
  readonly tree: boolean
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

/** Builds the stage on a desktop of its own, runs `use`, and takes everything down again, whatever happened. */
export async function withInputStage<T>(
  options: InputStageOptions,
  use: (stage: InputStage) => Promise<T>,
): Promise<T> {
  const undo: (() => unknown)[] = []
  try {
    return await use(await build(options, undo))
  } finally {
    for (const step of undo.toReversed()) await step()
  }
}

async function build(
  { widgets, tree, say, signal }: InputStageOptions,
  undo: (() => unknown)[],
): Promise<InputStage> {
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] ??= join((await resolveElectron()).executable, '..')
  const folder = mkdtempSync(join(tmpdir(), 'waggle-bench-'))
  undo.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  const home = join(folder, 'home')
  const desktop = await startVirtualDesktop()
  undo.push(async () => desktop.stop())
  const env = { ...process.env, ...desktop.env, WAGGLE_HOME: home, WAGGLE_LOCK: join(folder, 'desktop') }
  say(`${widgets.length} windows open: ${widgets.join(', ')}`)
  const specs = widgets.map((widget) => ({ name: widget, widget }))
  const inputs = await startInputs({ windows: specs, accessibility: tree, env })
  undo.push(async () => inputs.stop())
  signal.throwIfAborted()
  const app = await startApp({ home, env, args: ['--hidden'] })
  undo.push(async () => app.stop())
  const client = await connectToWaggle(home)
  undo.push(() => client.close())
  const windows = (await inputs.windows()).filter((window) => window.open)
  for (const { name, input, title } of windows)
    await client.call('agent.set', { name, at: [...input], window: `^${title}$` })
  const agents = {
    submissions: () => inputs.submissions(),
    onSubmitted: inputs.onSubmitted,
    readInput: async (name: string) => (await inputs.peek(name)).text,
    setDraft: inputs.setDraft,
  }
  return { agents, windows, client, env, folder }
}
