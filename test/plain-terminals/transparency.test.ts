import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { drawnScreen } from '../../src/main/looking/drawn-screen'
import { textOf } from '../../src/main/looking/screen'
import { terminalModel } from '../../src/main/looking/terminal-model'
import { cleanUp, newHome } from '../process/programs'
import { buildWays, cli, endAll, personTerminal, until } from '../process/terminals'

// By `npm run terminals`: real programs that draw whole screens under `waggle wrap`. `script` (util-linux) between the two
// writes down what they wrote; the person's terminal must have got exactly that.

let folder: string
beforeAll(async () => {
  await buildWays()
  folder = mkdtempSync(join(tmpdir(), 'waggle-transparent-'))
})
afterEach(endAll)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await cleanUp()
})

const SIZE = { columns: 80, rows: 24 }

/** A wrapped program in a terminal that answers as xterm does, with a record of what it writes. */
function recorded(name: string, command: string) {
  const log = join(folder, `${name}.log`)
  const script = ['script', '-q', '-e', '-f', '-c', command, '--log-out', log]
  const pty = personTerminal([process.execPath, cli, 'wrap', 'Agent-1', '--', ...script], {
    WAGGLE_HOME: newHome(),
    TERM: 'xterm-256color',
  })
  pty.resize(SIZE.columns, SIZE.rows)
  const model = terminalModel(SIZE.columns, SIZE.rows)
  model.onData((answer) => pty.write(answer))
  const chunks: Buffer[] = []
  pty.onData((bytes: unknown) => {
    chunks.push(bytes as Buffer)
    model.write(bytes as Buffer)
  })
  const exited = new Promise<number>((done) => pty.onExit(({ exitCode }) => done(exitCode)))
  const screen = () => drawnScreen(model).rows.map(textOf).join('\n')
  return {
    type: (keys: string) => pty.write(keys),
    resize(columns: number, rows: number) {
      pty.resize(columns, rows)
      model.resize(columns, rows)
    },
    got: () => Buffer.concat(chunks),
    screen,
    shows: (text: string | RegExp) => until(() => (screen().search(text) >= 0 ? true : undefined)),
    /** Its exit code, what it wrote and what came here of that. */
    async end() {
      const code = await exited
      const record = readFileSync(log)
      const wrote = record.subarray(record.indexOf('\n') + 1, record.lastIndexOf('\nScript done on'))
      return { code, wrote, got: Buffer.concat(chunks) }
    },
  }
}

type Recorded = ReturnType<typeof recorded>

function same({ code, wrote, got }: Awaited<ReturnType<Recorded['end']>>, least: number): void {
  expect(code).toBe(0)
  expect(wrote.length).toBeGreaterThan(least)
  const differsAt = wrote.findIndex((byte, at) => byte !== got[at])
  expect({ differsAt, length: got.length }).toEqual({ differsAt: -1, length: wrote.length })
}

/** Ends at another size than it began with. */
async function storm({ resize, got }: Pick<Recorded, 'resize' | 'got'>): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) {
    resize(20 + ((turn * 37) % 160), 5 + ((turn * 13) % 50))
    // Each second one while something is being drawn.
    const before = got().length
    if (turn % 2 === 0)
      await until(() => (got().length > before ? true : undefined), 300).catch(() => undefined)
  }
  resize(97, 31)
}

test('vim draws, splits and is resized a hundred times: its every byte arrives, and it knows the last size', async () => {
  const [path, size] = [join(folder, 'text'), join(folder, 'size')]
  writeFileSync(
    path,
    Array.from({ length: 500 }, (_, line) => `line ${line} 漢字 🎉 \t${'x'.repeat(line % 120)}`).join('\n'),
  )
  const vim = recorded('vim', `vim -N -u NONE -i NONE -c 'set mouse=a title termguicolors number' '${path}'`)
  await vim.shows('line 3')
  vim.type(':vsplit\r:split\r')
  await vim.shows(/text \[?.*\n[^]*text/)
  await storm(vim)
  vim.type('\u001bgg0iTyped by a person: é漢🎉\u001b')
  await vim.shows('Typed by a person: é漢🎉')
  vim.type(`:call writefile([&columns . 'x' . &lines], '${size}')\r:qa!\r`)
  same(await vim.end(), 10_000)
  expect(readFileSync(size, 'utf8').trim()).toBe('97x31')
})

test('htop draws again and again, is resized a hundred times and ends by its key: its every byte arrives', async () => {
  const htop = recorded('htop', 'htop -d 1')
  await htop.shows('F10Quit')
  await storm(htop)
  htop.type('t')
  await htop.shows('F5List')
  htop.type('q')
  same(await htop.end(), 5000)
})

test('the screens of vttest arrive byte for byte', async () => {
  const vttest = recorded('vttest', 'vttest 24x80.132')
  await vttest.shows('Enter choice number')
  // Cursor movements, screen features, double-sized characters, and inserting and deleting.
  for (const menu of ['1', '2', '4', '8']) {
    vttest.type(`${menu}\r`)
    await until(() => !vttest.screen().includes('Enter choice number') || undefined)
    await until(() => {
      if (vttest.screen().includes('Enter choice number')) return true
      if (/push <return>/i.test(vttest.screen())) vttest.type('\r')
      return undefined
    })
  }
  vttest.type('0\r')
  same(await vttest.end(), 10_000)
})

test('a hundred million bytes reach the terminal whole and within a minute', async () => {
  const path = join(folder, 'many')
  const block = Buffer.alloc(1_000_003)
  block.forEach((_, at) => (block[at] = (at * 31 + (at >> 7)) % 256))
  writeFileSync(path, Buffer.concat(Array.from({ length: 100 }, () => block)))
  const wanted = createHash('sha256').update(readFileSync(path)).digest('hex')
  const pty = personTerminal(
    [process.execPath, cli, 'wrap', 'Agent-1', '--', 'sh', '-c', `stty raw -echo; cat '${path}'`],
    { WAGGLE_HOME: newHome() },
  )
  const seen = createHash('sha256')
  let length = 0
  pty.onData((bytes: unknown) => {
    seen.update(bytes as Buffer)
    length += (bytes as Buffer).length
  })
  const begun = performance.now()
  const code = await new Promise((done) => pty.onExit(({ exitCode }) => done(exitCode)))
  process.stderr.write(`${length} bytes in ${((performance.now() - begun) / 1000).toFixed(1)} s\n`)
  expect({ length, code }).toEqual({ length: 100_000_300, code: 0 })
  expect(seen.digest('hex')).toBe(wanted)
})

test('a key gets through while the program writes without end, and little comes after it', async () => {
  const pty = personTerminal([process.execPath, cli, 'wrap', 'Agent-1', '--', 'yes', 'and on'.repeat(200)], {
    WAGGLE_HOME: newHome(),
  })
  let length = 0
  pty.onData((bytes: unknown) => void (length += (bytes as Buffer).length))
  await until(() => length > 20_000_000 || undefined)
  const before = length
  pty.write('\u0003')
  const code = await new Promise((done) => pty.onExit(({ exitCode }) => done(exitCode)))
  expect(code).toBe(130)
  // What lies between the program and the terminal, not what it would have written meanwhile.
  expect(length - before).toBeLessThan(10_000_000)
})
