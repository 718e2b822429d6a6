import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { projectRoot } from '../../scripts/lib/paths.mjs'

const script = join(projectRoot, 'scripts', 'desktop.mjs')
const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

interface Child {
  readonly pid: number
  readonly name: string
}

/** Starts a virtual desktop with a command that stays; resolves with the processes that its owner has started. */
async function startDesktop(): Promise<{ owner: ChildProcess; children: Child[] }> {
  const owner = spawn(process.execPath, [script, '--', 'sh', '-c', 'echo ready; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(owner)
  await once(createInterface({ input: owner.stdout }), 'line')
  const pids = readFileSync(`/proc/${owner.pid}/task/${owner.pid}/children`, 'utf8').trim().split(' ')
  return { owner, children: pids.map((pid) => ({ pid: Number(pid), name: nameOf(pid) })) }
}

/** Empty once the process is gone. */
function nameOf(pid: string): string {
  try {
    const [, name = '', state] = /\((.*)\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return state === 'Z' ? '' : name
  } catch {
    return ''
  }
}

describe('a virtual desktop', () => {
  it('has a screen, a session bus and a window manager, and is not the one it was started from', () => {
    const look =
      'xprop -root _NET_SUPPORTING_WM_CHECK; echo $DISPLAY; echo $DBUS_SESSION_BUS_ADDRESS; echo "[$WAYLAND_DISPLAY]"'
    const env = { ...process.env, WAYLAND_DISPLAY: 'wayland-9' }
    const { stdout, status } = spawnSync(process.execPath, [script, '--', 'sh', '-c', look], {
      env,
      encoding: 'utf8',
    })
    const [manager, display, bus, wayland] = stdout.split('\n')
    expect(status).toBe(0)
    expect(manager).toContain('window id #')
    expect(display).not.toBe(process.env.DISPLAY)
    expect(bus).toMatch(/^unix:/)
    expect(wayland).toBe('[]')
  })

  it('passes the exit code of its command on', () => {
    expect(spawnSync(process.execPath, [script, '--', 'sh', '-c', 'exit 7']).status).toBe(7)
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
    'leaves no process behind after %s to its owner',
    async (signal) => {
      const { owner, children } = await startDesktop()
      const servers = children.filter(({ name }) => ['Xvfb', 'dbus-daemon', 'openbox'].includes(name))
      expect(servers).toHaveLength(3)
      owner.kill(signal)
      const left = (): Child[] => servers.filter(({ pid }) => nameOf(String(pid)) !== '')
      await vi.waitFor(() => expect(left()).toEqual([]), { timeout: 10_000 })
      // Killed outright, the owner passes nothing on; the command has no window and so does not notice.
      if (signal !== 'SIGKILL') return
      for (const { pid } of children.filter((child) => !servers.includes(child))) process.kill(pid)
    },
  )
})
