import { appendFileSync } from 'node:fs'
import { systemClock } from '../../src/main/clock'
import { lockHolder } from '../../src/main/desktop/lock/desktop-lock'
import { createTurns } from '../../src/main/desktop/lock/turns'
import { silentLog } from '../fakes/silent-log'

// A process that wants one turn and goes on asking as the courier does, writing to a journal what it was told.
const [path = '', journal = ''] = process.argv.slice(2)
const turns = createTurns({
  lock: () => ({ path, retryMs: 5, retryFactor: 1.5, retryMaxMs: 50, timeoutMs: 30_000 }),
  clock: systemClock,
  log: silentLog,
})
const write = (line: string) => appendFileSync(journal, `${line}\n`)

for (;;) {
  try {
    await turns.withTurn('mine', async ({ check }) => {
      check()
      write('turn')
    })
    break
  } catch (error) {
    write(`refused ${String(error)}`)
    write(`holder ${lockHolder(path)?.reason ?? 'none'}`)
    await systemClock.wait(50)
  }
}
