import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { names, openManagedDesk, until, type ManagedDesk, type Scene } from './desk'
import { managers, type ManagerSetup } from './managers'

// Real window managers: the agent's own log tells where a message went, the X server how the desk was left.

let desk: ManagedDesk
let mine: string
let texts = 0

const scenarios: Readonly<Record<string, () => Promise<Given | 'none'>>> = {
  'two agents': async () => ({ to: ['Agent-1', 'Agent-2'] }),
  'agent moved': async () => {
    const before = await desk.agents.window('Agent-1')
    const after = await desk.agents.move('Agent-1', { x: 60, y: 110 })
    if (after.rect.x === before.rect.x && after.rect.y === before.rect.y) return 'none'
    return { to: ['Agent-1'], after: async () => void (await desk.agents.move('Agent-1', before.rect)) }
  },
  covered: async () => {
    const { rect } = await desk.agents.window('Agent-1')
    await desk.hand('wmctrl', '-i', '-r', mine, '-e', `0,${rect.x},${rect.y},${rect.width},${rect.height}`)
    await desk.hand('wmctrl', '-i', '-a', mine)
    return {
      to: ['Agent-1'],
      after: async () => void (await desk.hand('wmctrl', '-i', '-r', mine, '-e', '0,860,430,300,200')),
    }
  },
  'pointer over another window': async () => {
    const [x, y] = (await desk.agents.window('Agent-3')).input
    await desk.hand('xdotool', 'mousemove', x, y)
    await focusMine()
    return { to: ['Agent-1'] }
  },
  minimized: async () => {
    await desk.hand('xdotool', 'search', '--name', '^Agent-1: chat$', 'windowminimize')
    if (!(await comes('Agent-1: chat', 'HIDDEN'))) return 'none'
    await focusMine()
    return { to: ['Agent-1'], after: async () => desk.agents.restore('Agent-1') }
  },
  'rolled up': async () => {
    await desk.hand('wmctrl', '-F', '-r', 'Agent-1: chat', '-b', 'add,shaded')
    if (!(await comes('Agent-1: chat', 'SHADED'))) return 'none'
    await focusMine()
    return {
      to: ['Agent-1'],
      after: async () => void (await desk.hand('wmctrl', '-F', '-r', 'Agent-1: chat', '-b', 'remove,shaded')),
    }
  },
  'agent fullscreen': async () => fullscreen('Agent-1: chat', 'Agent-1'),
  'another agent fullscreen': async () => fullscreen('Agent-2: chat', 'Agent-1'),
  'person’s window fullscreen': async () => fullscreen('Mine', 'Agent-1'),
  'tabs in one frame': async () => {
    const all = await Promise.all(names.map(async (name) => (await desk.agents.window(name)).rect))
    if (new Set(all.map((rect) => JSON.stringify(rect))).size > 1) return 'none'
    return { to: ['Agent-3', 'Agent-1', 'Agent-2'] }
  },
  'person in another tab of the agent’s frame': async () => {
    const given = await scenarios['tabs in one frame']?.()
    if (!given || given === 'none') return 'none'
    await desk.hand('wmctrl', '-F', '-a', 'Agent-2: chat')
    await until(
      async () => (await desk.hand('xdotool', 'getwindowfocus', 'getwindowname')) === 'Agent-2: chat',
      () => 'the person’s tab has no focus',
    )
    return { to: ['Agent-1', 'Agent-3'] }
  },
  'another window always on top of the input': async () => {
    const { rect } = await desk.agents.window('Agent-1')
    await desk.hand('wmctrl', '-i', '-r', mine, '-b', 'add,above')
    if (!(await comes('Mine', 'ABOVE'))) return 'none'
    await desk.hand('wmctrl', '-i', '-r', mine, '-e', `0,${rect.x},${rect.y},${rect.width},${rect.height}`)
    await focusMine()
    return {
      to: ['Agent-1'],
      mayWait: /^Another window covers the input of Agent-1/,
      after: async () => {
        await desk.hand('wmctrl', '-i', '-r', mine, '-b', 'remove,above')
        await desk.hand('wmctrl', '-i', '-r', mine, '-e', '0,860,430,300,200')
      },
    }
  },
  'another workspace, a window there': async () => {
    if (!(await goTo(1))) return 'none'
    const other = await desk.xterm('Other', '30x8+700+450')
    await until(
      async () => (await desk.scene()).focus !== '',
      () => 'no focus',
    )
    await desk.hand('wmctrl', '-i', '-a', other)
    return {
      to: ['Agent-1', 'Agent-2'],
      after: async () => {
        await desk.hand('wmctrl', '-i', '-c', other)
        await goTo(0)
      },
    }
  },
  'another workspace, empty': async () => {
    if (!(await goTo(2))) return 'none'
    return { to: ['Agent-1', 'Agent-2'], after: async () => void (await goTo(0)) }
  },
}

interface Given {
  readonly to: readonly string[]
  /** Why it may wait: what cannot be helped. */
  readonly mayWait?: RegExp
  readonly after?: () => Promise<void>
}

async function focusMine(): Promise<void> {
  await desk.hand('wmctrl', '-i', '-a', mine)
}

async function fullscreen(title: string, to: string): Promise<Given | 'none'> {
  await desk.hand('wmctrl', '-F', '-a', title)
  await desk.hand('wmctrl', '-F', '-r', title, '-b', 'add,fullscreen')
  if (!(await comes(title, 'FULLSCREEN'))) return 'none'
  return {
    to: [to],
    after: async () => void (await desk.hand('wmctrl', '-F', '-r', title, '-b', 'remove,fullscreen')),
  }
}

async function goTo(workspace: number): Promise<boolean> {
  const before = (await desk.scene()).workspace
  await desk.goTo(workspace)
  // Some count only the workspaces that have windows; dwm tells of none.
  if (before === '') return true
  return settles(async () => (await desk.scene()).workspace !== before)
}

async function comes(title: string, state: string): Promise<boolean> {
  return settles(async () => (await desk.scene()).windows[title]?.includes(state) === true)
}

/** Whether it comes to be so within 2 s: a window manager that cannot do it says nothing. */
async function settles(holds: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + 2000
  while (performance.now() < end) if (await holds()) return true
  return false
}

const calm = async (): Promise<Scene> => desk.steady(async () => desk.scene())

async function tryScenario(name: string, setup: ManagerSetup): Promise<string> {
  const given = await scenarios[name]?.()
  if (!given || given === 'none') return '-'
  const reason = setup.unable?.[name] ?? given.mayWait
  try {
    const before = await calm()
    const sent = await Promise.all(
      given.to.map(async (to) => ({ to, text: `text ${++texts}`, id: await desk.send(to, `text ${texts}`) })),
    )
    const states = async () => Promise.all(sent.map(async ({ id }) => desk.message(id)))
    const isOver = async () => (await states()).every(({ state }) => state === 'delivered')
    await until(isOver, () => '').catch(() => undefined)
    const ended = await states()
    const waiting = ended.find(({ state }) => state !== 'delivered')
    if (waiting) {
      const why =
        waiting.failure?.message ??
        (await desk.pipe.call('queue.status', {})).perAgent[waiting.to]?.waitingFor?.message ??
        ''
      for (const { id } of sent) await desk.pipe.call('message.cancel', { id }).catch(() => undefined)
      expect(why, `${waiting.state}: ${why}`).toMatch(reason ?? /^not expected to wait$/)
      return `waits: ${why}`
    }
    const log = desk.agents.submissions().filter(({ text }) => sent.some((one) => one.text === text))
    expect(log.map(({ agent, text }) => `${agent} ${text}`).toSorted()).toEqual(
      sent.map(({ to, text }) => `${to} ${text}`).toSorted(),
    )
    let now = before
    const isBack = async () => {
      now = await calm()
      return JSON.stringify(now) === JSON.stringify(before)
    }
    await until(isBack, () => '').catch(() => undefined)
    expect(now).toEqual(before)
    return 'ok'
  } finally {
    await given.after?.()
  }
}

/** Where the window lies that shows it, and its size. */
async function coverPlace(): Promise<string> {
  const shown = await desk.hand(
    'xdotool',
    'search',
    '--onlyvisible',
    '--name',
    '^Waggle$',
    'getwindowgeometry',
  )
  const [, place = '', width = '', height = ''] =
    /Position: (\S+) .*?Geometry: (\d+)x(\d+)/s.exec(shown) ?? []
  return `${place} ${width} ${height}`
}

/** Only those whose names begin so, where some are named. */
const wanted = process.env['WAGGLE_DESKS']?.split('|') ?? ['']
const chosen = managers.filter(({ name }) => wanted.some((begin) => name.startsWith(begin)))

describe.each(chosen)('$name', (setup) => {
  beforeAll(async () => {
    desk = await openManagedDesk(setup)
    mine = await desk.xterm('Mine', '40x12+860+430')
    for (const name of names) {
      const { input } = await desk.agents.window(name)
      await desk.pipe.call('agent.set', { name, at: input, window: `^${name}: chat$` })
    }
  })
  afterAll(async () => desk.stop())
  beforeEach(async () => {
    await desk.hand('xdotool', 'mousemove', 1000, 560)
    await focusMine()
    await calm()
  })

  test('the picture that is pointed at', async ({ task }) => {
    const asked = desk.pipe.call('agent.point', { name: 'Agent-1' }).catch(() => undefined)
    const screen = await desk.hand('xdotool', 'getdisplaygeometry')
    // A window manager tells last of all where it has put a window.
    await until(async () => (await coverPlace()) === `0,0 ${screen}`, coverPlace)
    await desk.hand('xdotool', 'key', 'Escape')
    await asked
    task.meta.cell = 'ok'
  })

  test('what the doctor says of it', async ({ task }) => {
    const { checks } = await desk.pipe.call('doctor.run', {})
    const said = checks.find(({ name }) => name === 'Window manager')
    expect(said).toMatchObject(
      setup.unable
        ? { ok: 'warning', found: expect.stringMatching(/^dwm brings no window to the front/) as unknown }
        : { ok: true },
    )
    task.meta.cell = setup.unable ? `warns: ${said?.found}` : 'ok'
  })

  test.for(Object.keys(scenarios))('%s', async (name, { task }) => {
    task.meta.cell = await tryScenario(name, setup)
  })
})
