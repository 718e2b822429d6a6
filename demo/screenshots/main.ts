import { mkdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { projectRoot } from '../../scripts/lib/paths.mjs'
import { run } from '../../scripts/lib/run.mjs'
import { say } from '../../scripts/lib/progress.mjs'
import { scenes } from './scenes'
import { withStage } from './stage'

const pictures = join(projectRoot, 'docs', 'pictures')
const SIZE = { width: 960, height: 640 }

/** Names of scenes to take; all without any. */
const asked = process.argv.slice(2)

await withStage(async (stage) => {
  const { app } = stage
  mkdirSync(pictures, { recursive: true })
  for (const scene of scenes.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    const page = await (scene.pageOf?.(stage) ?? stage.page)
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await app.app.evaluate(({ BrowserWindow }, size) => {
        const window = BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'Waggle')
        window?.setContentSize(size.width, size.height)
      }, scene.size ?? SIZE)
      const end = await scene.show(page, stage)
      // What lies under the pointer would look chosen.
      await page.mouse.move(0, 0)
      const path = join(pictures, `${scene.name}-${theme}.png`)
      await page.screenshot({ path })
      await end?.()
      await makeSmall(path)
      say(`${relative(process.cwd(), path)}, ${Math.round(statSync(path).size / 1000)} kB`)
    }
  }
})

/** A window has few colours, so a palette serves it as well and takes a third. */
async function makeSmall(path: string): Promise<void> {
  const { code, stderr } = await run('mogrify', ['-dither', 'None', '-colors', '256', path], {
    capture: true,
  })
  if (code !== 0) say(`  not made smaller: ${stderr.trim()}`)
}
