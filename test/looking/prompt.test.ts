import { describe, expect, test } from 'vitest'
import { content, holds, isEmpty, learnMark, type Mark } from '../../src/main/looking/prompt'
import { wanted } from '../../src/main/looking/same-text'
import { blue, dim, grey, inverse, prompts, screenOf } from './screens'

const agents = Object.entries(prompts)

async function learnt(lines: readonly string[]): Promise<Mark> {
  const mark = learnMark(await screenOf(lines))
  if (!mark) throw new Error('no mark was learnt')
  return mark
}

describe.each(agents)('the prompt of %s', (_name, { empty, holding, question }) => {
  test('is learnt from its empty screen and known as empty again', async () => {
    const mark = await learnt(empty)
    expect(mark.text).toMatch(/^.{1,4}$/u)
    expect(isEmpty(await screenOf(empty), mark)).toBe(true)
    expect(content(await screenOf(empty), mark)?.trim()).toBe('')
  })

  test('is not learnt from a question, without bracketed paste, or with a draft in it', async () => {
    expect(learnMark(await screenOf(question))).toBeUndefined()
    expect(learnMark(await screenOf(empty, { bracketedPaste: false }))).toBeUndefined()
    expect(learnMark(await screenOf(holding('a draft')))).toBeUndefined()
  })

  test('is not empty during a question, nor with a draft, wherever its cursor stands', async () => {
    const mark = await learnt(empty)
    const draft = holding('a draft', 'of two lines')
    const [first = '', ...others] = draft.map((line) => line.replace('▮', ''))
    const atHome = [first, ...others].map((line) => line.replace(/^(│? ?[❯›>][ \u00a0])/u, '$1▮'))
    for (const screen of [question, draft, atHome, holding('x')])
      expect(isEmpty(await screenOf(screen), mark)).toBe(false)
  })

  test('holds exactly the message, or it does not', async () => {
    const mark = await learnt(empty)
    const screen = await screenOf(holding('first line', 'second line'))
    expect(holds(screen, mark, wanted('first line\nsecond line'))).toBe('text')
    expect(holds(screen, mark, wanted('  first line\n\tsecond line\n'))).toBe('text')
    expect(holds(screen, mark, wanted('second line'))).toBeUndefined()
    expect(holds(screen, mark, wanted('first line\nsecond line and more'))).toBeUndefined()
    expect(holds(await screenOf(question), mark, wanted('1. Yes'))).toBeUndefined()
  })

  test('holds a message that the terminal has wrapped, with wide characters and a mark of its own', async () => {
    const mark = await learnt(empty)
    const screen = await screenOf(holding('> 漢字 and a long', 'line ❯ that goes on'))
    expect(holds(screen, mark, wanted('> 漢字 and a long line ❯ that goes on'))).toBe('text')
  })

  test('does not hold a message behind whose cursor more stands', async () => {
    const mark = await learnt(empty)
    const screen = await screenOf(holding('message').map((line) => line.replace('▮', '▮ and a draft')))
    expect(holds(screen, mark, wanted('message'))).toBeUndefined()
  })
})

test.each([
  ['[Pasted text #1 +4 lines]', '1\n2\n3\n4\n5'],
  ['[Pasted Text: 5 lines]', '1\n2\n3\n4\n5'],
  ['[Pasted Content 12 chars]', 'twelve chars'],
  ['[Pasted text #2]', 'x'.repeat(400)],
])(
  'the placeholder %s stands for a message whose number fits, and for no other',
  async (placeholder, text) => {
    const mark = await learnt(prompts.claude.empty)
    const screen = await screenOf(prompts.claude.holding(placeholder))
    expect(holds(screen, mark, wanted(text))).toBe('placeholder')
    expect(holds(screen, mark, wanted('another\nmessage'))).toBeUndefined()
  },
)

test('a message that is itself a placeholder’s words is not taken for one', async () => {
  const mark = await learnt(prompts.claude.empty)
  const screen = await screenOf(prompts.claude.holding('[Pasted text #1 +4 lines] and a draft'))
  expect(holds(screen, mark, wanted('1\n2\n3\n4\n5'))).toBeUndefined()
})

test('emoji whose width is drawn otherwise do not hide a message, and do not excuse another', async () => {
  const mark = await learnt(prompts.codex.empty)
  const screen = await screenOf(prompts.codex.holding('Deploy 🎉e👩‍👩‍ is done, thank you'))
  expect(holds(screen, mark, wanted('Deploy 🎉👩‍👩‍👧 is done, thank you'))).toBe('nearly')
  expect(holds(screen, mark, wanted('Deploy 🎉👩‍👩‍👧 is broken, roll it back'))).toBeUndefined()
})

test('an emoji message whose end stands behind the cursor is whole, and one with a draft behind it is not', async () => {
  const mark = await learnt(prompts.gemini.empty)
  const message = wanted('Emoji 👩‍👩‍👧 and then plain words')
  const [border = '', row = '', ...below] = prompts.gemini.holding('Emoji 👩‍👩‍👧 and then plain words')
  const early = row.replace('▮', '').replace('words', 'wo▮rds')
  expect(holds(await screenOf([border, early, ...below]), mark, message)).toBe('nearly')
  const drafted = early.replace('rds', 'rds and a draft of mine')
  expect(holds(await screenOf([border, drafted, ...below]), mark, message)).toBeUndefined()
  const plain = row.replace('▮', '').replace(/Emoji.*words/u, 'plain ▮words')
  expect(holds(await screenOf([border, plain, ...below]), mark, wanted('plain words'))).toBeUndefined()
})

test('a message that is higher than the screen is known by its end', async () => {
  const mark = await learnt(prompts.codex.empty)
  const lines = Array.from({ length: 40 }, (_, line) => `line ${line} of a message that is too long`)
  const visible = lines.slice(-19).map((line, index) => `  ${line}${index === 18 ? '▮' : ''}`)
  const screen = await screenOf(visible)
  expect(holds(screen, mark, wanted(lines.join('\n')))).toBe('tail')
  expect(holds(screen, mark, wanted(lines.slice(0, -1).join('\n')))).toBeUndefined()
})

test.each([
  ['a shell', ['$ ▮']],
  ['a root shell', ['# ▮']],
  ['a shell with a name', ['bash-5.2$ ▮']],
  ['Python', ['>>> ▮']],
  ['a pager', [':▮']],
  ['a password question', ['Password: ▮']],
  ['the shell mode of an agent', ['! ▮']],
  ['an empty screen', ['▮']],
  ['a list in an editor', ['- milk', '- ▮eggs']],
  ['a menu whose chosen row is coloured', [`❯ ▮${blue('Yes')}`, '  No']],
  ['a menu whose rows are grey', [`❯ ▮${grey('1. Yes')}`, grey('  2. No')]],
  ['a menu whose rows are dim', [`❯ ▮${dim('1. Yes')}`, dim('  2. No')]],
  ['a row of an answer', ['● ▮I have changed the file']],
])('%s is no prompt to learn', async (_what, lines) => {
  expect(learnMark(await screenOf(lines))).toBeUndefined()
})

test('a hint may be grey by any of the colours that terminals have for it', async () => {
  for (const colour of ['37', '90', '38;5;248', '38;2;175;175;175'])
    expect(learnMark(await screenOf([` > ▮  \u001b[${colour}mType your message\u001b[39m`]))?.text).toBe(
      ' > ',
    )
  for (const colour of ['39', '36', '97', '38;5;153', '38;2;60;120;240'])
    expect(learnMark(await screenOf([` > ▮  \u001b[${colour}mType your message\u001b[39m`]))).toBeUndefined()
})

test('a draft of one character under the cursor is a draft', async () => {
  const mark = await learnt([`❯ ▮${dim('hint')}`])
  expect(isEmpty(await screenOf([`❯ ▮${inverse('x')}`]), mark)).toBe(false)
  expect(isEmpty(await screenOf([`❯ ▮${inverse('h')}${dim('int')}`]), mark)).toBe(true)
})

test('a draft whose first line is empty is a draft', async () => {
  const mark = await learnt(prompts.claude.empty)
  const [rule, , ...below] = prompts.claude.empty
  expect(isEmpty(await screenOf([rule, '❯\u00a0▮', '  the second line', ...below]), mark)).toBe(false)
})

test('another mark is another prompt: what is learnt for messages is not typed into a shell mode', async () => {
  const mark = await learnt(prompts.claude.empty)
  expect(isEmpty(await screenOf(['! ▮']), mark)).toBe(false)
  expect(content(await screenOf(['! ls▮']), mark)).toBeUndefined()
})

const below = (words: string) => (lines: readonly string[]) => [...lines.slice(0, -1), words]
test.each([
  ['claude', below('  ⏸ plan mode on (shift+tab to cycle)')],
  ['codex', below('  ← for agents · ? for shortcuts     Plan mode (shift+tab to cycle)')],
  ['gemini', (lines: readonly string[]) => [' plan Shift+Tab to manual', ...lines]],
] as const)(
  'the same prompt of %s in its plan mode is another one: neither typed into nor sent from, until the mode is left',
  async (name, inPlanMode) => {
    const { empty, holding } = prompts[name]
    const mark = await learnt(empty)
    expect(isEmpty(await screenOf(inPlanMode(empty)), mark)).toBe(false)
    expect(holds(await screenOf(inPlanMode(holding('go on'))), mark, wanted('go on'))).toBeUndefined()
    expect(holds(await screenOf(holding('go on')), mark, wanted('go on'))).toBe('text')
    // Whoever starts an agent in it means its messages for it.
    const planning = await learnt(inPlanMode(empty))
    expect(isEmpty(await screenOf(inPlanMode(empty)), planning)).toBe(true)
    expect(isEmpty(await screenOf(empty), planning)).toBe(false)
  },
)

test('words about the plan mode in a message, or above the prompt, are not the mode', async () => {
  const { empty, holding } = prompts.claude
  const mark = await learnt(empty)
  expect(isEmpty(await screenOf(['● plan mode on', ...empty]), mark)).toBe(true)
  const words = 'plan mode on, please'
  expect(holds(await screenOf(holding(words)), mark, wanted(words))).toBe('text')
})
