import { benchAcks } from './acks'
import { benchDeliveries } from './deliveries'
import { benchHistory } from './history'

const benches: Readonly<Record<string, (argument?: string) => Promise<unknown>>> = {
  acks: () => benchAcks(),
  deliveries: () => benchDeliveries(),
  history: (count) => benchHistory(count === undefined ? undefined : Number(count)),
}

/** What runs when none is named; `history` fills a disk for minutes and is asked for by name. */
const usual = ['acks', 'deliveries']

const [name, argument] = process.argv.slice(2)
if (name === undefined) for (const each of usual) await benches[each]?.()
else if (benches[name]) await benches[name](argument)
else {
  console.error(`There is no benchmark "${name}". Choose one of: ${Object.keys(benches).join(', ')}.`)
  process.exitCode = 2
}
