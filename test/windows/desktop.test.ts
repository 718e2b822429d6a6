import { describeDesktop, type Stage } from '../contract/desktop-contract'
import { xdotool } from '../harness/xdotool'
import { openStage } from './stage'

describeDesktop('Windows’ own interface, under Wine', openWineStage)

async function openWineStage(): Promise<Stage> {
  const { desktop, stage, other, end } = await openStage()
  await stage.ask('open', 'Left', 'plain', [20, 40, 400, 300], 'Left: chat')
  await stage.ask('open', 'Right', 'plain', [460, 40, 400, 300], 'Right: chat')
  return {
    desktop,
    async inputOf(name) {
      const { x, y, width, height } = await stage.ask<Record<'x' | 'y' | 'width' | 'height', number>>(
        'rectOf',
        name,
      )
      return { x: x + Math.floor(width / 2), y: y + height - 20 }
    },
    setText: async (name, text) => stage.ask('setText', name, text),
    textOf: async (name) => stage.ask('textOf', name),
    async submitted(name) {
      const all = await stage.ask<{ agent: string; text: string }[]>('submitted')
      return all.filter(({ agent }) => agent === name).map(({ text }) => text)
    },
    move: async (name, x, y) => stage.ask('move', name, x, y),
    closeWindow: async (name) => stage.ask('closeOf', name),
    copyElsewhere: async (text) => other.ask('copy', text),
    personTypes: async () => void xdotool('key', 'Shift'),
    personMoves: async () => void xdotool('mousemove', '30', '40'),
    unmarked: undefined,
    passTime: () => undefined,
    end,
  }
}
