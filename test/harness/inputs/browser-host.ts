import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { queryOf } from '../../inputs/page/query'
import type { ClosedWindow, OpenWindow } from '../agents'
import type { Rect } from '../tiles'
import type { HostedSpec, InputHost } from './input-host'
import { startProgram, type OwnProgram } from './own-program'
import type { Pages } from './pages'
import { windowCommand } from './window-command'
import { openEach, type OwnWindow } from './window-set'
import { windowTitled, type XWindow } from './x-window'

type Browser = 'chromium' | 'firefox'

/** Nothing listens there: a browser that wants to phone home cannot. Loopback is never asked for by a proxy. */
const NOWHERE = { host: '127.0.0.1', port: 9 }

const commands: Readonly<Record<Browser, (profile: string, url: string) => [string, string[]]>> = {
  chromium: (profile, url) => {
    mkdirSync(join(profile, 'Default'))
    const preferences = { browser: { custom_chrome_frame: false } }
    writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify(preferences))
    const quiet = ['--no-first-run', '--no-default-browser-check', '--test-type', '--password-store=basic']
    const alone = ['--disable-sync', '--disable-background-networking', '--disable-component-update']
    const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const proxy = `--proxy-server=${NOWHERE.host}:${NOWHERE.port}`
    const own = [`--user-data-dir=${profile}`, `--app=${url}`, '--disable-gpu', proxy]
    return ['chromium', [...own, ...quiet, ...alone, ...root]]
  },
  firefox: (profile, url) => {
    writeFileSync(join(profile, 'user.js'), firefoxPreferences())
    // It would else open maximised on a small screen, and over every other window.
    const place = { sizemode: 'normal', screenX: '0', screenY: '0', width: '600', height: '400' }
    const store = { 'chrome://browser/content/browser.xhtml': { 'main-window': place } }
    writeFileSync(join(profile, 'xulstore.json'), JSON.stringify(store))
    mkdirSync(join(profile, 'chrome'))
    // A window of the page alone, as --app gives it in Chromium.
    writeFileSync(join(profile, 'chrome/userChrome.css'), '#navigator-toolbox { display: none !important }')
    return ['firefox-esr', ['--profile', profile, '--no-remote', '--new-instance', '--new-window', url]]
  },
}

function firefoxPreferences(): string {
  const preferences = {
    'browser.aboutwelcome.enabled': false,
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.page': 0,
    'browser.startup.homepage_override.mstone': 'ignore',
    'browser.tabs.inTitlebar': 0,
    'datareporting.policy.dataSubmissionEnabled': false,
    'network.captive-portal-service.enabled': false,
    'network.proxy.type': 1,
    'network.proxy.http': NOWHERE.host,
    'network.proxy.http_port': NOWHERE.port,
    'network.proxy.ssl': NOWHERE.host,
    'network.proxy.ssl_port': NOWHERE.port,
    'network.proxy.no_proxies_on': '127.0.0.1',
    'toolkit.legacyUserProfileCustomizations.stylesheets': true,
  }
  return Object.entries(preferences)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`)
    .join('\n')
}

/** Each window is a browser of its own, with a profile of its own. */
export async function startBrowserHost(
  browser: Browser,
  specs: readonly HostedSpec[],
  pages: Pages,
  env: NodeJS.ProcessEnv,
): Promise<InputHost> {
  return openEach(specs, (spec) => new BrowserWindow(browser, spec, pages, env))
}

class BrowserWindow implements OwnWindow {
  readonly #browser
  readonly #spec
  readonly #pages
  readonly #env
  #running: { program: OwnProgram; profile: string; window?: XWindow } | undefined

  constructor(browser: Browser, spec: HostedSpec, pages: Pages, env: NodeJS.ProcessEnv) {
    this.#browser = browser
    this.#spec = spec
    this.#pages = pages
    this.#env = env
  }

  async open(): Promise<void> {
    const { name, title, rect, ...page } = this.#spec
    const profile = mkdtempSync(join(tmpdir(), `${this.#browser}-`))
    const url = `${this.#pages.url}?served=true&title=${encodeURIComponent(title)}&${queryOf(name, page)}`
    const [command, args] = commands[this.#browser](profile, url)
    // What it leaves in the temporary folder goes with its profile.
    const own = { TMPDIR: profile, MOZ_CRASHREPORTER_DISABLE: '1' }
    const program = startProgram(command, args, { ...this.#env, ...own })
    this.#running = { program, profile }
    const window = await windowTitled(title, this.#env)
    this.#running = { program, profile, window }
    await this.#pages.present(name)
    await window.move(rect)
  }

  async close(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    if (!running) return
    await running.program.stop()
    rmSync(running.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  }

  async describe(): Promise<OpenWindow | ClosedWindow> {
    const { name, title } = this.#spec
    const window = this.#running?.window
    if (!window) return { name, title, open: false }
    const rect = await window.rect()
    // What a browser draws around its page is above it and alike on both sides.
    const view = (await this.#pages.ask(name, 'view', {})) as { width: number; height: number }
    const content = {
      x: Math.round(rect.x + (rect.width - view.width) / 2),
      y: rect.y + rect.height - view.height,
      ...view,
    }
    const input = (await this.#pages.ask(name, 'inputRect', {})) as Rect
    const x = Math.round(content.x + input.x + input.width / 2)
    const y = Math.round(content.y + input.y + input.height / 2)
    return { name, title: await window.title(), open: true, rect: content, input: [x, y] }
  }

  async ask(command: string, params: object): Promise<unknown> {
    const window = this.#running?.window
    if (!window) throw new Error(`the window of ${this.#spec.name} is closed`)
    const done = windowCommand(window, command, params)
    return done ?? this.#pages.ask(this.#spec.name, command, params)
  }
}
