import { join } from 'node:path'
import type { Page } from 'playwright'
import { beforeEach, expect, test } from 'vitest'
import type { Answer } from '../../src/contract/bridge'
import { launchApp, runApp, type LaunchedApp } from '../harness/app'
import { openDesk, type Desk } from '../harness/desk'

// The real window of the real app: what it shows, and what its page cannot do.

/** How long a change may take to be seen on a busy machine. */
const soon = { timeout: 10_000 }

let desk: Desk<LaunchedApp>
let page: Page

beforeEach(async () => {
  desk = await openDesk(launchApp)
  await desk.pipe.call('queue.pause', {})
  await desk.pipe.call('agent.set', { name: 'Agent-1', at: [100, 100] })
  page = await desk.waggle.app.firstWindow()
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
})

const isVisible = async () =>
  desk.waggle.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.title === 'Waggle')
      .map((window) => window.isVisible()),
  )

const row = (text: string) => page.getByRole('option').filter({ hasText: text })

async function send(text: string): Promise<string> {
  const { messages } = await desk.pipe.call('message.send', { to: 'Agent-1', from: 'build-bot', text })
  return messages[0]?.id ?? ''
}

/** Evaluates in the page's own world; the text keeps the browser's names out of this file's types. */
async function inPage<T>(code: string): Promise<T> {
  return page.evaluate<T>(code)
}

test('a message from the pipe comes into the queue live, and into the history once it is over', async () => {
  const id = await send('The parser branch is green.')
  await row('The parser branch').waitFor()
  expect(await row('The parser branch').innerText()).toContain('build-bot')
  await desk.pipe.call('message.cancel', { id })
  await row('The parser branch').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'History' }).click()
  await row('The parser branch').filter({ hasText: 'cancelled' }).waitFor()
  await desk.pipe.call('message.cancel', { id: await send('A second one') })
  await row('A second one').waitFor()
})

test('the history is searched through the whole text, and the chosen message is shown whole', async () => {
  for (const text of ['First line\nthe needle is down here', 'Something else']) {
    await desk.pipe.call('message.cancel', { id: await send(text) })
  }
  await page.getByRole('button', { name: 'History' }).click()
  await row('Something else').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('needle')
  await row('Something else').waitFor({ state: 'detached' })
  await row('First line').click()
  await page.getByText('the needle is down here').waitFor()
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect.poll(async () => (await desk.pipe.call('queue.status', {})).depth, soon).toBe(1)
})

test('what is written in the window is queued from "you" by Enter alone', async () => {
  await page.keyboard.press('n')
  await page.keyboard.type('Hello from the desk')
  await page.keyboard.press('Enter')
  await row('Hello from the desk').waitFor()
  const { messages } = await desk.pipe.call('message.list', {})
  expect(messages).toMatchObject([{ to: 'Agent-1', from: 'you', text: 'Hello from the desk' }])
  expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('')
})

const paused = async () => (await desk.pipe.call('queue.status', {})).paused

test('P resumes and pauses, except while text is being written', async () => {
  await page.getByRole('status').filter({ hasText: 'Paused' }).waitFor()
  // A hand on the mouse means this window, however soon after it has opened.
  const meant = async () => page.locator('header').click({ position: { x: 4, y: 4 } })
  await meant()
  await page.keyboard.press('p')
  await expect.poll(paused, soon).toBe(false)
  // The key turns round what is shown, so it is pressed again once that is the new state.
  await page.getByRole('status').filter({ hasText: 'Paused' }).waitFor({ state: 'hidden' })
  await meant()
  await page.keyboard.press('p')
  await expect.poll(paused, soon).toBe(true)
  await page.keyboard.press('n')
  await page.keyboard.type('pp')
  expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('pp')
  expect(await paused()).toBe(true)
})

test('the page has no Node and reaches nothing but one object with four functions', async () => {
  expect(await inPage('[typeof require, typeof process, typeof module, typeof Buffer]')).toEqual(
    Array.from({ length: 4 }, () => 'undefined'),
  )
  expect(await inPage('Object.keys(waggle).sort()')).toEqual(['call', 'onEvent', 'onWish', 'stand'])
})

test('the page runs no inline or evaluated script and loads nothing from elsewhere', async () => {
  const inline = `
    const script = document.createElement('script')
    script.textContent = 'window.ran = true'
    document.body.append(script)
    window.ran === undefined`
  expect(await inPage(inline)).toBe(true)
  expect(await refusedBy(`setTimeout('window.ran = true')`)).toBe('script-src')
  expect(await refusedBy(`new Image().src = 'https://example.com/picture.png'`)).toBe('img-src')
  expect(await refusedBy(`fetch('https://example.com/').catch(() => undefined)`)).toBe('connect-src')
  const frame = `Object.assign(document.createElement('iframe'), { src: 'https://example.com/' })`
  expect(await refusedBy(`document.body.append(${frame})`)).toBe('frame-src')
})

/** The part of the page's policy that this act runs into. */
async function refusedBy(act: string): Promise<string> {
  return inPage(`new Promise((resolve) => {
    const tell = ({ effectiveDirective }) => resolve(effectiveDirective)
    document.addEventListener('securitypolicyviolation', tell, { once: true })
    ${act}
  })`)
}

test('the page can neither be left nor open another, and gets no permission', async () => {
  expect(await inPage(`window.open('https://example.com/') === null`)).toBe(true)
  await inPage(`void (location.href = 'https://example.com/')`)
  await inPage(`navigator.permissions.query({ name: 'notifications' })`)
  expect(await inPage('Notification.requestPermission()')).toBe('denied')
  expect(page.url()).toMatch(/^waggle:\/\/app\/index\.html/)
})

test('a window that is not ours may call nothing, even with our page and our preload', async () => {
  const preload = await desk.waggle.app.evaluate(({ app }) => `${app.getAppPath()}/out/preload/preload.cjs`)
  const opened = desk.waggle.app.waitForEvent('window')
  await desk.waggle.app.evaluate(
    async ({ BrowserWindow }, { preload, url }) => {
      const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
      await stranger.loadURL(url)
    },
    { preload, url: page.url() },
  )
  const stranger = await opened
  const answer = await stranger.evaluate<Answer>(`waggle.call('agent.remove', { name: 'Agent-1' })`)
  expect(answer).toMatchObject({ ok: false, error: { code: -32600 } })
  expect((await desk.pipe.call('agent.list', {})).agents).toHaveLength(1)
})

test('closing the window leaves the app running; a second start shows it again and exits with 0', async () => {
  await expect.poll(isVisible, soon).toEqual([true])
  await desk.waggle.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect.poll(isVisible, soon).toEqual([false])
  expect((await desk.pipe.call('hello', {})).pid).toBe(desk.waggle.endpoint.pid)
  expect((await runApp({ home: desk.home })).code).toBe(0)
  await expect.poll(isVisible, soon).toEqual([true])
})

test('a page that crashed is there again the next time it is shown', async () => {
  await desk.waggle.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  expect((await runApp({ home: desk.home })).code).toBe(0)
  await expect.poll(heading, soon).toBe('Queue')
})

/** Asked of the app: Playwright's page ended with the crash. */
async function heading(): Promise<string> {
  return desk.waggle.app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return String(await window?.webContents.executeJavaScript(`document.querySelector('h1')?.textContent`))
  })
}

test('where its folder cannot be, the app says so in a sentence and ends with 1', async () => {
  const home = join(desk.home, 'waggle.db')
  const { code, output } = await runApp({ home })
  expect(output).toMatch(/Waggle cannot start: Tried to use .*waggle\.db.*Set WAGGLE_HOME/)
  expect(output).not.toContain('    at ')
  expect(code).toBe(1)
})
