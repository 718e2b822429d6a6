import type { Page } from 'playwright'

/** Enter twice in what has the focus, as a held key does, then `more`: the page draws in between, and no answer can come. */
export async function pressEnterTwice(page: Page, more = ''): Promise<void> {
  await page.evaluate(`(async () => {
    const press = () => document.activeElement.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
    )
    press()
    // React draws in a microtask; an answer from the main process takes a task.
    for (let turn = 0; turn < 10; turn += 1) await undefined
    press()
    document.execCommand('insertText', false, ${JSON.stringify(more)})
  })()`)
}
