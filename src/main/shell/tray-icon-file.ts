import type { TrayMood } from './tray-state'

/** Sizes in DIP that the platforms' panels ask for; each file has a neighbour of twice the size. */
const sizes: Readonly<Record<string, number>> = { win32: 16, darwin: 16, linux: 22 }

/** The drawing of this mood for this platform, by its name in `assets/tray/`. */
export function trayIconFile(mood: TrayMood, platform: NodeJS.Platform): string {
  const size = sizes[platform] ?? 22
  return platform === 'darwin' ? `${mood}-${size}-Template.png` : `${mood}-${size}.png`
}
