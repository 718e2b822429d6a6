import { say, Stop } from '../scripts/lib/progress.mjs'
import { benchAcks } from './acks'
import { benchDeliveries } from './deliveries'
import { benchHistory } from './history'
import { benchHostile } from './hostile'
import { benchInputs } from './inputs'
import { benchPipe } from './pipe'
import { benchRetention } from './retention'
import { benchScale } from './scale'
import { benchSend } from './send'
import { benchWindow } from './window'

const benches: Readonly<Record<string, (argument?: string) => Promise<unknown>>> = {
  acks: () => benchAcks(),
  deliveries: () => benchDeliveries(),
  hostile: () => benchHostile(),
  inputs: (widgets) => benchInputs(widgets),
  send: () => benchSend(),
  window: () => benchWindow(),
  pipe: () => benchPipe(),
  retention: (count) => benchRetention(count === undefined ? undefined : Number(count)),
  scale: (count) => benchScale(count === undefined ? undefined : Number(count)),
  history: (count) => benchHistory(count === undefined ? undefined : Number(count)),
}

/** What runs when none is named. */
const usual = ['acks', 'deliveries', 'inputs', 'send', 'window', 'history']

const [asked, argument] = process.argv.slice(2)
try {
  for (const name of asked === undefined ? usual : [asked]) {
    const bench = benches[name]
    if (!bench)
      throw new Stop(`There is no benchmark "${name}": choose of ${Object.keys(benches).join(', ')}.`)
    await bench(argument)
  }
} catch (error) {
  if (!(error instanceof Stop)) throw error
  say(error.message)
  process.exitCode = 1
}
