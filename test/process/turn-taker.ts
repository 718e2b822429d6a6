import { appendFileSync } from 'node:fs'
import { systemClock } from '../../src/main/clock'
import { createTurns } from '../../src/main/desktop/lock/turns'
import { silentLog } from '../fakes/silent-log'

// A process that takes turns on the lock it is given and writes what it saw to a journal: `enter`, `leave`, `lost`.
const [path = '', journal = '', count = '1', mode = 'brief'] = process.argv.slice(2)

const turns = createTurns({
  lock: () => ({ path, retryMs: 5, retryFactor: 1.5, retryMaxMs: 50, timeoutMs: 30_000 }),
  clock: systemClock,
  log: silentLog,
})

function write(word: string): void {
  appendFileSync(journal, `${word} ${process.pid}\n`)
}

/** A listener for a signal alone does not keep a process alive. */
async function toldToGoOn(): Promise<void> {
  const alive = setInterval(() => undefined, 1000)
  await new Promise((resolve) => process.once('SIGUSR2', resolve))
  clearInterval(alive)
}

for (let turn = 0; turn < Number(count); turn++) {
  await turns.withTurn(`turn ${turn}`, async ({ check }) => {
    write('enter')
    if (mode === 'hold') await toldToGoOn()
    else await systemClock.wait(2)
    try {
      check()
    } catch {
      write('lost')
      return
    }
    write('leave')
  })
}
