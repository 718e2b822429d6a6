import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { cacheFolder, projectRoot } from '../scripts/lib/paths.mjs'
import { run } from '../scripts/lib/run.mjs'
import { acts } from './acts'
import { isAllRight } from './judge'
import { play, type Played } from './play'
import { progressLine } from './progress-line'
import { comparison, conclusion } from './report'
import { withStage, type Stage } from './stage'

const results = join(cacheFolder, 'demo')
const end = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end.abort())

const say = (line: string): void => void process.stderr.write(`${line}\n`)
try {
  const here = process.argv.includes('--here')
  process.exitCode = await withStage({ here, say, signal: end.signal }, perform)
} catch (error) {
  if (!end.signal.aborted) throw error
  say('\nStopped; everything is taken down.')
  process.exitCode = 130
}

/** Plays every act and resolves with the exit code. */
async function perform(stage: Stage): Promise<number> {
  const played: Played[] = []
  for (const act of acts(join(stage.folder, 'script-lock'))) {
    const line = progressLine(act.title, act.scenario.senders * act.scenario.each)
    const one = await play(stage, { act, root: projectRoot, signal: end.signal, progress: line.step })
    line.done(isAllRight(one.verdict) ? 'all right' : 'not all right')
    played.push(one)
    if (act.picture) await screenshot(stage)
  }
  const { allRight, text } = conclusion(played)
  process.stdout.write(`\n${comparison(played)}\n\n${text}\n`)
  if (!allRight) keepEvidence(stage, played)
  return allRight ? 0 : 1
}

async function screenshot({ env }: Stage): Promise<void> {
  const path = join(results, 'screenshot.png')
  mkdirSync(results, { recursive: true })
  const { code, stderr } = await run('import', ['-window', 'root', path], { env, capture: true })
  say(code === 0 ? `  picture: ${relative(process.cwd(), path)}` : `  no picture: ${stderr.trim()}`)
}

/** What is needed to find out why a message went astray, before the stage is taken down. */
function keepEvidence({ keepHome }: Stage, played: readonly Played[]): void {
  mkdirSync(results, { recursive: true })
  writeFileSync(join(results, 'played.json'), JSON.stringify(played, undefined, 1))
  keepHome(join(results, 'home'))
  process.stdout.write(
    `All that was sent and arrived, and Waggle's log: ${relative(process.cwd(), results)}\n`,
  )
}
