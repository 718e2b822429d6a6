import { execFileSync } from 'node:child_process'

/** A person's hand: runs one xdotool command on the present display and returns what it printed. */
export function xdotool(...args: readonly (string | number)[]): string {
  return execFileSync('xdotool', args.map(String), { encoding: 'utf8' }).trim()
}
