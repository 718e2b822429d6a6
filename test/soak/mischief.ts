import { pause, pick, realInputs } from '../harness/hostile'
import { xdotool } from '../harness/xdotool'
import { clientPid, type Soak } from './soak'

const names = realInputs.map(({ name }) => name)

/** What goes wrong on a desk; each resolves once it is over. */
export const mischief: Readonly<Record<string, (soak: Soak) => Promise<void>>> = {
  moves: async ({ desk, random }) => {
    const [left, top] = [Math.floor(random() * 700), 30 + Math.floor(random() * 380)]
    await desk.windows.inputs.move(pick(random, names), { x: left, y: top })
  },
  'takes the focus': async ({ desk, random }) => desk.windows.inputs.focus(pick(random, names)),
  searches: async ({ desk, random }) => desk.windows.inputs.focusSearch(pick(random, names)),
  asks: async ({ desk, random }) => {
    const name = pick(random, names)
    await desk.windows.inputs.dialog(name, true)
    await pause(900)
    await desk.windows.inputs.dialog(name, false)
  },
  'is busy': async ({ desk, random }) => {
    const name = pick(random, names)
    await desk.windows.inputs.busy(name, true)
    await pause(1000)
    await desk.windows.inputs.busy(name, false)
  },
  'is slow': async ({ desk, random }) => {
    const name = pick(random, names)
    await desk.windows.inputs.set(name, { slowClear: 700 })
    await pause(1500)
    await desk.windows.inputs.set(name, {})
  },
  'stands still': freeze,
  'moves the mouse': async () => void xdotool('mousemove_relative', '--', 40, -25),
  'takes the desktop': async (soak) => soak.takeLock(),
  'ends the connection': async (soak) => soak.endConnection(),
}

/** All windows stand still, as on a machine that has no memory left. */
async function freeze({ desk, random }: Soak): Promise<void> {
  const window = xdotool('search', '--name', `^${pick(random, names)}: chat`).split('\n')[0]
  const pid = await clientPid(desk.x, Number(window))
  if (pid === undefined) return
  process.kill(pid, 'SIGSTOP')
  await pause(700)
  process.kill(pid, 'SIGCONT')
}
