/** Ends a script with one sentence for the user and no stack. */
export class Stop extends Error {}

/**
 * Tells the user what goes on; on stderr, so that stdout holds results only.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * Announces a long piece of work and repeats every ten seconds that it still goes on.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(what, work) {
  const start = performance.now()
  const elapsed = () => `${Math.round((performance.now() - start) / 1000)} s`
  say(`${what} …`)
  const timer = setInterval(() => say(`  … ${elapsed()}`), 10_000)
  try {
    const result = await work()
    say(`  done in ${elapsed()}`)
    return result
  } finally {
    clearInterval(timer)
  }
}

/**
 * Runs a script's main function when the script itself was started, not imported; a {@link Stop} becomes exit code 1.
 * @param {string} url the script's import.meta.url
 * @param {() => Promise<number | void>} main resolves with the exit code
 */
export async function whenStarted(url, main) {
  const { pathToFileURL } = await import('node:url')
  const { realpathSync } = await import('node:fs')
  const started = process.argv[1]
  if (!started || pathToFileURL(realpathSync(started)).href !== url) return
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    say(error.message)
    process.exitCode = 1
  }
}
