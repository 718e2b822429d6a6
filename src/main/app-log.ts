import log from 'electron-log/node.js'
import { join } from 'node:path'
import type { Log } from './log'

const levels = ['error', 'warn', 'info', 'debug'] as const
type Level = (typeof levels)[number]

export interface AppLog extends Log {
  /** Writes from this level on; `WAGGLE_LOG` wins over it. */
  useLevel(level: Level): void
}

interface AppLogOptions {
  readonly home: string
  /** `WAGGLE_LOG`; anything unknown counts as not set, and the setting decides. */
  readonly level: string | undefined
  /** Also on stderr. */
  readonly development: boolean
}

const isLevel = (word: unknown): word is Level => levels.some((one) => one === word)

/** The app's log: `logs/waggle.log` in the home, a new file at 5 MiB with the last one kept beside it. */
export function openLog({ home, level, development }: AppLogOptions): AppLog {
  const logger = log.create({ logId: 'waggle' })
  logger.transports.file.resolvePathFn = () => join(home, 'logs', 'waggle.log')
  logger.transports.file.maxSize = 5 * 1024 * 1024
  logger.transports.console.writeFn = ({ message }) => {
    process.stderr.write(`${message.data.map(String).join(' ')}\n`)
  }
  const use = (wanted: Level) => {
    logger.transports.file.level = wanted
    logger.transports.console.level = development ? wanted : false
  }
  use(isLevel(level) ? level : 'info')
  return Object.assign(logger, { useLevel: (wanted: Level) => !isLevel(level) && use(wanted) })
}
