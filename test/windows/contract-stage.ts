import { expect } from 'vitest'
import type { Stage } from '../contract/desktop-contract'
import { inputOf, openInput, openStage, person, personMoves } from './stage'

/** What the contract of a desktop is shown on, under Wine. */
export async function openWineStage(): Promise<Stage> {
  const opened = await openStage()
  const { desktop, stage, other, end } = opened
  await openInput(opened, 'Left')
  await openInput(opened, 'Right', { at: [460, 40, 400, 300] })
  const all = async () => stage.ask<{ agent: string; text: string }[]>('submitted')
  return {
    desktop,
    inputOf: async (name) => inputOf(stage, name),
    setText: async (name, text) => stage.ask('setText', name, text),
    textOf: async (name) => stage.ask('textOf', name),
    async submitted(name, count) {
      await expect.poll(async () => (await all()).length).toBeGreaterThanOrEqual(count)
      return (await all()).filter(({ agent }) => agent === name).map(({ text }) => text)
    },
    move: async (name, x, y) => stage.ask('move', name, x, y),
    closeWindow: async (name) => stage.ask('closeOf', name),
    copyElsewhere: async (text) => other.ask('copy', text),
    personTypes: async () => person(opened, 'key', 'Shift'),
    personMoves: async () => void (await personMoves(opened)),
    unmarked: undefined,
    passTime: () => undefined,
    end,
  }
}
