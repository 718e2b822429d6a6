import { screen } from 'electron'
import { readDisplays, type Display } from '../desktop/displays'

/** The displays of this moment, in Electron's pixels and in the mouse's. */
export function presentDisplays(): Display[] {
  return readDisplays(process.platform, screen.getAllDisplays(), (bounds) =>
    screen.dipToScreenRect(null, bounds),
  )
}
