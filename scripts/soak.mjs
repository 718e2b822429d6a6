// What takes longer than the gate may: npm run soak -- [--messages 1000] [--senders 16] [--kills 20] [--seed N]
//   npm run soak -- --schedules 1000000 [--seed N]   schedules of the model
//   npm run soak -- --points                         the app killed at every single change, each way; every write refused
import { join } from 'node:path'
import { projectRoot } from './lib/paths.mjs'
import { Stop, whenStarted } from './lib/progress.mjs'
import { run } from './lib/run.mjs'
import { setup } from './setup.mjs'

const values = ['messages', 'senders', 'kills', 'seed', 'schedules']

/** @param {readonly string[]} args */
function read(args) {
  /** @type {Record<string, string>} */
  const given = {}
  for (let index = 0; index < args.length; index += 1) {
    const name = (args[index] ?? '').replace(/^--/, '')
    if (name === 'points') given[name] = '1'
    else if (values.includes(name) && /^\d+$/.test(args[index + 1] ?? ''))
      given[name] = args[(index += 1)] ?? ''
    else throw new Stop(`usage: npm run soak -- [--${values.join(' N] [--')} N] [--points]`)
  }
  return given
}

/** @param {Record<string, string>} given @returns {{project: string, files: string[], env: Record<string, string>}[]} */
function partsOf({ points, schedules, seed, ...desk }) {
  const model = { MODEL_RUNS: schedules ?? '', ...(seed === undefined ? {} : { MODEL_SEED: seed }) }
  if (schedules !== undefined) return [{ project: 'unit', files: ['test/model'], env: model }]
  if (points !== undefined) return [{ project: 'killing', files: [], env: { SOAK: '1' } }]
  const numbers = Object.entries({ ...desk, seed }).filter(([, value]) => value !== undefined)
  const env = Object.fromEntries(
    numbers.map(([name, value]) => [`SOAK_${name.toUpperCase()}`, String(value)]),
  )
  return [{ project: 'soak', files: [], env }]
}

await whenStarted(import.meta.url, async () => {
  const parts = partsOf(read(process.argv.slice(2)))
  await setup({ desktop: true, inputs: parts.some(({ project }) => project === 'soak'), build: false })
  const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs')
  let failed = 0
  for (const { project, files, env } of parts) {
    const options = { cwd: projectRoot, env: { ...process.env, ...env } }
    const { code } = await run(process.execPath, [vitest, 'run', '--project', project, ...files], options)
    if (code !== 0) failed = 1
  }
  return failed
})
