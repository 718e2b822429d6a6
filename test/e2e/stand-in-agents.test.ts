import { afterEach, expect, test } from 'vitest'
import { startAgents, type Agents } from '../harness/agents'
import { xdotool } from '../harness/xdotool'

// The windows that every other test judges by: they must say what happened, and stand where they say they stand.

let agents: Agents | undefined
afterEach(async () => agents?.stop())

test('what a person enters in one of eight windows is logged for that window, and where the windows say', async () => {
  agents = await startAgents({
    agents: Array.from({ length: 8 }, (_, index) => ({
      name: `Agent-${index + 1}`,
      kind: index % 2 === 0 ? 'textarea' : 'contenteditable',
    })),
  })
  for (const window of await agents.windows()) {
    if (!window.open) throw new Error(`${window.name} is closed`)
    enter(window.input, `to ${window.name}`)
    await agents.submitted(Number(window.name.slice('Agent-'.length)))
    expect(await agents.readInput(window.name)).toBe('')
  }
  expect(agents.submissions().map(({ agent, text, n }) => [agent, text, n])).toEqual(
    Array.from({ length: 8 }, (_, index) => [`Agent-${index + 1}`, `to Agent-${index + 1}`, index + 1]),
  )
})

test('a moved, resized and reopened window is found where it then says it is', async () => {
  agents = await startAgents({ agents: [{ name: 'Agent-1' }, { name: 'Agent-2' }] })
  enter((await agents.move('Agent-1', { x: 60, y: 200, width: 420, height: 300 })).input, 'moved')
  await agents.submitted(1)
  await agents.close('Agent-1')
  expect((await agents.windows())[0]).toEqual({ name: 'Agent-1', title: 'Agent-1: chat', open: false })
  enter((await agents.open('Agent-1')).input, 'opened')
  await agents.submitted(2)
  expect(agents.submissions().map(({ agent, text }) => [agent, text])).toEqual([
    ['Agent-1', 'moved'],
    ['Agent-1', 'opened'],
  ])
})

test.each(['textarea', 'contenteditable'] as const)(
  'a draft in a %s is read as it was put there',
  async (kind) => {
    agents = await startAgents({ agents: [{ name: 'Agent-1', kind }] })
    for (const draft of [
      'one line',
      'héllo 🐝 ñ',
      'two\nlines',
      'a\n\n\nb',
      'ends\n',
      '\nstarts',
      'two  spaces ',
    ]) {
      await agents.setDraft('Agent-1', draft)
      expect(await agents.readInput('Agent-1')).toBe(draft)
    }
  },
)

test('a thief has the focus, and a pressed button of a dialog is told', async () => {
  agents = await startAgents({ agents: [{ name: 'Agent-1' }] })
  await agents.thief(100)
  await expect.poll(() => xdotool('getactivewindow', 'getwindowname')).toBe('Thief')
  await agents.thief(0)
  await agents.dialog('Agent-1', true)
  await expect.poll(() => xdotool('getactivewindow', 'getwindowname')).toBe('Agent-1 asks')
  xdotool('key', 'space')
  await expect.poll(() => agents?.answers().map(({ answer }) => answer)).toEqual(['allow'])
})

test('questions after the windows have gone are refused, not left open', async () => {
  agents = await startAgents({ agents: [{ name: 'Agent-1' }] })
  await agents.stop()
  await expect(agents.readInput('Agent-1')).rejects.toThrow("the agents' windows ended")
})

function enter(input: readonly [number, number], text: string): void {
  xdotool('mousemove', ...input, 'click', 1)
  xdotool('sleep', 0.2, 'type', '--delay', 15, text)
  xdotool('key', 'Return')
}
