import { expect, test } from 'vitest'
import { pointHere } from '../../src/main/shell/point-here'

async function saidAfter(setHere: () => Promise<{ name: string; added: boolean }>): Promise<string[]> {
  const said: string[] = []
  await pointHere({ setHere, say: (title) => said.push(title) })
  return said
}

test('the person learns which agent was set, and whether it is new', async () => {
  expect(await saidAfter(async () => ({ name: 'Agent-1', added: false }))).toEqual(['Agent-1 is set'])
  expect(await saidAfter(async () => ({ name: 'Agent-2', added: true }))).toEqual(['Agent-2 is new'])
})

test('a pointer over no window sets nobody, and that is said', async () => {
  expect(await saidAfter(() => Promise.reject(new Error('no window')))).toEqual(['No agent was set'])
})
