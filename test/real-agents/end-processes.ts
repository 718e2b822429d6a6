import { spawnSync } from 'node:child_process'

/** Codex leaves a daemon behind; nobody else's command names this folder. */
export function endProcessesOf(folder: string): void {
  const pids = spawnSync('pgrep', ['-f', folder], { encoding: 'utf8' }).stdout.trim().split('\n')
  for (const pid of pids) attempt(() => void (pid !== '' && process.kill(Number(pid), 'SIGKILL')))
}

export function attempt(act: () => void): boolean {
  try {
    act()
    return true
  } catch {
    return false
  }
}
