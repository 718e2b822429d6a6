// Loaded before a program, lets its clocks and timers run SPEED times as fast. Half a day of its time after it is told so on stdin a day begins,
// at whose end it writes how many timers were set meanwhile and how much the memory grew, as a line of JSON on stdout.
const speed = Number(process.env.SPEED)
const HOUR_MS = 3_600_000
const [wall, steady] = [Date.now.bind(Date), performance.now.bind(performance)]
const [wallThen, steadyThen] = [wall(), steady()]
Date.now = () => wallThen + (wall() - wallThen) * speed
Object.defineProperty(performance, 'now', { value: () => steadyThen + (steady() - steadyThen) * speed })

let timers = 0
/** @param {(call: () => void, ms: number, ...args: unknown[]) => unknown} set */
const spedUp = (set) =>
  /** @param {() => void} call @param {number} [ms] @param {unknown[]} args */
  function (call, ms = 0, ...args) {
    timers += 1
    return set(call, ms / speed, ...args)
  }
Object.assign(globalThis, { setTimeout: spedUp(setTimeout), setInterval: spedUp(setInterval) })

const heap = () => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
// What the start leaves to be done takes its time.
process.stdin.once('data', () =>
  setTimeout(() => {
    const before = { timers, heap: heap() }
    setTimeout(() => {
      const told = { timers: timers - before.timers - 1, grown: heap() - before.heap }
      process.stdout.write(`${JSON.stringify(told)}\n`)
    }, 24 * HOUR_MS)
  }, 12 * HOUR_MS),
)
