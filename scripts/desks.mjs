import { existsSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { readJson } from './lib/json.mjs'
import { cacheFolder, projectRoot } from './lib/paths.mjs'
import { say, whenStarted } from './lib/progress.mjs'
import { npm, run } from './lib/run.mjs'
import { setup } from './setup.mjs'

// `npm run desks`: real window managers and clipboard managers, and docs/desks.md of what was seen.
// `npm run desks -- NAME…`: those window managers alone; `npm run desks -- clipboard`, `-- over`, `-- starts`: that part alone.
// `npm run desks -- --draws 200 [--seed 1] [--from 51] [--to 100]`: desks drawn by chance, or a part of them.
// `npm run desks -- --only WORDS`: the cases with these words in their names (a regular expression), such as one column.
// `npm run desks -- --page`: the page alone. Parts add up: the page tells of all that was seen since the last whole run.

/** @typedef {{ancestorTitles: string[], title: string, status: string, meta?: {cell?: string}}} Result */
/** @typedef {{name: string, assertionResults: Result[]}} FileResult */
/** @typedef {'managers' | 'keyboards' | 'clipboard' | 'over' | 'starts' | 'draws'} Part */

const report = join(cacheFolder, 'test', 'desks.json')
/** What was seen last of each case, by its part and its name. */
const seenFile = join(cacheFolder, 'test', 'desks-seen.json')

/** @returns {[string, Result][]} */
function readSeen() {
  return existsSync(seenFile) ? readJson(seenFile) : []
}

/**
 * Adds what this run has seen; of the parts that it begins anew nothing stays.
 * @param {readonly Part[]} anew
 */
function addSeen(anew) {
  /** @type {{testResults: FileResult[]}} */
  const { testResults } = readJson(report)
  const before = readSeen().filter(([key]) => !anew.some((part) => key.startsWith(part)))
  const now = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map((one) => /** @type {[string, Result]} */ ([keyOf(name, one), one])),
  )
  writeFileSync(seenFile, JSON.stringify([...new Map([...before, ...now])]))
}

/**
 * @param {string} file
 * @param {Result} result
 */
function keyOf(file, { ancestorTitles, title }) {
  return [basename(file, '.test.ts'), ...ancestorTitles, title].join(' | ')
}

/** @param {Result | undefined} result */
function cell(result) {
  if (!result || result.status === 'skipped') return ''
  return result.status === 'passed' ? (result.meta?.cell ?? '-') : '**fails**'
}

/** @param {Result} result */
function nameOf({ ancestorTitles }) {
  return (ancestorTitles[0] ?? '').replaceAll(/^'|'$/g, '')
}

/**
 * One row a desk, one column a scenario; why messages wait is told below.
 * @param {readonly Result[]} results
 */
function managersTable(results) {
  const titles = [...new Set(results.map(({ title }) => title))]
  /** @type {Map<string, string>} */
  const notes = new Map()
  /** @param {string} text */
  const short = (text) => {
    const [, what, why] = /^(waits|warns): (.*)$/.exec(text) ?? []
    if (what === undefined || why === undefined) return text
    if (!notes.has(why)) notes.set(why, String(notes.size + 1))
    return `${what} (${notes.get(why)})`
  }
  const names = [...new Set(results.map(nameOf))]
  const rows = names.map((name) => [
    name,
    ...titles.map((title) => short(cell(results.find((one) => nameOf(one) === name && one.title === title)))),
  ])
  const head = ['', ...titles]
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`)
  return [...table, '', ...[...notes].map(([why, number]) => `(${number}) ${why}`)].join('\n')
}

/** @param {readonly Result[]} results */
function clipboardTable(results) {
  const rows = results.map((result) => [nameOf(result), cell(result)])
  return [['clipboard manager', ''], ['---', '---'], ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
}

/**
 * What comes before a colon is the case's name.
 * @param {readonly Result[]} results
 */
function overTable(results) {
  const rows = results.map((result) => [result.title.split(':')[0] ?? '', cell(result)])
  return [['', ''], ['---', '---'], ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

/** What a draw says whose window manager has ended by itself. */
const UNMANAGED = 'waited for a window manager'

/** @param {readonly Result[]} results */
function drawsWords(results) {
  if (results.length === 0) return 'None yet.'
  const count = (/** @type {string} */ what) => results.filter((one) => cell(one) === what).length
  const failing = results.filter((one) => cell(one) === '**fails**')
  const unmanaged = results.filter((one) => cell(one) === UNMANAGED)
  const sum = `${results.length} draws: ${count('delivered')} delivered at once, ${count('waited')} waited with the reason that was true and went once it was over, ${unmanaged.length} waited and said that the window manager had ended, which it had, ${failing.length} failed.`
  return [
    sum,
    ...unmanaged.map(({ title }) => `- ended: ${title}`),
    ...failing.map(({ title }) => `- **fails**: ${title}`),
  ].join('\n')
}

function writePage() {
  const seen = readSeen()
  /** @param {Part} part */
  const of = (part) => seen.filter(([key]) => key.startsWith(part)).map(([, result]) => result)
  const page = `# Desks

What \`npm run desks\` saw last, which made this page: Debian's window managers and clipboard managers, each with a person, three agents and Waggle.
The agents' own logs told where each message went, the X server how the desk was left. Rows, columns and draws may be of several runs: each is the last that was seen of it.

## Window managers

\`ok\`: each message is in its agent's log and in no other's, and workspace, focus, pointer, and what is fullscreen, minimized, rolled up or on top are as before, looked at
again once all was given back. \`waits\`: it is not delivered, and says why. \`warns\`: the doctor does. \`-\`: this window manager has no such thing. Empty: not tried. Each row is a desktop of its own, with the window
manager's own settings but for what its name says: *strict* steals no focus (xfwm4's \`activate_action=none\`, KWin's level *Extreme*).

${managersTable(of('managers'))}

## Keyboards

\`ok\`: a text arrives; with Shift, Ctrl, Alt, Super and AltGr each held, latched and locked, and with slow, bounce, sticky and mouse keys each on, no key, no click and no letter does, the
reason is the true one, and a text arrives again afterwards. Programs press on a keyboard of their own (XTEST's), whose layout may be another than that of the person's.

${managersTable(of('keyboards'))}

## Clipboard managers

\`ok\`: three messages were delivered, and what had been copied and what had been marked are as before.

${clipboardTable(of('clipboard'))}

## What lies over an input

\`ok\`: the message waited with the true reason, and was tried anew within two seconds of its going, long before the clock would have.

${overTable(of('over'))}

## Where Waggle was started

\`ok\`: it came up there and delivered, and the doctor said where it was started and what it lacked; without a display it said so.

${overTable(of('starts'))}

## Desks drawn by chance

By \`npm run desks -- --draws 200\`: keyboard layout, on both keyboards or on the person's alone, a modifier held, latched or locked, AccessX, clipboard manager, window manager, and where the agent stands.

${drawsWords(of('draws'))}

${ENDED_BY_ITSELF}

## What cannot be given back

${NOT_GIVEN_BACK}
`
  writeFileSync(join(projectRoot, 'docs', 'desks.md'), page)
  say('Wrote docs/desks.md.')
}

const ENDED_BY_ITSELF = `A window manager may end by itself; a message then waits and says so, and nothing is clicked. Seen with fluxbox 1.3.5 where it found no file of keys, as in a home that does not
exist or cannot be written to: at the first key from another keyboard than the one before (a person's, then a program's) it ends with SIGSEGV, without Waggle and with xdotool alone just so
(a MappingNotify; \`Keys::regrab\` hands \`Keys::setKeyMode\` a list that was never made). With a home it has not ended.`

const NOT_GIVEN_BACK = `- Which of several windows lies over which, but for the person's own in front; nor which tab of a frame of fluxbox or IceWM was shown.
- dwm brings no window to the front for a program: agents whose inputs can be seen get their messages, others wait, and the doctor says so.`

async function makePage() {
  writePage()
  const [format, words] = npm(['run', '--silent', 'format'])
  await run(format, [...words, '--', 'docs/desks.md'], { cwd: projectRoot })
}

const others = /** @type {const} */ (['keyboards', 'clipboard', 'over', 'starts'])

/**
 * @param {boolean} isDrawn
 * @param {readonly string[]} names
 * @returns {Part[]}
 */
function partsOf(isDrawn, names) {
  if (isDrawn) return ['draws']
  if (names.length === 0) return ['managers', ...others]
  const part = others.find((one) => names.includes(one))
  return [part ?? 'managers']
}

const options = /** @type {const} */ ({
  draws: { type: 'string' },
  seed: { type: 'string', default: '1' },
  from: { type: 'string', default: '1' },
  to: { type: 'string' },
  only: { type: 'string' },
  page: { type: 'boolean' },
})

await whenStarted(import.meta.url, async () => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const { draws, seed, from, only } = values
  if (!values.page) {
    const names = positionals.filter((name) => !others.some((other) => other === name))
    const env = {
      ...process.env,
      ...(names.length > 0 && { WAGGLE_DESKS: names.join('|') }),
      ...(draws !== undefined && {
        WAGGLE_DRAWS: draws,
        WAGGLE_SEED: seed,
        WAGGLE_FROM: from,
        WAGGLE_TO: values.to ?? draws,
      }),
    }
    await setup({ desktop: true, inputs: false, build: false })
    const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs')
    const parts = partsOf(draws !== undefined, positionals)
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    await rm(report, { force: true })
    const cases = only === undefined ? [] : ['-t', only]
    const words = [vitest, 'run', '--project', 'desks', ...parts, ...cases, ...reporters]
    const { code } = await run(process.execPath, words, { cwd: projectRoot, env })
    const isWhole = only === undefined && (draws === undefined ? names.length === 0 : from === '1')
    addSeen(isWhole ? parts : [])
    await makePage()
    return code
  }
  await makePage()
  return 0
})
