import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { cacheFolder, projectRoot } from './lib/paths.mjs'
import { Stop, say, whenStarted, withProgress } from './lib/progress.mjs'
import { npm, run } from './lib/run.mjs'

const usage = `usage: npm run real-agents [-- NAME…]   tries deliveries to the real Claude Code, Codex and Gemini CLI, in a terminal
                                        and in tmux, against a model server of the project's own, and MCP's official
                                        tools on "waggle mcp"; NAME: Codex, …, conformance, inspector`

/** The versions that docs/terminals.md and docs/mcp.md speak of. */
const programs = {
  '@anthropic-ai/claude-code': '2.1.197',
  '@openai/codex': '0.171.0',
  '@google/gemini-cli': '0.61.0',
  '@modelcontextprotocol/conformance': '0.1.16',
  '@modelcontextprotocol/inspector': '2.12.0',
  // Both tools want a newer one than Waggle does.
  node: '22.23.3',
}
const folder = join(cacheFolder, 'real-agents')

/** Into the cache, with no script of theirs but those that put the programs of Claude Code and Node in their place. */
async function install() {
  const packages = Object.entries(programs).map(([name, version]) => `${name}@${version}`)
  const stamp = join(folder, 'installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === packages.join('\n')) return
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n')
  const [command, args] = npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages])
  const options = { cwd: folder, capture: true }
  const { code, stderr } = await withProgress('Installing the agents', () => run(command, args, options))
  if (code !== 0) throw new Stop(`${stderr}\nThe agents could not be installed.`)
  for (const script of ['@anthropic-ai/claude-code/install.cjs', 'node/installArchSpecificPackage.js']) {
    const path = join(folder, 'node_modules', script)
    await run(process.execPath, [path], { cwd: dirname(path), capture: true })
  }
  await writeFile(stamp, packages.join('\n'))
}

/**
 * In a network of its own that knows only itself, where the system lets us make one. X servers find their number by the
 * network's sockets and would take each other's files there, so these are its own, too.
 */
function closedIn() {
  const sockets = '/tmp/.X11-unix'
  const up = `ip link set lo up && mkdir -p ${sockets} && mount -t tmpfs none ${sockets} && exec "$@"`
  const args = ['-rnm', 'sh', '-c', up, 'sh']
  const { status } = spawnSync('unshare', [...args, 'true'], { stdio: 'ignore' })
  return status === 0 ? ['unshare', ...args] : []
}

await whenStarted(import.meta.url, async () => {
  const names = process.argv.slice(2)
  if (names.includes('--help')) throw new Stop(usage)
  await install()
  await rm(join(folder, 'rows.txt'), { force: true })
  const closed = closedIn()
  if (closed.length === 0)
    say('No network of its own can be made here; the agents are only told to use none.')
  const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs')
  const only = names.length > 0 ? ['-t', names.join('|')] : []
  const whole = [
    ...closed,
    process.execPath,
    vitest,
    'run',
    '--project',
    'real-agents',
    '--reporter=verbose',
    ...only,
  ]
  const [program = '', ...args] = whole
  const { code } = await run(program, args, { cwd: projectRoot })
  return code
})
