// Points at which the app can be killed: before and after whatever it changes outside itself. Between two of them nothing
// changes, so a crash at any other moment is a crash at one of these.
//   KILL_AT      the point at which the process ends itself as `kill -9` does, e.g. "work: before desktop press#2"
//   KILL_LOG     a file to which every point is written when it is reached
//   KILL_THREAD  the point at which the desktop's thread alone is ended
import childProcess from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import threads from 'node:worker_threads'

const { KILL_AT = '', KILL_LOG = '', KILL_THREAD = '', WAGGLE_HOME = '' } = process.env
const append = fs.appendFileSync
/** @type {Map<string, number>} */
const counts = new Map()
/** Counted anew once a message is to be written: what comes before depends on how the last run ended. */
let phase = 'start'

/** A message is about to be written. */
export function beginWork() {
  if (phase !== 'start') return
  phase = 'work'
  counts.clear()
}

/** @param {string} point */
function reach(point) {
  const count = (counts.get(point) ?? 0) + 1
  counts.set(point, count)
  const name = `${phase}: ${point}#${count}`
  if (KILL_LOG) append(KILL_LOG, `${name}\n`)
  if (name === KILL_AT) process.kill(process.pid, 'SIGKILL')
  if (name === KILL_THREAD) endThread()
}

/** Ends the thread that was begun last. */
let endThread = () => {}

/**
 * @template T
 * @param {string} what
 * @param {() => T} act
 * @returns {T}
 */
export function around(what, act) {
  reach(`before ${what}`)
  const result = act()
  reach(`after ${what}`)
  return result
}

/**
 * Puts `wrap` around a method.
 * @param {any} owner
 * @param {string} name
 * @param {(self: any, args: any[], act: () => any) => any} wrap
 */
function patch(owner, name, wrap) {
  const real = owner[name]
  /** @param {any[]} args */
  function patched(...args) {
    // @ts-expect-error -- it stands in for a method
    return wrap(this, args, () => real.apply(this, args))
  }
  owner[name] = Object.assign(patched, real)
}

export function watchMain() {
  watchFiles()
  watchDesktop()
  watchPrograms()
  patch(net.Socket.prototype, 'write', (_self, [data], act) => {
    const method = /"method":"event"/.test(String(data))
      ? 'news'
      : /"errand"|"paste"|"enter"/.exec(String(data))?.[0]
    return method === undefined ? act() : around(`pipe ${method}`, act)
  })
  syncBuiltinESMExports()
}

/** The lock, its stamp, the endpoint and the settings. */
function watchFiles() {
  for (const name of ['mkdirSync', 'rmdirSync', 'rmSync', 'renameSync', 'openSync', 'writeFileSync'])
    patch(fs, name, (_self, args, act) => {
      const [path, flags] = args
      if (
        !String(path).startsWith(WAGGLE_HOME) ||
        (name === 'openSync' && !(Number(flags) & fs.constants.O_CREAT))
      )
        return act()
      const file = String(path)
        .slice(WAGGLE_HOME.length)
        .replaceAll(/[0-9a-f]{6,}|\d+/g, 'N')
      return /logs|Cache|Partitions/.test(file) ? act() : around(`${name} ${file}`, act)
    })
}

const acts = ['raise', 'movePointer', 'click', 'press', 'offerText', 'keepClipboard', 'restoreClipboard']

/** @param {{method: string, args: readonly any[]}} call */
function actOf({ method, args }) {
  if (!acts.includes(method)) return undefined
  const keys =
    method === 'press'
      ? ` ${args
          .slice(1)
          .map((chord) => chord.join('+'))
          .join(' ')}`
      : ''
  return `desktop ${method}${keys}`
}

function watchDesktop() {
  /** @type {Map<number, string>} */
  const asked = new Map()
  patch(threads.Worker.prototype, 'postMessage', (_self, [call], act) => {
    const what = actOf(call)
    if (what === undefined) return act()
    asked.set(call.id, what)
    reach(`before ${what}`)
    return act()
  })
  patch(threads.Worker.prototype, 'emit', (_self, [event, reply], act) => {
    const what = event === 'message' ? asked.get(reply?.id) : undefined
    if (what !== undefined) reach(`after ${what}`)
    return act()
  })
  const Real = threads.Worker
  threads.Worker = class extends Real {
    /** @param {string} file @param {object} options */
    constructor(file, options) {
      super(new URL('worker.mjs', import.meta.url), { ...options, argv: [file] })
      endThread = () => void this.terminate()
    }
  }
}

/** tmux. */
function watchPrograms() {
  patch(childProcess, 'execFile', (self, args, act) => {
    const [program, words, options, done] = args
    if (program !== 'tmux') return act()
    const what = `tmux ${words[0]}`
    reach(`before ${what}`)
    return realExecFile.call(self, program, words, options, (/** @type {any[]} */ ...answer) => {
      reach(`after ${what}`)
      done(...answer)
    })
  })
}
const realExecFile = /** @type {any} */ (childProcess.execFile)

/** Each writing to the X server while it acts: between two of them keys may be down. */
export function watchWorker() {
  let what = ''
  const { parentPort } = threads
  if (!parentPort) return
  phase = 'thread'
  parentPort.on('message', (call) => (what = actOf(call) ?? ''))
  patch(net.Socket.prototype, 'write', (_self, _args, act) => {
    const result = act()
    if (what !== '') reach(`x11 write in ${what}`)
    return result
  })
}
