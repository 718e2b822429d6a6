import { nativeImage, type NativeImage } from 'electron'
import { join } from 'node:path'
import { trayIconFile } from './tray-icon-file'
import type { TrayMood } from './tray-state'

/**
 * The icon for this mood. macOS colours a template image itself. Elsewhere nothing tells reliably whether the panel is
 * dark or light (GNOME's is dark in its light theme, too), so one mid tone is used that stands out on both.
 */
export function trayIcon(assets: string, mood: TrayMood, platform: NodeJS.Platform): NativeImage {
  const image = nativeImage.createFromPath(join(assets, 'tray', trayIconFile(mood, platform)))
  if (platform === 'darwin') image.setTemplateImage(true)
  return image
}
