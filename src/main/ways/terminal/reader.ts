import { readFileSync, readdirSync } from 'node:fs'
import { uptime } from 'node:os'
import { basename } from 'node:path'
import type { Reader } from '../../looking/standing'

interface Stat {
  readonly pid: number
  readonly name: string
  readonly state: string
  readonly parent: number
  readonly group: number
  /** The terminal it stands in, by the kernel's number; 0: in none. */
  readonly terminal: number
  /** The group in the foreground of its terminal. */
  readonly foreground: number
  readonly startedAt: string
}

const SHELLS = new Set(
  'sh bash dash zsh fish ksh mksh ash tcsh csh nu pwsh elvish xonsh busybox login su'.split(' '),
)
/** Programs that show a terminal of another place: who reads there cannot be told from here. */
const RELAYS = new Set(
  'ssh mosh-client mosh tmux screen zellij docker podman kubectl script telnet'.split(' '),
)

/**
 * Who reads the terminal whose session `leader` leads (or that `leader` stands in): the group in its foreground;
 * undefined when there is none. Linux only: it reads /proc.
 */
export function readerOf(leader: number): Reader | undefined {
  const own = statOf(leader)
  if (!own || own.foreground <= 0) return undefined
  const first = statOf(own.foreground)
  if (!first || first.state === 'Z') return undefined
  const name = nameOf(own.foreground, first.name)
  // Often the leader only waits for the agent: a script, npx.
  const members = membersOf(own.foreground)
  return {
    id: `${own.foreground}@${first.startedAt}`,
    name,
    isStopped: members.some(({ state }) => STOPPED.test(state)),
    kind: kindOf(name, members),
  }
}

/** True while that program is stopped and has not ended. */
export function isStopped(readerId: string): boolean {
  return isAlive(readerId) && STOPPED.test(statOf(pidOf(readerId))?.state ?? '')
}

/** Without a program to run they read commands themselves. */
const INTERPRETERS = /^(?:node(?:js)?|python[\d.]*|ipython3?|bun|deno|ruby|irb|perl)$/
/** What such a one is told to run, where that is no file. */
const INLINE = /^(?:-[ecp]|--eval|--print)$/

const STOPPED = /^[Tt]$/

/** The process that started the program which a {@link Reader}'s id names. */
export function parentOf(readerId: string): number | undefined {
  return statOf(pidOf(readerId))?.parent
}

/** When that program was started, in ms since 1970; undefined once it has ended. */
export function startOf(readerId: string): number | undefined {
  const stat = statOf(pidOf(readerId))
  return stat && startedAt(stat)
}

/** A process of a program in a terminal: an agent is often the child of a script. */
export interface Process {
  readonly pid: number
  /** As that of a {@link Reader}. */
  readonly name: string
  /** In ms since 1970. */
  readonly startedAt: number
}

/** The processes of the program that a {@link Reader}'s id names. */
export function processesOf(readerId: string): Process[] {
  if (!isAlive(readerId)) return []
  return membersOf(pidOf(readerId)).map((stat) => ({
    pid: stat.pid,
    name: nameOf(stat.pid, stat.name),
    startedAt: startedAt(stat),
  }))
}

function startedAt(stat: Stat): number {
  return Date.now() - (uptime() - Number(stat.startedAt) / TICKS_A_SECOND) * 1000
}

/** Of the kernel's clock for such files, on all systems that Node runs on. */
const TICKS_A_SECOND = 100

function pidOf(readerId: string): number {
  return Number.parseInt(readerId, 10)
}

/** False once the program that a {@link Reader}'s id names has ended. */
export function isAlive(readerId: string): boolean {
  const stat = statOf(pidOf(readerId))
  return stat !== undefined && readerId.endsWith(`@${stat.startedAt}`) && stat.state !== 'Z'
}

function kindOf(name: string, members: readonly Stat[]): Reader['kind'] {
  if (RELAYS.has(name)) return 'relay'
  if (INTERPRETERS.test(name)) return 'other'
  if (!SHELLS.has(name)) return 'program'
  // A script that only waits for the agent it has started is no shell that reads.
  return members.every((member) => SHELLS.has(member.name)) ? 'other' : 'program'
}

/** The processes of a group: its leader, and what that has started and left in it. */
function membersOf(leader: number, group = leader): Stat[] {
  const stat = statOf(leader)
  if (!stat || stat.group !== group || stat.state === 'Z') return []
  return [stat, ...childrenOf(leader).flatMap((child) => membersOf(child, group))]
}

/** Of all its threads: terminals start their programs in one of their own. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      const list = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim()
      return list === '' ? [] : list.split(' ').map(Number)
    })
  } catch {
    return []
  }
}

/** The one terminal that a window's process has made. */
export interface TerminalBelow {
  /** A process that stands in it. */
  readonly member: number
  /** Its device: /dev/pts/3. */
  readonly device: string
}

/**
 * The terminal below the process that owns a window, where it has exactly one: two tabs, or two windows of one process, and
 * nobody can tell from outside which one a window shows.
 */
export function terminalBelow(pid: number): TerminalBelow | 'none' | 'several' {
  const own = statOf(pid)
  const found = new Map<number, number>()
  const search = (parent: number): void => {
    for (const child of childrenOf(parent)) {
      const stat = statOf(child)
      if (!stat) continue
      // Below one that stands in a terminal are its programs, and terminals of their own: those are no window's.
      if (stat.terminal === 0 || stat.terminal === own?.terminal) search(child)
      else found.set(stat.terminal, child)
    }
  }
  search(pid)
  const [first, ...others] = found
  if (!first) return 'none'
  return others.length > 0 ? 'several' : { member: first[1], device: deviceOf(first[0]) }
}

/** Linux writes the two halves of a device's number in pieces; pseudo-terminals are 136 and following. */
function deviceOf(terminal: number): string {
  const major = (terminal >> 8) & 0xfff
  const minor = (terminal & 0xff) | ((terminal >> 12) & 0xfff00)
  return `/dev/pts/${(major - 136) * 256 + minor}`
}

/** The kernel's name is cut after 15 characters and may have been changed; a login shell's begins with a dash. */
function nameOf(pid: number, kernelName: string): string {
  // A pane that has just been made: tmux has not become the program yet.
  if (kernelName.startsWith('tmux')) return 'tmux'
  if (SHELLS.has(kernelName) || RELAYS.has(kernelName)) return kernelName
  try {
    const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    const own = basename(program).replace(/^-/, '')
    if (INTERPRETERS.test(own)) return scriptOf(own, args)
    return SHELLS.has(own) || RELAYS.has(own) ? own : kernelName
  } catch {
    return kernelName
  }
}

/** An agent in Node or Python is the script that this runs: the interpreter's name is everybody's. */
function scriptOf(interpreter: string, args: readonly string[]): string {
  if (args.some((arg) => INLINE.test(arg))) return `${interpreter} script`
  const script = args.find((arg) => arg !== '' && !arg.startsWith('-'))
  return script === undefined ? interpreter : basename(script)
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const nameEnd = text.lastIndexOf(')')
    const [state = '', parent, group, , terminal, foreground, ...rest] = text.slice(nameEnd + 2).split(' ')
    return {
      pid,
      name: text.slice(text.indexOf('(') + 1, nameEnd),
      state,
      parent: Number(parent),
      group: Number(group),
      terminal: Number(terminal),
      foreground: Number(foreground),
      startedAt: rest[13] ?? '',
    }
  } catch {
    return undefined
  }
}
