import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readJson } from './lib/json.mjs'
import { cacheFolder, projectRoot } from './lib/paths.mjs'
import { say, whenStarted } from './lib/progress.mjs'
import { npm, run } from './lib/run.mjs'
import { setup } from './setup.mjs'
import { withWine } from './test/with-wine.mjs'
import { stepsOf } from './test/suites.mjs'
import { countCheck, countTests, failuresOf, summaryLine, total } from './test/summary.mjs'

const reports = join(cacheFolder, 'test')

/** What failed, told once more behind all suites. @type {string[]} */
const failures = []

/**
 * @param {import('./test/suites.mjs').Step} step
 * @returns {Promise<import('./test/summary.mjs').Count>}
 */
async function runStep({ name, kind }) {
  const start = performance.now()
  say(`\n── ${kind === 'tests' ? 'tests: ' : ''}${name}`)
  const count = kind === 'tests' ? await runTests(name) : await runCheck(name)
  say(`── ${count.failed === 0 ? 'ok' : 'FAILED'}, ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return count
}

/** @param {string} script */
async function runCheck(script) {
  const [command, args] = npm(['run', '--silent', script])
  const { code } = await run(command, args, { cwd: projectRoot })
  if (code !== 0) failures.push(`${script}: its exit code was ${String(code)}`)
  return countCheck(code)
}

/** @param {string} project */
async function runTests(project) {
  const report = join(reports, `${project}.json`)
  await rm(report, { force: true })
  const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { code } = await run(process.execPath, [vitest, 'run', '--project', project, ...reporters], {
    cwd: projectRoot,
  })
  /** @type {import('./test/summary.mjs').VitestReport | undefined} */
  const read = existsSync(report) ? readJson(report) : undefined
  const count = countTests(read, code)
  if (count.failed > 0) failures.push(...failuresOf(read).map((failure) => `${project}: ${failure}`))
  return count
}

await whenStarted(import.meta.url, async () => {
  const wanted = stepsOf(process.argv.slice(2))
  const inputs = wanted.some(({ name }) => name.endsWith('inputs'))
  await setup({ desktop: true, inputs, build: false })
  const whyNot = withWine(wanted)
  await mkdir(reports, { recursive: true })
  const counts = []
  const left = []
  for (const step of wanted) {
    const why = await whyNot(step)
    if (why) left.push(why)
    // In CI no suite ever stays out.
    if (!why) counts.push(await runStep(step))
    else if (process.env.CI) counts.push(countCheck(1))
  }
  const sum = total(counts)
  for (const why of left) say(`\n${why}`)
  for (const failure of failures) say(`\nFAILED ${failure}`)
  process.stdout.write(`\n${summaryLine(sum)}\n`)
  return sum.failed === 0 ? 0 : 1
})
