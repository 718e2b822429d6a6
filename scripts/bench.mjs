// Bundles the benchmarks for this Node and runs one: npm run bench [-- acks | deliveries | hostile | inputs [WIDGET,…] | pipe | window | history [COUNT] | scale [COUNT] | retention [COUNT]]
import { bundle } from './lib/bundle.mjs'
import { run } from './lib/run.mjs'

const program = await bundle('bench/main.ts', 'bench')
const { code } = await run(process.execPath, [program, ...process.argv.slice(2)])
process.exitCode = code
