import log from 'electron-log/node.js'
import { join } from 'node:path'
import type { Log } from './log'

const levels = ['error', 'warn', 'info', 'debug'] as const
type Level = (typeof levels)[number]

interface AppLogOptions {
  readonly home: string
  /** `WAGGLE_LOG`; anything unknown counts as info. */
  readonly level: string | undefined
  /** Also on stderr. */
  readonly development: boolean
}

/** The app's log: `logs/waggle.log` in the home, a new file at 5 MiB with the last one kept beside it. */
export function openLog({ home, level, development }: AppLogOptions): Log {
  const wanted = levels.find((one): one is Level => one === level) ?? 'info'
  const logger = log.create({ logId: 'waggle' })
  logger.transports.file.resolvePathFn = () => join(home, 'logs', 'waggle.log')
  logger.transports.file.maxSize = 5 * 1024 * 1024
  logger.transports.file.level = wanted
  logger.transports.console.level = development ? wanted : false
  logger.transports.console.writeFn = ({ message }) => {
    process.stderr.write(`${message.data.map(String).join(' ')}\n`)
  }
  return logger
}
