import type { Page } from 'playwright'
import { percentile } from '../demo/percentile'
import { startVirtualDesktop } from '../scripts/desktop.mjs'
import { setup } from '../scripts/setup.mjs'
import { launchApp } from '../test/harness/app'
import { openPipeClient, type PipeClient } from '../test/harness/pipe-client'
import { printTable } from './table'

const CHANGES = 50
const SECONDS = 5
const SENT = 20

/** Prints how soon the window shows its views over this home's messages, and how smoothly it goes on while they change. */
export async function benchViews(home: string, count: number): Promise<void> {
  await setup({ desktop: true })
  const virtual = await startVirtualDesktop()
  Object.assign(process.env, virtual.env)
  const started = performance.now()
  const app = await launchApp({ home })
  const pipe = await openPipeClient(app.endpoint)
  try {
    const page = await app.app.firstWindow()
    const rows = page.getByRole('listbox', { name: 'Next' }).getByRole('option')
    await rows.nth(5).waitFor()
    const up = performance.now() - started
    await page.evaluate(helpers)
    const opened = await timesOf(page, 5, 'open()')
    const searched = await timesOf(page, 5, `search('ticket${count - 12_345}')`)
    const frequent = await timesOf(page, 5, `search('review deploy')`)
    const changed = await changeMs(page, pipe)
    printTable('The real window, ms', [
      ['app started until the queue is seen', Math.round(up)],
      ['history opened until its rows are drawn', opened],
      ['search for one message until it is drawn', searched],
      ['search for two frequent words', frequent],
      [`a message sent until it is drawn, p50 of ${SENT}`, Math.round(percentile(changed, 50))],
      ['the same, longest', Math.round(Math.max(...changed))],
    ])
    const still = await frames(page, pipe, 'still')
    const scrolling = await frames(page, pipe, 'scrolling')
    printTable(`Frames while ${CHANGES} of 10,000 waiting messages change a second`, [
      ['frames a second', still.rate],
      ['95 % of the frames within, ms', still.p95],
      ['frames a second, scrolling', scrolling.rate],
      ['95 % of the frames within, scrolling, ms', scrolling.p95],
    ])
  } finally {
    pipe.close()
    await app.close()
    await virtual.stop()
  }
}

/** In the page: opens and searches the history as a person does, and tells when the picture with the rows is drawn. */
const helpers = `window.bench = (() => {
  const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
  const until = async (holds) => { while (!holds()) await drawn() }
  const options = () => document.querySelectorAll('[role=listbox][aria-label=History] [role=option]')
  const view = (name) => [...document.querySelectorAll('nav button')].find((one) => one.textContent.startsWith(name))
  const type = (text) => {
    const field = document.querySelector('input[type=search]')
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  return {
    open: async () => {
      view('Queue').click()
      await until(() => !document.querySelector('input[type=search]'))
      const start = performance.now()
      view('History').click()
      await until(() => options().length > 5)
      return performance.now() - start
    },
    search: async (text) => {
      const fits = (one) => text.split(' ').every((word) => one.textContent.includes(word))
      type('')
      await until(() => options().length > 5 && ![...options()].every(fits))
      const start = performance.now()
      type(text)
      await until(() => options().length > 0 && [...options()].every(fits))
      return performance.now() - start
    },
    frames: (ms, scrolling) => new Promise((done) => {
      const times = []
      const scroller = document.querySelector('[role=listbox][aria-label=Next]').closest('.scroller')
      const start = performance.now()
      const step = (at) => {
        times.push(at)
        if (scrolling) scroller.scrollTop += 40
        if (at - start < ms) requestAnimationFrame(step)
        else done(times.slice(1).map((time, index) => time - times[index]))
      }
      requestAnimationFrame(step)
    }),
    queue: () => view('Queue').click(),
    appears: async (text) => {
      await until(() => document.body.textContent.includes(text))
      return Date.now()
    },
  }
})(); undefined`

/** The median of so many runs, in ms. */
async function timesOf(page: Page, runs: number, call: string): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    times.push(await page.evaluate<number>(`window.bench.${call}`))
  }
  return Math.round(percentile(times, 50))
}

/** How long a message takes from the moment at which it was queued until the page has drawn it. */
async function changeMs(page: Page, pipe: PipeClient): Promise<number[]> {
  await page.evaluate('window.bench.queue()')
  // As many wait already as a queue holds by default.
  await pipe.call('settings.set', { changes: { queue: { limit: 20_000 } } })
  await pipe.call('agent.set', { name: 'Idle', at: [100, 100] })
  const times: number[] = []
  for (let run = 0; run < SENT; run++) {
    const text = `brand new ${run}!`
    const drawn = page.evaluate<number>(`window.bench.appears('${text}')`)
    drawn.catch(() => undefined) // told below, unless the message itself is refused
    const { messages } = await pipe.call('message.send', { to: 'Idle', text, priority: 'urgent' })
    times.push((await drawn) - Date.parse(messages[0]?.createdAt ?? ''))
    await pipe.call('message.cancel', { id: messages[0]?.id ?? '' })
  }
  return times
}

async function frames(page: Page, pipe: PipeClient, how: 'still' | 'scrolling') {
  await page.evaluate('window.bench.queue()')
  await page.getByRole('listbox', { name: 'Next' }).getByRole('option').nth(5).waitFor()
  const { messages } = await pipe.call('message.list', { order: 'delivery', limit: CHANGES })
  const drawn = page.evaluate<number[]>(`window.bench.frames(${SECONDS * 1000}, ${how === 'scrolling'})`)
  const changes: Promise<unknown>[] = []
  let turn = 0
  const timer = setInterval(() => {
    const { id = '' } = messages[turn % messages.length] ?? {}
    const priority = Math.floor((turn += 1) / messages.length) % 2 === 0 ? 'urgent' : 'normal'
    changes.push(pipe.call('message.prioritize', { id, priority }))
  }, 1000 / CHANGES)
  const times = await drawn
  clearInterval(timer)
  await Promise.all(changes)
  const rate = (1000 * times.length) / times.reduce((sum, ms) => sum + ms, 0)
  return { rate: rate.toFixed(1), p95: percentile(times, 95).toFixed(1) }
}
