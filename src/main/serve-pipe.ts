import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { PROTOCOL } from '../contract/endpoint'
import type { Dispatch } from './doors/handlers'
import { listenOnPipe } from './doors/pipe-door'
import { newToken, pipePath, removeEndpoint, writeEndpoint } from './home'
import { folderInTmp, ownSurroundings, userFolder } from './private-folder'
import type { LiveSettings } from './settings'
import type { Log } from './log'

interface ServePipeDeps {
  readonly home: string
  /** From {@link ownPipePath}. */
  readonly path: string
  readonly version: string
  readonly log: Log
  readonly dispatch: Dispatch
  readonly settings: Pick<LiveSettings, 'current'>
}

/** Where this process's pipe listens. Throws when no place for it is safe. */
export function ownPipePath(home: string): string {
  return pipePath(home, {
    platform: process.platform,
    folders: [() => userFolder(ownSurroundings(tmpdir())), () => folderInTmp(process.getuid?.() ?? 0)],
    random: () => randomBytes(16).toString('hex'),
  })
}

/** Opens the pipe and tells scripts where it is; returns the way to close both. */
export async function servePipe({
  home,
  path,
  version,
  log,
  dispatch,
  settings,
}: ServePipeDeps): Promise<() => Promise<void>> {
  const token = newToken()
  // Node's pipes on Windows let every user read; elsewhere the socket's mode keeps others out.
  const requireHello = process.platform === 'win32'
  const door = await listenOnPipe({
    path,
    token,
    requireHello,
    dispatch,
    defaultSender: 'script',
    mostConnections: () => settings.current().pipe.connections,
    log,
  })
  const endpoint = { path, pid: process.pid, version, protocol: PROTOCOL, token }
  writeEndpoint(home, endpoint)
  return async () => {
    try {
      removeEndpoint(home, endpoint)
    } catch (error) {
      // It leads nowhere then, and the next start replaces it: no reason to break off what is still under way.
      log.warn(`endpoint.json could not be removed: ${String(error)}`)
    }
    await door.close()
  }
}
