import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { test } from 'vitest'
import { openX11Desktop } from '../../src/main/desktop/x11/desktop'
import { openPlain } from '../plain-terminals/plain-terminals'
import { realAgents } from './agents'
import { endProcessesOf } from './end-processes'
import { startModelServer } from './model-server'

test.each(realAgents)(
  'PEEK $name',
  async (real) => {
    const folder = mkdtempSync(join(tmpdir(), 'waggle-real-'))
    const [home, project] = [join(folder, 'home'), join(folder, 'project')]
    for (const one of [home, project]) mkdirSync(one)
    const model = await startModelServer(`touch ${folder}/ran`)
    const { command, env } = real.prepare(home, project, model.url)
    const exports = Object.entries(env).map(([name, value]) => `export ${name}='${value}'`)
    const script = [`cd '${project}'`, ...exports, `exec ${command.join(' ')}`].join('\n')
    const agent = await openPlain('xterm', { own: { program: basename(command[0] ?? ''), script } })
    const desktop = await openX11Desktop(process.env['DISPLAY'] ?? '')
    const peek = async (what: string) => {
      const window = (await desktop.windows()).find(({ app }) => /xterm/i.test(app))
      if (!window) return
      await desktop.raise(window.id)
      await delay(500)
      const seen = await desktop.readMarked({ windowId: window.id, rect: window.rect })
      process.stderr.write(
        `#### ${real.name} ${what}\n${typeof seen === 'string' ? seen : seen.text}\n####\n`,
      )
    }
    await delay(12_000)
    await peek('start')
    agent.types('hello there', 'Return')
    await delay(5000)
    await peek('after a prompt')
    agent.types('Now run the tool', 'Return')
    await delay(5000)
    await peek('question')
    desktop.close()
    await model.close()
    endProcessesOf(folder)
  },
  90_000,
)
